import { join } from 'node:path'
import type { Log } from '../../lib/log.ts'
import type { ControllerMessage, PeerWorkload } from '../../model/enforcer-messages.ts'
import { enforcerLimits } from '../limits.ts'
import { KeptFile } from './kept-file.ts'

/** What has changed among the pods of other nodes. */
export interface PeerChange {
  peers: readonly PeerWorkload[]
  gone: readonly PeerWorkload[]
}

/**
 * The pods of other nodes, as the controller told of them last. They are kept on disk, so that rules go on to speak of them where the
 * controller is not there at the next start.
 */
export class RemotePeers {
  readonly #log: Log
  readonly #file: KeptFile | undefined
  #peers = new Map<string, PeerWorkload>()
  #saving: NodeJS.Timeout | undefined

  /** @param folder where they are kept; undefined: nowhere */
  constructor(folder: string | undefined, log: Log) {
    this.#log = log
    this.#file = folder === undefined ? undefined : new KeptFile(join(folder, 'peers'))
    const { text, problem } = this.#file?.load() ?? {}
    if (problem !== undefined) log('warn', problem)
    if (text !== undefined) this.#peers = byId(JSON.parse(text) as PeerWorkload[])
  }

  get all(): PeerWorkload[] {
    return [...this.#peers.values()]
  }

  /** @returns what is to be done about it */
  receive({ peers, gone, complete }: Extract<ControllerMessage, { kind: 'peers' }>): PeerChange {
    const before = this.#peers
    this.#peers = new Map(complete ? [] : before)
    for (const peer of peers) this.#peers.set(peer.workload.id, peer)
    for (const id of gone) this.#peers.delete(id)
    const left = complete ? [...before.keys()] : gone
    const isGone = left.filter((id) => !this.#peers.has(id)).flatMap((id) => before.get(id) ?? [])
    if (peers.length + isGone.length > 0) this.#saveSoon()
    return { peers, gone: isGone }
  }

  /** Keeps what is not kept yet. */
  close(): void {
    if (this.#saving !== undefined) this.#save()
  }

  /** Pods come and go by the second in a cluster: they are kept together. */
  #saveSoon(): void {
    this.#saving ??= setTimeout(() => this.#save(), enforcerLimits.peersSavedMs).unref()
  }

  #save(): void {
    clearTimeout(this.#saving)
    this.#saving = undefined
    try {
      this.#file?.save(JSON.stringify(this.all))
    } catch (error) {
      this.#log('error', `the pods of other nodes cannot be kept: ${(error as Error).message}`)
    }
  }
}

function byId(peers: readonly PeerWorkload[]): Map<string, PeerWorkload> {
  return new Map(peers.map((peer) => [peer.workload.id, peer]))
}
