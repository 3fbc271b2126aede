import { type ThreatName, threatNames, threats } from './catalogue.ts'
import type { ThreatDefinition } from './threat.ts'

/** What of a threat is configured otherwise than in the table. */
export interface ThreatChange {
  on?: boolean
  threshold?: number
  seconds?: number
}

export type ThreatSettings = Partial<Record<ThreatName, ThreatChange>>

/** Every threat as it is looked for; `lookOtherwise` changes it for whoever has it. */
export type LookedFor = Readonly<Record<ThreatName, ThreatDefinition>>

/**
 * The table with what is configured otherwise.
 * @param engines over how many the connections are spread, of which this is one
 */
export function lookedFor(settings: ThreatSettings = {}, engines = 1): LookedFor {
  const entries = threatNames.map((name) => [
    name,
    shared(changed(threats[name], settings[name] ?? {}), engines),
  ])
  return Object.fromEntries(entries) as LookedFor
}

/**
 * Changes what is looked for, for whoever has it.
 *
 * @param engines as they were for `lookedFor`
 */
export function lookOtherwise(looked: LookedFor, settings: ThreatSettings, engines = 1): void {
  const fresh = lookedFor(settings, engines)
  for (const name of threatNames) {
    looked[name].on = fresh[name].on
    Object.assign(looked[name].measure, fresh[name].measure)
  }
}

/** Changes by the names that records have; of a name that no threat has nothing. */
export function settingsNamed(changes: Readonly<Record<string, ThreatChange>> = {}): ThreatSettings {
  const settings: ThreatSettings = {}
  for (const name of threatNames) {
    const change = Object.hasOwn(changes, threats[name].name) ? changes[threats[name].name] : undefined
    if (change !== undefined) settings[name] = change
  }
  return settings
}

/** With the share of its threshold that is one engine's. */
export function shared(definition: ThreatDefinition, engines: number): ThreatDefinition {
  const { measure } = definition
  if (measure.isSpread !== true) return definition
  return { ...definition, measure: { ...measure, threshold: Math.ceil(measure.threshold / engines) } }
}

/** With what is configured otherwise of it. */
export function changed(
  definition: ThreatDefinition,
  { on, threshold, seconds }: ThreatChange,
): ThreatDefinition {
  const measure = {
    ...definition.measure,
    ...(threshold === undefined ? {} : { threshold }),
    ...(seconds === undefined ? {} : { seconds }),
  }
  return { ...definition, on: on ?? definition.on, measure }
}
