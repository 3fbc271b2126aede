import type { CaseTime, DutyId } from '../model/case-words.ts'
import { type BreachCase, sentFor, timeOf } from './case.ts'
import { severityOf } from './severity.ts'

const hour = 3_600_000
const day = 24 * hour

/** A duty with a time to do it in. Times in ms since 1970. */
export interface Clock {
  id: DutyId
  /** Article that asks for it. */
  law: string
  what: string
  /** From when it counts; undefined where that time is not known yet. */
  from: number | undefined
  /** By when; undefined where the law names no number, or the time before it is not known. */
  due: number | undefined
  /**
   * The latest that Regulation 1182/71 gives for it: the hour of the event does not count, and a period of two days or more has at
   * least two working days. Holidays are not known here. Later than `due`: who goes by `due` is on the safe side.
   */
  latest: number | undefined
  /** When it was done; undefined where that is not known. */
  doneAt: number | undefined
}

interface Duty {
  id: DutyId
  law: string
  what: string
  regime: BreachCase['regimes'][number]
  role: BreachCase['role']
  after: CaseTime
  /** It counts from when this was sent, the first or the last time, where that was said; else from the time. */
  afterSent?: readonly [duty: DutyId, which: 'first' | 'last']
  /** The time that says that it was done, where nothing was said to be sent. */
  doneBy?: CaseTime
  /** It is asked for only where persons have to be told. */
  isOfHighRisk?: true
  hours?: number
  /** Calendar months after it, and not hours. */
  months?: number
}

/** GDPR Art. 33; NIS2 (Directive 2022/2555) Art. 23(4); DORA: Regulation 2022/2554 Art. 19 with Delegated Regulation 2025/301 Art. 5. */
const duties: readonly Duty[] = [
  {
    ...{
      id: 'gdpr-authority',
      law: 'GDPR Art. 33(1)',
      regime: 'gdpr',
      role: 'controller',
      after: 'aware',
      hours: 72,
    },
    what: 'notify the supervisory authority',
    doneBy: 'notified',
  },
  {
    ...{ id: 'gdpr-subjects', law: 'GDPR Art. 34(1)', regime: 'gdpr', role: 'controller', after: 'aware' },
    what: 'tell the persons, without undue delay',
    isOfHighRisk: true,
  },
  {
    ...{ id: 'gdpr-controller', law: 'GDPR Art. 33(2)', regime: 'gdpr', role: 'processor', after: 'aware' },
    what: 'tell the controller, without undue delay',
  },
  {
    ...{
      id: 'nis2-warning',
      law: 'NIS2 Art. 23(4)(a)',
      regime: 'nis2',
      role: 'controller',
      after: 'aware',
      hours: 24,
    },
    what: 'early warning to the CSIRT or authority',
  },
  {
    ...{
      id: 'nis2-notification',
      law: 'NIS2 Art. 23(4)(b)',
      regime: 'nis2',
      role: 'controller',
      after: 'aware',
      hours: 72,
    },
    what: 'incident notification',
    doneBy: 'notified',
  },
  {
    ...{
      id: 'nis2-final',
      law: 'NIS2 Art. 23(4)(d)',
      regime: 'nis2',
      role: 'controller',
      after: 'notified',
      months: 1,
    },
    what: 'final report, after the notification',
    afterSent: ['nis2-notification', 'first'],
  },
  {
    ...{
      id: 'dora-initial',
      law: 'DORA Art. 19(4)(a)',
      regime: 'dora',
      role: 'controller',
      after: 'classified',
      hours: 4,
    },
    what: 'initial notification, after it was classified as major',
    doneBy: 'notified',
  },
  {
    ...{
      id: 'dora-initial-latest',
      law: 'DORA Art. 19(4)(a)',
      regime: 'dora',
      role: 'controller',
      after: 'aware',
      hours: 24,
    },
    what: 'initial notification at the latest, after awareness',
    doneBy: 'notified',
  },
  {
    ...{
      id: 'dora-intermediate',
      law: 'DORA Art. 19(4)(b)',
      regime: 'dora',
      role: 'controller',
      after: 'notified',
      hours: 72,
    },
    what: 'intermediate report, after the initial notification',
    afterSent: ['dora-initial', 'first'],
  },
  {
    ...{
      id: 'dora-final',
      law: 'DORA Art. 19(4)(c)',
      regime: 'dora',
      role: 'controller',
      after: 'notified',
      months: 1,
    },
    what: 'final report, after the last intermediate one',
    afterSent: ['dora-intermediate', 'last'],
  },
]

