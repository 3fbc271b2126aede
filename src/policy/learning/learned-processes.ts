import type { ProcessRecord } from '../../model/records.ts'
import type { GroupDefinition, ProcessRule } from '../definition.ts'
import { learningLimits, policyLimits } from '../limits.ts'
import type { Evidence } from './evidence.ts'

/** A program that a group was seen to run in Discover, as it is kept. */
export interface LearnedProcess extends Evidence {
  id: string
  group: string
  name: string
  path: string
}

/** Of ids of learned programs. */
export const learnedProcessPrefix = 'process/'

/**
 * What the groups' workloads run: one rule for a program, by name and path. What is suspicious or has drifted enforcers do not tell as
 * learned.
 */
export class LearnedProcesses {
  readonly #byGroup = new Map<string, Map<string, LearnedProcess>>()
  readonly #byId = new Map<string, LearnedProcess>()
  readonly #dirty = new Set<string>()
  /** Because there were too many, or rules have no words for their path. */
  refused = 0

  constructor(known: readonly LearnedProcess[] = []) {
    for (const each of known) this.#put(each)
  }

  /**
   * @param growth by how many the record has grown since it was last told
   * @returns whether it is something new, so that the policy is another
   */
  add(group: string, record: ProcessRecord, growth: number): boolean {
    const { action, reason, first, last } = record
    const isLearned = action === 'learned'
    if (!isLearned && !(action === 'allowed' && reason === 'rule')) return false
    const { name, path } = record.process
    const id = `${learnedProcessPrefix}${group}/${name} ${path}`
    const known = this.#byId.get(id)
    if (known !== undefined) {
      known.last = Math.max(known.last, Date.parse(last))
      known.flows += growth
      this.#dirty.add(id)
      return false
    }
    if (!isLearned) return false // Allowed by a rule that somebody wrote.
    if (!this.#hasRoom(group) || !isSayable(name, path)) {
      this.refused++
      return false
    }
    this.#put({ id, group, name, path, first: Date.parse(first), last: Date.parse(last), flows: growth })
    this.#dirty.add(id)
    return true
  }

  /** @returns whether it was there */
  remove(id: string): boolean {
    const known = this.#byId.get(id)
    if (known === undefined) return false
    this.#byId.delete(id)
    this.#byGroup.get(known.group)?.delete(id)
    this.#dirty.add(id)
    return true
  }

  /** Those that have changed since this was last asked, and ids of those that are gone. */
  takeDirty(): { saved: LearnedProcess[]; removed: string[] } {
    const ids = [...this.#dirty]
    this.#dirty.clear()
    return {
      saved: ids.flatMap((id) => this.#byId.get(id) ?? []),
      removed: ids.filter((id) => !this.#byId.has(id)),
    }
  }

  /** What was taken and could not be kept. */
  keepDirty(ids: readonly string[]): void {
    for (const id of ids) this.#dirty.add(id)
  }

  /** Groups with nothing but the profile that was learned of them. */
  get groups(): GroupDefinition[] {
    return [...this.#byGroup].flatMap(([name, learned]) =>
      learned.size === 0
        ? []
        : [{ name, criteria: [], profile: { processes: Array.from(learned.values(), ruleOf), files: [] } }],
    )
  }

  of(group: string): LearnedProcess[] {
    return [...(this.#byGroup.get(group)?.values() ?? [])]
  }

  #hasRoom(group: string): boolean {
    const ofGroup = this.#byGroup.get(group)?.size ?? 0
    return ofGroup < learningLimits.processesPerGroup && this.#byId.size < learningLimits.processes
  }

  #put(learned: LearnedProcess): void {
    this.#byId.set(learned.id, learned)
    const ofGroup = this.#byGroup.get(learned.group)
    if (ofGroup === undefined) this.#byGroup.set(learned.group, new Map([[learned.id, learned]]))
    else ofGroup.set(learned.id, learned)
  }
}

function ruleOf({ name, path }: LearnedProcess): ProcessRule {
  return { action: 'allow', name, path, tier: 'learned' }
}

/** What NeuVector takes as a name and a path, and means just these: `*` would be anything. */
function isSayable(name: string, path: string): boolean {
  const isShort = name.length <= policyLimits.textLength && path.length <= policyLimits.textLength
  return isShort && name !== '' && /^\/[^<>*\p{Cc}]*[^<>*/\p{Cc}]$/u.test(path) && !/[*\p{Cc}]/u.test(name)
}
