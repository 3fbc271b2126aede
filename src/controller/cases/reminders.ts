import { clocksOf, type Clock } from '../../privacy/clocks.ts'
import type { BreachCase } from '../../privacy/case.ts'

const hour = 3_600_000

/** When a clock is spoken of: so long before it ends, and when it has. The most urgent first. */
const stages = [
  { id: 'over', beforeMs: 0, urgency: 'critical' },
  { id: '1h', beforeMs: hour, urgency: 'critical' },
  { id: '6h', beforeMs: 6 * hour, urgency: 'warning' },
  { id: '24h', beforeMs: 24 * hour, urgency: 'warning' },
] as const
type Stage = (typeof stages)[number]

export interface Reminder {
  /** The same for the same clock, end and stage: a clock that was moved is spoken of anew. */
  key: string
  breach: BreachCase
  clock: Clock
  stage: Stage
  due: number
}

/** What of open cases has to be spoken of now and was not yet: of each clock its most urgent stage. @param now ms since 1970 */
export function remindersOf(
  cases: readonly BreachCase[],
  now: number,
  isTold: (key: string) => boolean,
): Reminder[] {
  return cases
    .filter(({ state }) => state === 'open')
    .flatMap((breach) => clocksOf(breach).flatMap((clock) => reminderOf(breach, clock, now) ?? []))
    .filter(({ key }) => !isTold(key))
}

function reminderOf(breach: BreachCase, clock: Clock, now: number): Reminder | undefined {
  const { due, doneAt } = clock
  if (due === undefined || doneAt !== undefined) return undefined
  const stage = stages.find(({ beforeMs }) => now >= due - beforeMs)
  if (stage === undefined) return undefined
  return { key: `${breach.id} ${clock.id} ${due} ${stage.id}`, breach, clock, stage, due }
}
