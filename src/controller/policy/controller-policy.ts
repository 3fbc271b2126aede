import type { QuarantinedWorkload, WorkloadState } from '../../model/enforcer-messages.ts'
import { wireLimits } from '../../model/enforcer-messages.ts'
import type { GroupModes, LearnedPolicy, PolicySettings } from '../../policy/composition.ts'
import type { Mode, PolicyDefinition } from '../../policy/definition.ts'
import { canHaveMode } from '../../policy/groups/builtin.ts'
import { LivePolicy } from '../../policy/live/live-policy.ts'
import { mergeObjects } from '../../security-as-code/policy/object-changes.ts'
import type { FileProblem } from '../../security-as-code/policy/policy-object.ts'
import {
  type PlacedObject,
  readPolicy,
  readPolicyObjects,
} from '../../security-as-code/policy/read-policy.ts'
import type { SourceText } from '../../security-as-code/yaml-documents.ts'
import type { Store } from '../../store/store.ts'
import { type ContentChange, contentChanges, Definitions, type PolicyContent } from './policy-content.ts'
import { PolicyChangeError } from './policy-error.ts'
import { type By, type Edit, PolicyHistory } from './policy-history.ts'

export interface ApplyRequest extends By {
  texts: readonly SourceText[]
  /** Objects that are not in the texts go. */
  only: boolean
  dryRun: boolean
  /** The version that it was made for; refused where another holds by now. */
  base?: number | undefined
}

/** What a change came to, or would. */
export interface ChangeResult {
  /** The version that holds: the one before where nothing changed, and for a trial. */
  number: number
  changes: ContentChange[]
  /** What is taken otherwise than its author may think. */
  warnings: FileProblem[]
}

export type PolicyEvent = 'policy' | 'quarantine'

/**
 * The policy of all enforcers: its versions, what was learned besides, and who is in quarantine. Changes are made one after the
 * other, each whole or not at all.
 */
export class ControllerPolicy {
  readonly history: PolicyHistory
  /** What is enforced, with all workloads that run. */
  readonly live: LivePolicy
  readonly #store: Store
  readonly #now: () => number
  readonly #listeners = new Set<(event: PolicyEvent) => void>()
  readonly #definitions = new Definitions()
  #learned: LearnedPolicy = { groups: [], rules: [] }
  #quarantined: QuarantinedWorkload[]
  #last: Promise<unknown> = Promise.resolve()

