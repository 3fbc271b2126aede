import type { Criterion, GroupDefinition, GroupProfile } from '../../policy/definition.ts'
import { builtInKind, isLearnedName } from '../../policy/groups/builtin.ts'
import { type ObjectReport, tellError } from './policy-object.ts'
import type { Selector } from './schemas.ts'

type Path = readonly (string | number)[]

interface Entry {
  definition: GroupDefinition
  report: ObjectReport
  /** Of its selector. */
  path: Path
}

type GroupProtection = Pick<
  GroupDefinition,
  'onFailure' | 'inspection' | 'attacks' | 'strictness' | 'threats' | 'thresholds'
>

export type GroupSensors = Pick<GroupDefinition, 'deniedSensors' | 'toldSensors' | 'offSensors'>

interface Protected {
  name: string
  protection: GroupProtection
  report: ObjectReport
  path: Path
}

/** Groups of all files, each defined once however often it is written. */
export class GroupList {
  readonly #entries = new Map<string, Entry>()
  /** Names that are referred to; they have to be somewhere. */
  readonly #referrals: { name: string; report: ObjectReport; path: Path }[] = []

  readonly #protections: Protected[] = []

  readonly #profiles: { name: string; profile: GroupProfile; report: ObjectReport; path: Path }[] = []

  /** Takes a selector as a definition where it has criteria, otherwise as a reference. */
  take(selector: Selector, report: ObjectReport, path: Path): void {
    const { name, comment, criteria = [], name_referral: isReferral = false } = selector
    if (isReferral || criteria.length === 0) {
      const host = hostAddress(name)
      if (host === undefined) this.#referrals.push({ name, report, path })
      else this.#define({ name, criteria: host }, report, path)
      return
    }
    const own = criteria as Criterion[]
    if (isReserved(name))
      tellError(
        report,
        [...path, 'name'],
        `names that begin with Host: or Workload: are NeuVector's own`,
        'Give it another name.',
      )
    this.#define({ name, criteria: own, ...(comment === undefined ? {} : { comment }) }, report, path)
  }

  /** What a target says of its group besides who is in it. */
  setModes(
    name: string,
    modes: Pick<GroupDefinition, 'mode' | 'profileMode'>,
    report: ObjectReport,
    path: Path,
  ): void {
    const known = this.#entries.get(name)
    const definition = known?.definition ?? { name, criteria: [] }
    if (definition.mode !== undefined && modes.mode !== undefined && definition.mode !== modes.mode)
      tellError(
        report,
        path,
        `${name} is in ${definition.mode} elsewhere, at ${known?.report.source.at(known.path) ?? ''}`,
        'Say the same in both places, or only in one.',
      )
    this.#entries.set(name, { report, path, ...known, definition: { ...definition, ...modes } })
  }

  /** What a target says of processes and files; several say it together. */
  addProfile(name: string, profile: GroupProfile, report: ObjectReport, path: Path): void {
    const known = this.#entries.get(name)
    const definition = known?.definition ?? { name, criteria: [] }
    const before = definition.profile
    const merged: GroupProfile = {
      ...before,
      ...profile,
      processes: [...(before?.processes ?? []), ...profile.processes],
      files: [...(before?.files ?? []), ...profile.files],
    }
    this.#entries.set(name, { report, path, ...known, definition: { ...definition, profile: merged } })
  }

  /** A group that has to be defined somewhere. */
  refer(name: string, report: ObjectReport, path: Path): void {
    this.#referrals.push({ name, report, path })
  }

  /** What a group has done with what sensors match; several objects say it together. */
  addSensors(name: string, sensors: GroupSensors, report: ObjectReport, path: Path): void {
    const known = this.#entries.get(name)
    const definition = known?.definition ?? { name, criteria: [] }
    const merged: GroupSensors = {}
    for (const key of ['deniedSensors', 'toldSensors', 'offSensors'] as const) {
      const all = [...new Set([...(definition[key] ?? []), ...(sensors[key] ?? [])])]
      if (all.length > 0) merged[key] = all
    }
    this.#entries.set(name, { report, path, ...known, definition: { ...definition, ...merged } })
  }

