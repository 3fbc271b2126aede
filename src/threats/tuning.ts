import { parseThreatSettings } from './parse-settings.ts'
import {
  changed,
  type LookedFor,
  lookedFor,
  lookOtherwise,
  shared,
  type ThreatChange,
  type ThreatSettings,
} from './settings.ts'
import type { ThreatName } from './catalogue.ts'
import type { ThreatDefinition } from './threat.ts'

type Tuned = ReadonlyMap<ThreatName, ThreatDefinition>

const NOTHING: Tuned = new Map()

/** What the group of whoever is watched says of thresholds: as `parseThreatSettings` takes it, and the same array as long as it says the same. */
export type SaidOf = (origin: number) => readonly string[] | undefined

/** Threats with the thresholds of the group in whose namespace they are seen. */
export class ThreatTuning {
  /** What detectors go by before they look closer: on where anybody has it on, from the threshold that is reached first. */
  readonly loosest: LookedFor
  readonly #base: LookedFor
  /** The same with thresholds that are not shared. */
  readonly #whole: LookedFor
  readonly #names: ReadonlyMap<number, ThreatName>
  readonly #engines: number
  readonly #saidOf: SaidOf
  readonly #started: ThreatSettings
  #known = new WeakMap<readonly string[], Tuned>()
  #said: readonly (readonly string[])[] = []

  /** @param settings what is configured for all; @param engines over how many the connections are spread */
  constructor(settings: ThreatSettings, engines: number, saidOf: SaidOf) {
    const base = lookedFor(settings, engines)
    this.#started = settings
    this.#base = base
    this.#whole = lookedFor(settings)
    this.#engines = engines
    this.#saidOf = saidOf
    this.loosest = structuredClone(base)
    this.#names = new Map(entriesOf(base).map(([name, { id }]) => [id, name]))
  }

  /** What groups say has changed. */
  follow(said: readonly (readonly string[])[]): void {
    this.#said = said
    const all = said.map((texts) => this.#tuned(texts))
    for (const [name, { on, measure }] of entriesOf(this.#base)) {
      const own = all.flatMap((each) => each.get(name) ?? []).filter((each) => each.on)
      const thresholds = own.map((each) => each.measure.threshold)
      if (on) thresholds.push(measure.threshold)
      const loosest = this.loosest[name]
      loosest.on = on || own.length > 0
      Object.assign(loosest.measure, measure)
      if (thresholds.length > 0)
        loosest.measure.threshold =
          measure.isAtMost === true ? Math.max(...thresholds) : Math.min(...thresholds)
    }
  }

  /** What is configured for all has changed: what is left out is as it was at first. */
  choose(settings: ThreatSettings): void {
    const all = { ...this.#started, ...settings }
    lookOtherwise(this.#base, all, this.#engines)
    lookOtherwise(this.#whole, all)
    this.#known = new WeakMap()
    this.follow(this.#said)
  }

  /** A threat as it is looked for in a namespace. */
  of(threat: ThreatDefinition, origin: number): ThreatDefinition {
    const name = this.#said.length > 0 ? this.#names.get(threat.id) : undefined
    if (name === undefined) return threat
    const said = this.#saidOf(origin)
    const tuned = said === undefined ? NOTHING : this.#tuned(said)
    return tuned.get(name) ?? this.#base[name]
  }

  #tuned(said: readonly string[]): Tuned {
    const known = this.#known.get(said)
    if (known !== undefined) return known
    const tuned = new Map<ThreatName, ThreatDefinition>()
    for (const text of said) {
      const parsed = parseThreatSettings([text])
      if ('problem' in parsed) continue
      for (const [name, change] of Object.entries(parsed.settings) as [ThreatName, ThreatChange][])
        tuned.set(
          name,
          moreSensitive(tuned.get(name), shared(changed(this.#whole[name], change), this.#engines)),
        )
    }
    this.#known.set(said, tuned)
    return tuned
  }
}

/** Of what several groups say of one threat. */
function moreSensitive(one: ThreatDefinition | undefined, other: ThreatDefinition): ThreatDefinition {
  if (one === undefined || !one.on) return other
  if (!other.on) return one
  const isLower = other.measure.threshold < one.measure.threshold
  return isLower === (one.measure.isAtMost !== true) ? other : one
}

function entriesOf(definitions: LookedFor): [ThreatName, ThreatDefinition][] {
  return Object.entries(definitions) as [ThreatName, ThreatDefinition][]
}
