/**
 * What the kernel does with the first packet of a connection: by itself, or after it was asked for in the verdict queue. Of what it
 * rejects by itself nobody is told: who wants a violation told of each has the kernel log it, or takes `queue` in its place.
 */
export type KernelVerdict = 'accept' | 'reject' | 'queue'

/**
 * An element of the kernel's verdict maps, of the type `address . inet_proto . inet_service : verdict`, with all three as intervals. Of
 * one direction, layer and family no two overlap.
 */
export interface KernelElement {
  /** Of connections that the workload opens, or that are opened to it. */
  direction: 'outgoing' | 'incoming'
  /** `workloads` is looked up first, then `networks`. */
  layer: 'workloads' | 'networks'
  family: 4 | 6
  /** Of the other end; both in the form of `formatAddress`. */
  firstAddress: string
  lastAddress: string
  /** Numbers of IP protocols. */
  firstProtocol: number
  lastProtocol: number
  /** Ports of the server; all where the protocol has none. */
  firstPort: number
  lastPort: number
  verdict: KernelVerdict
}

/** What leads from the elements that were there to those that are to be, in one transaction. Removed ones come first. */
export interface KernelDelta {
  removed: KernelElement[]
  added: KernelElement[]
  /** What is done with a connection of which no element speaks. */
  fallback: Record<KernelElement['direction'], KernelVerdict>
}