/** The clocks of a case, in the order in which they end; those without an end last. Nothing pauses them. */
export function clocksOf(breach: BreachCase): Clock[] {
  const isHighRisk = severityOf(breach).duty === 'notify-and-tell'
  const asked = duties.filter(
    ({ regime, role, isOfHighRisk }) =>
      breach.regimes.includes(regime) &&
      (regime !== 'gdpr' || role === breach.role) &&
      (isOfHighRisk === undefined || isHighRisk),
  )
  const clocks = asked.map((duty) => clockOf(duty, breach))
  return clocks.toSorted((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity))
}

/**
 * Of the clocks of a case, which stand in the order in which they end, the first that is not done. A closed case has none.
 *
 * @param clocks as they are computed, or as they are shown: what is not known is undefined or null
 */
export function nextClock<Shown extends { due?: unknown; doneAt?: unknown }>(
  { state }: Pick<BreachCase, 'state'>,
  clocks: readonly Shown[],
): Shown | undefined {
  if (state === 'closed') return undefined
  return clocks.find(({ due, doneAt }) => isKnown(due) && !isKnown(doneAt))
}

function isKnown(value: unknown): boolean {
  return value !== undefined && value !== null
}

function clockOf(duty: Duty, breach: BreachCase): Clock {
  const { id, law, what, hours, months } = duty
  const from = beginOf(duty, breach)
  const doneAt = doneAtOf(duty, breach)
  const clock = { id, law, what, from, doneAt, due: undefined, latest: undefined }
  if (from === undefined) return clock
  if (months !== undefined) {
    const due = addMonths(from, months)
    return { ...clock, due, latest: due }
  }
  if (hours === undefined) return clock
  return { ...clock, due: from + hours * hour, latest: latestOf(from, hours) }
}

function beginOf({ after, afterSent, regime }: Duty, breach: BreachCase): number | undefined {
  if (afterSent !== undefined) {
    const [duty, which] = afterSent
    const sent = sentFor(breach, duty).at(which === 'first' ? 0 : -1)
    if (sent !== undefined) return Date.parse(sent.at)
  }
  return after === 'notified' ? notifiedOf(regime, breach) : timeOf(breach, after)
}

/** The first phase counts: the others follow it. The latest of DORA's initial notification is that of its other clock. */
function doneAtOf({ id, doneBy, regime }: Duty, breach: BreachCase): number | undefined {
  const [sent] = sentFor(breach, id === 'dora-initial-latest' ? 'dora-initial' : id)
  if (sent !== undefined) return Date.parse(sent.at)
  return doneBy === undefined ? undefined : notifiedOf(regime, breach)
}

/** Where an organisation has several authorities, the time says that of data protection was notified, and nothing of the others. */
function notifiedOf(regime: Duty['regime'], breach: BreachCase): number | undefined {
  return regime === 'gdpr' || !breach.regimes.includes('gdpr') ? timeOf(breach, 'notified') : undefined
}

/** Article 3(1) and (5) of Regulation 1182/71, in UTC and without holidays. */
function latestOf(from: number, hours: number): number {
  const end = Math.ceil(from / hour) * hour + hours * hour
  if (hours < 48) return end
  let latest = end
  while (workingDays(from, latest) < 2) latest += day
  return latest
}

/** Whole days from Monday to Friday between two times. */
function workingDays(from: number, to: number): number {
  let count = 0
  for (let at = Math.ceil(from / day) * day; at + day <= to; at += day) {
    const weekday = new Date(at).getUTCDay()
    if (weekday !== 0 && weekday !== 6) count++
  }
  return count
}

/** The same day of a later month, or its last where it has no such day. */
function addMonths(from: number, months: number): number {
  const date = new Date(from)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const dayOfMonth = Math.min(date.getUTCDate(), lastDay)
  return Date.UTC(year, month, dayOfMonth) + (from - Math.floor(from / day) * day)
}
