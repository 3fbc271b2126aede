import { join } from 'node:path'
import type { Log } from '../../lib/log.ts'
import type {
  ControllerMessage,
  Enforced,
  QuarantinedWorkload,
  WorkloadState,
} from '../../model/enforcer-messages.ts'
import { emptyPolicy, type PolicyDefinition } from '../../policy/definition.ts'
import { LivePolicy } from '../../policy/live/live-policy.ts'
import { digestOf, KeptFile } from './kept-file.ts'
import type { PeerChange } from './remote-peers.ts'
import { PolicyParts, type ReceivedPolicy } from './policy-parts.ts'

export interface EnforcedPolicyOptions {
  /** Name of this machine, as groups by `node` ask for it. */
  node: string
  /** Where the last policy is kept, so that it holds without a controller; undefined: in memory only. */
  folder: string | undefined
  log: Log
}

/** What has changed: rules, groups or modes; who is in which group; who is in quarantine. */
export type EnforcedChange = 'policy' | 'workloads' | 'quarantine'

export type PolicyMessage = Extract<ControllerMessage, { kind: 'policy' | 'quarantine' }>

/**
 * What this machine enforces: the last policy that its controller sent, with the workloads that run here, and which of them are cut
 * off. It is kept on disk, and goes on to hold while there is no controller. Before the first one there are no rules, and all
 * groups are in Discover.
 */
export class EnforcedPolicy {
  readonly live: LivePolicy
  readonly #options: EnforcedPolicyOptions
  readonly #parts = new PolicyParts()
  readonly #listeners = new Set<(change: EnforcedChange) => void>()
  readonly #policyFile: KeptFile | undefined
  readonly #quarantineFile: KeptFile | undefined
  #version: number | null = null
  #digest: string | null = null
  #quarantined = new Map<string, QuarantinedWorkload>()

  /** Takes up what was kept; what is damaged is told, and the one before it taken. */
  constructor(options: EnforcedPolicyOptions) {
    this.#options = options
    const { folder, node } = options
    this.live = new LivePolicy(emptyPolicy, node)
    if (folder === undefined) return
    this.#policyFile = new KeptFile(join(folder, 'policy'))
    this.#quarantineFile = new KeptFile(join(folder, 'quarantine'))
    this.#takeUp(this.#policyFile, 'policy', (text) => {
      const end = text.indexOf('\n')
      const definition = text.slice(end + 1)
      this.#use({ version: Number(text.slice(0, end)), digest: digestOf(definition), text: definition })
    })
    this.#takeUp(this.#quarantineFile, 'quarantine', (text) => {
      this.#quarantined = byWorkload(JSON.parse(text) as QuarantinedWorkload[])
    })
  }

  /** Number in the policy's history; null before the first. */
  get version(): number | null {
    return this.#version
  }

  get enforced(): Enforced {
    return { policy: this.#digest, quarantined: [...this.#quarantined.keys()] }
  }

  /** Those of this machine and, where the controller has others, of those. */
  get quarantined(): ReadonlyMap<string, QuarantinedWorkload> {
    return this.#quarantined
  }

  /** Called after each change, in the order in which they were made. @returns what ends it */
  onChange(listener: (change: EnforcedChange) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** @returns whether it is to be answered by what is enforced now: a message that says all it has to, whether it could be used or not. */
  receive(message: PolicyMessage): boolean {
    return message.kind === 'policy'
      ? this.#receivePolicy(message)
      : this.#receiveQuarantine(message.workloads)
  }

  /** A workload of this machine has come, gone or changed. */
  workload({ workload, stoppedAt }: WorkloadState): void {
    if (stoppedAt === undefined) this.live.started(workload, this.#options.node)
    else this.live.stopped(workload.id)
    this.#tell('workloads')
  }

  /** Pods of other nodes have come, changed or gone. One that runs here, too, is what it is here. */
  peersChanged({ peers, gone }: PeerChange): void {
    const isHere = (id: string) => this.live.nodeOf(id) === this.#options.node
    for (const { workload } of gone) if (!isHere(workload.id)) this.live.stopped(workload.id)
    for (const { workload, node } of peers) if (!isHere(workload.id)) this.live.started(workload, node)
    this.#tell('workloads')
  }

  #receivePolicy(part: Extract<PolicyMessage, { kind: 'policy' }>): boolean {
    const received = this.#parts.take(part)
    if (received !== undefined && this.#try('the policy that was sent', () => this.#use(received))) {
      this.#keep(this.#policyFile, `${received.version}\n${received.text}`)
      this.#tell('policy')
    }
    return part.part === part.parts
  }

  #receiveQuarantine(workloads: QuarantinedWorkload[]): boolean {
    this.#quarantined = byWorkload(workloads)
    this.#tell('quarantine')
    this.#keep(this.#quarantineFile, JSON.stringify(workloads)) // After it is done: what counts is when nothing passes.
    return true
  }

  /** @throws Error where it is no definition; what was used before still is. */
  #use({ version, digest, text }: ReceivedPolicy): void {
    this.live.define({ ...emptyPolicy, ...(JSON.parse(text) as PolicyDefinition) })
    this.#version = version
    this.#digest = digest
  }

  #takeUp(file: KeptFile, what: string, use: (text: string) => void): void {
    const { text, problem } = file.load()
    if (problem !== undefined)
      this.#options.log(
        'warn',
        `${problem}: ${text === undefined ? `there is no ${what} but that` : 'the one before it is taken'}`,
      )
    if (text !== undefined) this.#try(`the ${what} that was kept`, () => use(text))
  }

  #try(what: string, work: () => void): boolean {
    try {
      work()
      return true
    } catch (error) {
      this.#options.log('error', `${what} cannot be used: ${(error as Error).message}`)
      return false
    }
  }

  /** What cannot be kept is enforced nevertheless, as long as this runs. */
  #keep(file: KeptFile | undefined, text: string): void {
    if (file !== undefined) this.#try('the state folder', () => file.save(text))
  }

  #tell(change: EnforcedChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}

function byWorkload(workloads: readonly QuarantinedWorkload[]): Map<string, QuarantinedWorkload> {
  return new Map(workloads.map((each) => [each.workload, each]))
}
