import { type ThreatName, threatNames, threats } from './catalogue.ts'
import type { ThreatDefinition } from './threat.ts'

/** What of a threat is configured otherwise than in the table. */
export interface ThreatChange {
  on?: boolean
  threshold?: number
  seconds?: number
}

export type ThreatSettings = Partial<Record<ThreatName, ThreatChange>>

/** Every threat as it is looked for. */
export type LookedFor = Readonly<Record<ThreatName, ThreatDefinition>>

/** The table with what is configured otherwise. */
export function lookedFor(settings: ThreatSettings = {}): LookedFor {
  const entries = threatNames.map((name) => [name, changed(threats[name], settings[name] ?? {})])
  return Object.fromEntries(entries) as LookedFor
}

function changed(definition: ThreatDefinition, { on, threshold, seconds }: ThreatChange): ThreatDefinition {
  const measure = {
    ...definition.measure,
    ...(threshold === undefined ? {} : { threshold }),
    ...(seconds === undefined ? {} : { seconds }),
  }
  return { ...definition, on: on ?? definition.on, measure }
}
