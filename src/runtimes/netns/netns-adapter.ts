import { basename, dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Workload } from '../../model/workload.ts'
import { watchFolder } from '../folder-watch.ts'
import { namespaceLimits } from '../limits.ts'
import { hostNetns, netnsPathOf } from '../processes.ts'
import type { RuntimeAdapter, WorkloadListener } from '../runtime.ts'
import { listNamedNamespaces, type NamedNamespace } from './named-namespaces.ts'
import { type ProcessNamespace, scanProcessNamespaces } from './process-namespaces.ts'

export interface NetnsOptions {
  /** Where namespaces have names. */
  folder: string
  /** Of this machine, where its workloads are told of together with those of others: names of namespaces are the same on many. */
  node?: string | undefined
  /** Whether those count that no name but only processes hold; they do where this is left out. */
  processes?: boolean | undefined
}

export const namedNetnsFolder = '/run/netns'

interface Candidate {
  workload: Workload
  /** An engine may be making it for a container that it has not told of yet. */
  mayBeClaimed: boolean
}

interface Found {
  workload: Workload
  firstSeen: number
  isTold: boolean
}

/**
 * Every network namespace of this machine but the host's, whoever made it. Those of containers are among them: whoever
 * joins the engines knows which are claimed.
 */
export class NetnsAdapter implements RuntimeAdapter {
  readonly name = 'netns'
  readonly #options: NetnsOptions
  readonly #host = hostNetns()
  /** Of ids. */
  readonly #prefix: string
  readonly #found = new Map<string, Found>()
  #processes: ReadonlyMap<number, ProcessNamespace> = new Map()
  #listener: WorkloadListener = () => undefined
  #parentWatch: { close(): void } | undefined
  #folderWatch: { close(): void } | undefined
  #scanTimer: NodeJS.Timeout | undefined
  #mountTimer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(options: NetnsOptions) {
    this.#options = options
    this.#prefix = options.node === undefined ? 'netns:' : `netns:${options.node}/`
  }

  async start(listener: WorkloadListener): Promise<void> {
    this.#listener = listener
    const { folder } = this.#options
    this.#parentWatch = watchFolder(dirname(folder), new Set([basename(folder)]), () => this.#watchNames())
    this.#watchNames()
    await this.#scan(true)
    if (this.#isStopped) return
    listener({ kind: 'runtime', runtime: 'netns', state: 'connected', detail: folder, at: Date.now() })
    this.#scanLater()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#parentWatch?.close()
    this.#folderWatch?.close()
    clearTimeout(this.#scanTimer)
    clearTimeout(this.#mountTimer)
  }

  /** The folder may have been made, or made anew. */
  #watchNames(): void {
    if (this.#isStopped) return
    this.#folderWatch?.close()
    this.#folderWatch = watchFolder(this.#options.folder, undefined, () => this.#namesChanged())
    this.#namesChanged()
  }

  /** A name's file is there before its namespace is mounted over it, and of the mount nothing is told. */
  #namesChanged(waitedMs = 0): void {
    clearTimeout(this.#mountTimer)
    if (this.#isStopped || !this.#compare(false) || waitedMs >= namespaceLimits.mountWaitMs) return
    const { mountPollMs } = namespaceLimits
    this.#mountTimer = setTimeout(() => this.#namesChanged(waitedMs + mountPollMs), mountPollMs)
  }

  #scanLater(): void {
    this.#scanTimer = setTimeout(
      () => void this.#scan(false).then(() => this.#scanLater()),
      namespaceLimits.scanMs,
    )
    if (this.#isStopped) clearTimeout(this.#scanTimer)
  }

  async #scan(isFirst: boolean): Promise<void> {
    if (this.#options.processes !== false)
      this.#processes = await scanProcessNamespaces(this.#host, this.#processes)
    if (!this.#isStopped) this.#compare(isFirst)
  }

  /** Tells what has come and gone. Returns whether a name waits for its namespace. */
  #compare(isFirst: boolean): boolean {
    const { namespaces, hasUnmounted } = listNamedNamespaces(this.#options.folder)
    const candidates = this.#candidates(namespaces)
    const now = Date.now()
    for (const candidate of candidates.values()) this.#see(candidate, isFirst, now)
    for (const [id, { isTold }] of this.#found) {
      if (candidates.has(id)) continue
      this.#found.delete(id)
      if (isTold) this.#listener({ kind: 'stopped', id, at: now })
    }
    return hasUnmounted
  }

  /** By id. A namespace with a name goes by it, whatever processes are in it. */
  #candidates(named: NamedNamespace[]): Map<string, Candidate> {
    const candidates = new Map<string, Candidate>()
    const inodes = new Set<number>()
    for (const namespace of named.filter(({ inode }) => inode !== this.#host)) {
      inodes.add(namespace.inode)
      const workload = namedWorkload(namespace, this.#prefix)
      candidates.set(workload.id, { workload, mayBeClaimed: isEngineMade(namespace.name) })
    }
    for (const namespace of this.#processes.values()) {
      if (inodes.has(namespace.inode)) continue
      const workload = processWorkload(namespace, this.#prefix)
      if (!candidates.has(workload.id)) candidates.set(workload.id, { workload, mayBeClaimed: true })
    }
    return candidates
  }

  #see({ workload, mayBeClaimed }: Candidate, isFirst: boolean, now: number): void {
    const before = this.#found.get(workload.id)
    const firstSeen = before?.firstSeen ?? now
    const isTold = before?.isTold === true
    const isDue = isFirst || !mayBeClaimed || now - firstSeen >= namespaceLimits.claimMs
    this.#found.set(workload.id, { workload, firstSeen, isTold: isTold || isDue })
    if (isTold ? isDeepStrictEqual(before?.workload, workload) : !isDue) return
    // Deleted and made anew under the same name.
    const isAnother = isTold && before?.workload.netns !== workload.netns
    if (isAnother) this.#listener({ kind: 'stopped', id: workload.id, at: now })
    const at = isTold && !isAnother ? now : Date.parse(workload.startedAt)
    this.#listener({ kind: 'started', workload, at })
  }
}

/** Podman's `netns-<uuid>` and CNI's `cni-<uuid>`, containerd's and CRI-O's among them. */
function isEngineMade(name: string): boolean {
  return /^(?:cni|netns)-[0-9a-f]{8}-[0-9a-f]{4}-/.test(name)
}

function namedWorkload({ name, path, inode, since }: NamedNamespace, prefix: string): Workload {
  return bareWorkload(
    { id: `${prefix}${name}`, name, service: name, pid: null, netns: inode, netnsPath: path },
    since,
  )
}

function processWorkload({ inode, pid, name, service, since }: ProcessNamespace, prefix: string): Workload {
  const netnsPath = netnsPathOf(pid)
  return bareWorkload({ id: `${prefix}${inode}`, name, service, pid, netns: inode, netnsPath }, since)
}

type BareParts = Pick<Workload, 'id' | 'name' | 'service' | 'pid' | 'netns' | 'netnsPath'>

/** Addresses are left to whoever enters the namespace. */
function bareWorkload(parts: BareParts, since: number): Workload {
  return {
    ...parts,
    runtime: 'netns',
    image: null,
    labels: {},
    namespace: 'default',
    hostNetwork: false,
    addresses: [],
    startedAt: new Date(since).toISOString(),
  }
}
