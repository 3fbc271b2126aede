import { matchesWildcard } from '../../lib/wildcard.ts'
import { type EventLevel, eventLevels, type ResponseEvent } from '../../model/response-words.ts'
import type { ResponseCondition, ResponseRuleDefinition } from './definition.ts'
import type { SecurityEvent } from './security-event.ts'

/** Which rules apply to what happens. */
export class ResponseRules {
  readonly #byEvent: ReadonlyMap<ResponseEvent, readonly ResponseRuleDefinition[]>

  constructor(rules: readonly ResponseRuleDefinition[]) {
    this.#byEvent = Map.groupBy(
      rules.filter(({ isDisabled }) => !isDisabled),
      ({ event }) => event,
    )
  }

  /** @param groups of the workload that it is about; asked only where a rule wants to know */
  matching(event: SecurityEvent, groups: () => readonly string[]): ResponseRuleDefinition[] {
    const candidates = this.#byEvent.get(event.event) ?? []
    return candidates.filter(
      (rule) =>
        rule.conditions.every((condition) => holds(condition, event)) &&
        (rule.groups.length === 0 || groups().some((group) => rule.groups.includes(group))),
    )
  }
}

function holds({ type, value }: ResponseCondition, { names, level, program }: SecurityEvent): boolean {
  if (type === 'name') return names.some((name) => isLike(value, name))
  if (type === 'level') return isAtLeast(level, value)
  if (type === 'process')
    return program !== undefined && (isLike(value, program.name) || isLike(value, program.path))
  return false // The rest is of events that nothing here tells of.
}

function isLike(pattern: string, text: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), text.toLowerCase())
}

function isAtLeast(level: EventLevel, wanted: string): boolean {
  return eventLevels.indexOf(level) <= levelIndex(wanted)
}

/** Place of a level in `eventLevels`; -1 where it is none. */
export function levelIndex(text: string): number {
  return eventLevels.findIndex((level) => level.toLowerCase() === text.toLowerCase())
}