  /** How a group, which has to be defined somewhere, is protected. */
  setProtection(name: string, protection: GroupProtection, report: ObjectReport, path: Path): void {
    this.refer(name, report, path)
    this.#protections.push({ name, protection, report, path })
  }

  /** The same of a group that is defined elsewhere. */
  referProfile(name: string, profile: GroupProfile, report: ObjectReport, path: Path): void {
    this.refer(name, report, path)
    this.#profiles.push({ name, profile, report, path })
  }

  /** All groups, after telling of what is referred to and not there, unless it was refused. */
  finish(refused: ReadonlySet<string>): GroupDefinition[] {
    for (const { name, report, path } of this.#referrals) {
      if (refused.has(name) || this.#isThere(name)) continue
      tellError(
        report,
        [...path, 'name'],
        `there is no group ${JSON.stringify(name)} with criteria`,
        'Give it criteria here, or define it as an NvGroupDefinition.',
      )
    }
    for (const { name, profile, report, path } of this.#profiles)
      if (this.#isThere(name)) this.addProfile(name, profile, report, path)
    for (const each of this.#protections) this.#protect(each)
    return [...this.#entries.values()].map(({ definition }) => definition)
  }

  #isThere(name: string): boolean {
    return this.#entries.has(name) || builtInKind(name) !== undefined || isLearnedName(name)
  }

  #protect({ name, protection, report, path }: Protected): void {
    const known = this.#entries.get(name)
    const definition = known?.definition ?? { name, criteria: [] }
    for (const key of [
      'onFailure',
      'inspection',
      'attacks',
      'strictness',
      'threats',
      'thresholds',
    ] as const) {
      const [before, now] = [definition[key], protection[key]].map((said) => [said ?? []].flat().join(', '))
      if (before === '' || now === '' || before === now) continue
      tellError(report, path, `${name} has ${key}: ${before} elsewhere`, 'Say the same in both places.')
    }
    this.#entries.set(name, { report, path, ...known, definition: { ...definition, ...protection } })
  }

  /** Where a group is written. */
  placeOf(name: string): { report: ObjectReport; path: Path } | undefined {
    return this.#entries.get(name)
  }

  #define(definition: GroupDefinition, report: ObjectReport, path: Path): void {
    const known = this.#entries.get(definition.name)
    if (known === undefined) {
      this.#entries.set(definition.name, { definition, report, path })
      return
    }
    const before = known.definition
    const isSame = isLearnedName(before.name) || sameCriteria(before.criteria, definition.criteria)
    if (before.criteria.length > 0 && !isSame) {
      tellError(
        report,
        [...path, 'criteria'],
        `${definition.name} has other criteria at ${known.report.source.at(known.path)}`,
        'Give one of both another name, or refer to the other by name_referral: true.',
      )
      return
    }
    const merged = { ...before, ...definition }
    this.#entries.set(definition.name, { report: known.report, path: known.path, definition: merged })
  }
}

/** NeuVector exports peers that are nodes as `Host:<address>` and does not take them in again. */
function hostAddress(name: string): Criterion[] | undefined {
  return name.startsWith('Host:') ? [{ key: 'address', op: '=', value: name.slice(5) }] : undefined
}

function isReserved(name: string): boolean {
  return name.startsWith('Host:') || name.startsWith('Workload:')
}

/** In any order: neither of several keys nor of several values of a key it makes a difference. */
function sameCriteria(a: readonly Criterion[], b: readonly Criterion[]): boolean {
  const texts = (list: readonly Criterion[]) =>
    list.map(({ key, op, value }) => JSON.stringify([key, op, value])).toSorted()
  return JSON.stringify(texts(a)) === JSON.stringify(texts(b))
}