  private constructor(
    parts: { store: Store; now: () => number; history: PolicyHistory },
    quarantined: QuarantinedWorkload[],
  ) {
    this.#store = parts.store
    this.#now = parts.now
    this.history = parts.history
    this.#quarantined = quarantined
    this.live = new LivePolicy(this.#definitions.of(this.history.content, this.#learned))
  }

  static async load(store: Store, now: () => number): Promise<ControllerPolicy> {
    const history = await PolicyHistory.load(store, now)
    return new ControllerPolicy({ store, now, history }, await store.quarantined())
  }

  get definition(): PolicyDefinition {
    return this.live.definition
  }

  /** What files say, without modes that were given and without what was learned. */
  get declared(): PolicyDefinition {
    return this.#definitions.declared(this.content)
  }

  get content(): PolicyContent {
    return this.history.content
  }

  get quarantined(): readonly QuarantinedWorkload[] {
    return this.#quarantined
  }

  /** Called after each change. */
  onChange(listener: (event: PolicyEvent) => void): void {
    this.#listeners.add(listener)
  }

  workload({ workload, stoppedAt }: WorkloadState, node: string): void {
    if (stoppedAt === undefined) this.live.started(workload, node)
    else this.live.stopped(workload.id)
  }

  /** Takes files of rules in, all or nothing. @throws PolicyChangeError */
  apply({ texts, only, dryRun, base, author, reason }: ApplyRequest): Promise<ChangeResult> {
    return this.#exclusive(async () => {
      this.#requireBase(base)
      const read = rightOnly(readPolicy(texts))
      const { content } = this.history
      const objects = mergeObjects(content.objects, read.objects, only)
      const { warnings } = rightOnly(readPolicyObjects(objects))
      const modes = withoutDeclared(content.modes, read.objects)
      const edit = { action: 'apply' as const, author, reason, content: { ...content, objects, modes } }
      return { ...(await this.#make(edit, dryRun)), warnings: [...read.warnings, ...warnings] }
    })
  }

  /** Brings back what there was before the last change, or what a version held. @throws PolicyChangeError */
  undo({ to, dryRun, ...by }: By & { to?: number | undefined; dryRun: boolean }): Promise<ChangeResult> {
    return this.#exclusive(async () => {
      const { number, content } = await this.history.before(to)
      return this.#make({ ...by, action: 'undo', content, restored: number }, dryRun)
    })
  }

  /** @throws PolicyChangeError where the group cannot have a mode */
  setMode(group: string, given: { network?: Mode; profile?: Mode }, by: By): Promise<ChangeResult> {
    if (!canHaveMode(group))
      throw new PolicyChangeError(
        'POLICY_NO_GROUP',
        `${JSON.stringify(group)} cannot have a mode.`,
        'Only nodes and nv.<service>.<namespace> have one.',
      )
    return this.#exclusive(() =>
      this.#make({ ...by, action: 'mode', content: this.#withModes({ [group]: given }) }),
    )
  }

  setSettings(change: Partial<PolicySettings>, by: By): Promise<ChangeResult> {
    return this.#exclusive(() => {
      const { content } = this.history
      const settings = { ...content.settings, ...change }
      return this.#make({ ...by, action: 'settings', content: { ...content, settings } })
    })
  }

  /** Modes that groups have come to by the time that they were in the ones before. */
  promote(
    modes: Readonly<Record<string, { network?: Mode; profile?: Mode }>>,
    by: By,
  ): Promise<ChangeResult> {
    return this.#exclusive(() => this.#make({ ...by, action: 'promotion', content: this.#withModes(modes) }))
  }

  /** What was learned is another than before. */
  learn(learned: LearnedPolicy): void {
    this.#learned = learned
    this.#define()
  }

  /** Cuts a workload off, or lets it go again. @throws PolicyChangeError where there are too many */
  quarantine(workload: string, reason: string): Promise<void> {
    return this.#exclusive(() => {
      const since = new Date(this.#now()).toISOString()
      const others = this.#quarantined.filter((each) => each.workload !== workload)
      if (others.length >= wireLimits.quarantinedWorkloads)
        throw new PolicyChangeError(
          'POLICY_TOO_LARGE',
          `${others.length} workloads are in quarantine already.`,
          'Release those that no longer run.',
        )
      const short = reason.slice(0, wireLimits.quarantineReasonLength)
      return this.#setQuarantined([...others, { workload, since, reason: short }])
    })
  }

  /** @returns whether it was in quarantine */
  release(workload: string): Promise<boolean> {
    return this.#exclusive(async () => {
      const others = this.#quarantined.filter((each) => each.workload !== workload)
      if (others.length === this.#quarantined.length) return false
      await this.#setQuarantined(others)
      return true
    })
  }

  /** Enforcers are told first: what counts is when nothing passes any more. */
  async #setQuarantined(workloads: QuarantinedWorkload[]): Promise<void> {
    this.#quarantined = workloads
    this.#tell('quarantine')
    await this.#store.saveQuarantined(workloads)
  }

  async #make(edit: Edit, dryRun = false): Promise<ChangeResult> {
    const changes = contentChanges(this.history.content, edit.content)
    if (changes.length > 0 && !dryRun) {
      await this.history.add(edit)
      this.#define()
    }
    return { number: this.history.number, changes, warnings: [] }
  }

  #define(): void {
    this.live.define(this.#definitions.of(this.history.content, this.#learned))
    this.#tell('policy')
  }

  #withModes(given: Readonly<Record<string, { network?: Mode; profile?: Mode }>>): PolicyContent {
    const { content } = this.history
    const since = this.#now()
    const modes: Record<string, GroupModes> = { ...content.modes }
    for (const [group, { network, profile }] of Object.entries(given)) {
      modes[group] = {
        ...modes[group],
        ...(network === undefined ? {} : { network: { mode: network, since } }),
        ...(profile === undefined ? {} : { profile: { mode: profile, since } }),
      }
    }
    return { ...content, modes }
  }

  #requireBase(base: number | undefined): void {
    if (base === undefined || base === this.history.number) return
    throw new PolicyChangeError(
      'POLICY_CHANGED',
      `This was made for version ${base} of the policy; by now version ${this.history.number} holds.`,
      'Look at what has changed (pavise policy diff), and apply it again.',
    )
  }

  #tell(event: PolicyEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** One change after the other: each is made of what the one before left. */
  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

/** @throws PolicyChangeError with all that is wrong */
function rightOnly({ objects, problems }: { objects: PlacedObject[]; problems: FileProblem[] }) {
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return { objects, warnings: problems }
  const [{ place, subject, problem, nextStep }] = errors
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`
  throw new PolicyChangeError('POLICY_INVALID', `${place}: ${subject}: ${problem}${more}`, nextStep, errors)
}

/** What files say of a group's mode goes before what was said by hand. */
function withoutDeclared(
  modes: PolicyContent['modes'],
  applied: readonly PlacedObject[],
): PolicyContent['modes'] {
  const { groups } = readPolicyObjects(applied).definition
  const kept = { ...modes }
  for (const { name, mode, profileMode } of groups) {
    const { network, profile } = kept[name] ?? {}
    const rest = {
      ...(network === undefined || mode !== undefined ? {} : { network }),
      ...(profile === undefined || profileMode !== undefined ? {} : { profile }),
    }
    if (Object.keys(rest).length > 0) kept[name] = rest
    else delete kept[name]
  }
  return kept
}
