import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { GroupModes, LearnedPolicy, PolicySettings } from '../../policy/composition.ts'
import type { Mode, PolicyDefinition } from '../../policy/definition.ts'
import { canHaveMode } from '../../policy/groups/builtin.ts'
import { LivePolicy } from '../../policy/live/live-policy.ts'
import { exportPolicy } from '../../security-as-code/policy/export-policy.ts'
import { mergeObjects } from '../../security-as-code/policy/object-changes.ts'
import type { FileProblem } from '../../security-as-code/policy/policy-object.ts'
import type { PlacedObject } from '../../security-as-code/policy/placed-object.ts'
import { readPolicy, readPolicyObjects } from '../../security-as-code/policy/read-policy.ts'
import { writePolicy } from '../../security-as-code/policy/write-policy.ts'
import type { SourceText } from '../../security-as-code/yaml-documents.ts'
import type { Store } from '../../store/store.ts'
import {
  type ContentChange,
  contentChanges,
  Definitions,
  emptyContent,
  type PolicyContent,
} from './policy-content.ts'
import { PolicyChangeError } from './policy-error.ts'
import { type By, type Edit, PolicyHistory } from './policy-history.ts'
import { editRules, lostRules, requireRight, type RuleEdits } from './user-rules.ts'

export interface PolicyFiles {
  texts: readonly SourceText[]
  /** Objects that are not in the texts go. */
  only: boolean
}

/** A policy that is tried and not applied. */
export interface Candidate extends PolicyFiles {
  /** Of single rules, after the files. */
  edits: RuleEdits
  /** Ids of learned rules that are left out. */
  without: readonly string[]
}

export interface EditRequest extends By {
  edits: RuleEdits
  dryRun: boolean
  base?: number | undefined
}

export interface ApplyRequest extends By, PolicyFiles {
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

const noneLearned: LearnedPolicy = { groups: [], rules: [] }

/**
 * The policy of all enforcers: its versions, and what was learned besides. Changes are made one after the other, each whole or not
 * at all.
 */
export class ControllerPolicy {
  readonly history: PolicyHistory
  /** What is enforced, with all workloads that run. */
  readonly live: LivePolicy
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  readonly #definitions = new Definitions()
  #learned = noneLearned
  #last: Promise<unknown> = Promise.resolve()

  private constructor(history: PolicyHistory, now: () => number) {
    this.history = history
    this.#now = now
    this.live = new LivePolicy(this.#definitions.of(history.content, this.#learned))
  }

  static async load(store: Store, now: () => number): Promise<ControllerPolicy> {
    return new ControllerPolicy(await PolicyHistory.load(store, now), now)
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

  /** What a version came to, with what was learned by now. @throws PolicyChangeError `POLICY_NO_VERSION` */
  async definitionOf(number: number): Promise<PolicyDefinition> {
    return this.#compose(number === 0 ? emptyContent : (await this.history.version(number)).content)
  }

  /** Called after each change. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  workload({ workload, stoppedAt }: WorkloadState, node: string): void {
    if (stoppedAt === undefined) this.live.started(workload, node)
    else this.live.stopped(workload.id)
  }

  /** Takes files of rules in, all or nothing. @throws PolicyChangeError */
  apply({ dryRun, base, author, reason, ...files }: ApplyRequest): Promise<ChangeResult> {
    return this.#exclusive(async () => {
      this.#requireBase(base)
      const { content, warnings } = this.#with(files)
      const result = await this.#make({ action: 'apply', author, reason, content }, dryRun)
      return { ...result, warnings: [...warnings, ...lostRules(this.#compose(content))] }
    })
  }

  /** Adds, changes and removes single rules, all or nothing. @throws PolicyChangeError */
  edit({ edits, dryRun, base, author, reason }: EditRequest): Promise<ChangeResult> {
    return this.#exclusive(() => {
      this.#requireBase(base)
      const content = this.#withEdits(this.content, edits, author)
      requireRight(this.#compose(content), this.content.rules)
      return this.#make({ action: 'rules', author, reason, content }, dryRun)
    })
  }

  /**
   * The policy that there would be with these files applied and these rules changed.
   *
   * @throws PolicyChangeError `POLICY_INVALID`, `POLICY_NO_RULE`
   */
  candidate({ edits, without, ...files }: Candidate): {
    definition: PolicyDefinition
    warnings: FileProblem[]
  } {
    const { content: applied, warnings } = this.#with(files)
    const content = this.#withEdits(applied, edits, 'a trial')
    const left = new Set(without)
    const { groups, rules } = files.only ? noneLearned : this.#learned
    const learned = { groups, rules: rules.filter(({ id }) => !left.has(id)) }
    const definition = new Definitions().of(content, learned)
    requireRight(definition, applied.rules)
    return { definition, warnings }
  }

  /**
   * The policy as YAML that applies elsewhere, or what was applied as of a version.
   *
   * @throws PolicyChangeError `POLICY_NO_VERSION`
   */
  async export({ learned, version }: { learned: boolean; version?: number | undefined }): Promise<string> {
    const past = version === undefined ? undefined : await this.history.version(version)
    const { objects, rules, modes } = past?.content ?? this.content
    const isLearned = learned && past === undefined
    const source = {
      objects: objects.map(({ object }) => object),
      rules,
      modes,
      learned: isLearned ? this.#learnedOnly() : noneLearned,
      groups: this.definition.groups,
    }
    return writePolicy(exportPolicy(source))
  }

  /** What was learned and no file says as well. */
  #learnedOnly(): LearnedPolicy {
    const { rules, groups } = this.definition
    const profiles = groups.map(({ name, profile }) => {
      const processes = (profile?.processes ?? []).filter(({ tier }) => tier === 'learned')
      return { name, criteria: [], profile: { processes, files: [] } }
    })
    return { groups: profiles, rules: rules.filter(({ tier }) => tier === 'learned') }
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
    for (const listener of this.#listeners) listener()
  }

  /** What is applied together with files. @throws PolicyChangeError `POLICY_INVALID` */
  #with({ texts, only }: PolicyFiles): { content: PolicyContent; warnings: FileProblem[] } {
    const { content } = this.history
    const read = rightOnly(readPolicy(texts, only ? [] : content.objects))
    const objects = mergeObjects(content.objects, read.objects, only)
    const modes = withoutDeclared(content.modes, read.objects)
    const rules = only ? [] : content.rules
    return { content: { ...content, objects, rules, modes }, warnings: read.warnings }
  }

  #withEdits(content: PolicyContent, edits: RuleEdits, author: string): PolicyContent {
    const source = { number: this.history.number + 1, author }
    return { ...content, rules: editRules(content.rules, edits, { source, learned: this.#learned.rules }) }
  }

  #compose(content: PolicyContent): PolicyDefinition {
    return new Definitions().of(content, this.#learned)
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
