import type { Microseconds } from '../lib/time.ts'
import { matchesWildcard } from '../lib/wildcard.ts'
import type { AttackException } from '../model/attack-exception.ts'
import type { AttackContext, AttackRule } from './attack.ts'

/** What was found, and where. */
export interface FoundRule {
  rule: Pick<AttackRule, 'id'>
  /** Undefined of what the whole request is guilty of. */
  context: AttackContext | undefined
  field: string
  /** Of the request, as it was sent. */
  path: string
  /** Whether either end of the connection is a member of one of these groups. */
  isOf: (groups: readonly string[]) => boolean
  now: Microseconds
}

const DAY_MS = 86_400_000

/** The exceptions that hold, asked about each rule that is found. */
export class AttackExceptions {
  #all: readonly (AttackException & { endsUs: Microseconds })[] = []

  replace(exceptions: readonly AttackException[]): void {
    this.#all = exceptions.map((exception) => ({
      ...exception,
      endsUs: endOf(exception) * 1000,
    }))
  }

  /** Whether one of them covers it. */
  cover({ rule, context, field, path, isOf, now }: FoundRule): boolean {
    return this.#all.some(
      (exception) =>
        now < exception.endsUs &&
        exception.rules.some((pattern) => matchesWildcard(pattern, rule.id)) &&
        (exception.place === undefined || exception.place === context) &&
        (exception.parameter === undefined || exception.parameter.toLowerCase() === field.toLowerCase()) &&
        (exception.path === undefined || matchesWildcard(exception.path, path)) &&
        (exception.groups === undefined || isOf(exception.groups)),
    )
  }
}

/** Whether its last day is over. @param now - milliseconds since 1970 */
export function hasEnded(exception: AttackException, now: number): boolean {
  return now >= endOf(exception)
}

function endOf({ until }: AttackException): number {
  return Date.parse(`${until}T00:00:00Z`) + DAY_MS
}
