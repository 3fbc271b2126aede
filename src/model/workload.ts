/** Where a workload was learnt from. `netns` is a bare network namespace that no engine claims. */
export type RuntimeName = 'docker' | 'containerd' | 'podman' | 'netns'

/** What runs here: a container, a pod's sandbox, or a bare network namespace. */
export interface Workload {
  /**
   * Stable while it runs: `<runtime>:<container id>` or `netns:<name or inode>`, the latter as `netns:<node>/<name or inode>` on a machine
   * that reports over the network. No two workloads of a controller have the same.
   */
  id: string
  runtime: RuntimeName
  name: string
  image: string | null
  labels: Record<string, string>
  /** The service it belongs to: Kubernetes owner or app label, compose service, else the image's or container's name. */
  service: string
  /** Kubernetes namespace, compose project, or `default`. */
  namespace: string
  /** Process that holds the namespaces open, null when only a mount does (`ip netns`). */
  pid: number | null
  /** Inode of its network namespace, the identity that the kernel gives; null when it could not be read. */
  netns: number | null
  /** Path that opens that namespace: `/proc/<pid>/ns/net` or `/run/netns/<name>`. */
  netnsPath: string | null
  /** True when it shares the host's namespace: its traffic cannot be told from the node's and is reported as not covered. */
  hostNetwork: boolean
  addresses: string[]
  /** RFC 3339. */
  startedAt: string
}

/** What an engine says of its workloads, as it happens. `at` is in ms since 1970: when the engine says it happened. */
export type WorkloadEvent =
  /** Runs now: has just been started, was found running, or something about it has changed. */
  | { kind: 'started'; workload: Workload; at: number }
  | { kind: 'stopped'; id: string; at: number }
  /** An engine came, went, or is not on this machine. What depends on it is not covered until it is back. */
  | {
      kind: 'runtime'
      runtime: RuntimeName
      state: 'connected' | 'lost' | 'absent'
      detail: string
      at: number
    }
