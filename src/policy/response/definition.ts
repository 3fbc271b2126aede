import type { ResponseAction, ResponseEvent } from '../../model/response-words.ts'

const counted = [
  'cve-critical',
  'cve-high-only',
  'cve-high',
  'cve-medium',
  'cve-critical-with-fix',
  'cve-high-only-with-fix',
  'cve-high-with-fix',
]

/** Types of conditions that each event has, as in NeuVector. */
export const conditionTypes: Readonly<Record<ResponseEvent, readonly string[]>> = {
  event: ['name', 'level'],
  'security-event': ['name', 'level', 'process'],
  'cve-report': ['name', 'level', 'cve-name', ...counted],
  compliance: ['name', 'level'],
  'admission-control': ['name', 'level'],
}

/** Events that something here tells of: rules about the others never apply yet. */
export const toldEvents: ReadonlySet<ResponseEvent> = new Set(['event', 'security-event'])

/**
 * `name`: one of the event's names, `*` and `?` in it, case does not matter. `level`: the event's is that or graver. `process`: name or
 * path of the program.
 */
export interface ResponseCondition {
  type: string
  value: string
}

/** What is done when something happens. All of its conditions have to hold; every rule that applies acts. */
export interface ResponseRuleDefinition {
  /** Unique: `ResponseRule/isolate`, `nv.api.clinic/response/0`. */
  id: string
  event: ResponseEvent
  /** Groups, of which the workload that it is about is in one; empty: all. */
  groups: readonly string[]
  conditions: readonly ResponseCondition[]
  actions: readonly ResponseAction[]
  /** Names of webhooks; empty: whoever is told of notices. */
  webhooks: readonly string[]
  isDisabled: boolean
  comment?: string
  /** Where it is written: `file.yaml:12`. */
  source?: string
}
