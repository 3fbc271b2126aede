import type { Case, TimelineItem } from '../../../../src/api/contract/types.ts'
import { fullNumber } from '../../text.ts'
import { queryText } from '../../url-state.ts'

/** What the screens of cases say, and where they lead; without React. */

export type Clock = Case['clocks'][number]

/** The clock that ends next and is not done; none of a closed case. */
export function nextClock({ state, clocks }: Case): Clock | undefined {
  return state === 'closed' ? undefined : clocks.find(({ due, doneAt }) => due !== null && doneAt === null)
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** `2 d 3 h`, `3 h 20 min`, `20 min`: as long as two units tell it. */
export function spanText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)]
  if (days > 0) return `${days} d ${hours} h`
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`
}

export interface ClockState {
  /** Said in words and by a mark; colour says it once more. */
  concern: 'overdue' | 'soon' | 'running' | 'done' | 'late' | 'waiting' | 'open'
  mark: string
  text: string
}

/** How a clock stands. @param now in ms since 1970 */
export function clockState({ from, due, doneAt }: Clock, now: number): ClockState {
  const dueMs = due === null ? null : Date.parse(due)
  if (doneAt !== null) {
    const lateMs = dueMs === null ? 0 : Date.parse(doneAt) - dueMs
    return lateMs > 0
      ? { concern: 'late', mark: '▲', text: `done, ${spanText(lateMs)} late` }
      : { concern: 'done', mark: '✓', text: 'done in time' }
  }
  if (from === null) return { concern: 'waiting', mark: '○', text: 'not running: its beginning is not set' }
  if (dueMs === null) return { concern: 'open', mark: '●', text: 'running: without undue delay' }
  const left = dueMs - now
  if (left < 0) return { concern: 'overdue', mark: '▲', text: `overdue by ${spanText(left)}` }
  const concern = left < dayMs ? 'soon' : 'running'
  return { concern, mark: '●', text: `${spanText(left)} left` }
}

/** About how many persons; where values were seen and nobody was counted, that is said. */
export function personsText({ persons, values, isCut }: NonNullable<Case['scope']>): string {
  if (persons === 0) return values === 0 ? 'none' : 'not counted'
  return `${isCut ? 'at least' : 'about'} ${fullNumber(persons)}`
}

/** Times of a case, in the order in which they come. */
export const timeNames = {
  began: { name: 'Began', hint: 'when the breach began' },
  ended: { name: 'Ended', hint: 'when it ended' },
  detected: { name: 'Detected', hint: 'when it was noticed' },
  aware: { name: 'Aware', hint: 'when the organisation was reasonably certain: the 72 hours run from here' },
  classified: { name: 'Classified', hint: 'when it was classified as major (DORA)' },
  notified: { name: 'Notified', hint: 'when the authority was told' },
} as const
export type TimeName = keyof typeof timeNames

export const draftNames = {
  authority: 'To the authority (Art. 33(3))',
  subjects: 'To the persons (Art. 34(2))',
  controller: 'To the controller (Art. 33(2))',
  record: 'For the register (Art. 33(5))',
} as const

export const languageNames = { en: 'English', de: 'Deutsch', fr: 'Français' } as const

/** Files that a draft is given as; one that has a kind is for that alone. */
export const draftFiles: readonly { format: string; name: string; kind?: keyof typeof draftNames }[] = [
  { format: 'docx', name: 'Word (DOCX)' },
  { format: 'pdf', name: 'To be kept (PDF/A)' },
  { format: 'html', name: 'Page to print (HTML)' },
  { format: 'markdown', name: 'Markdown' },
  { format: 'form', name: 'Fields of the form (JSON)', kind: 'authority' },
]

/** Where the record behind a line of the timeline is shown. */
export function recordLink({ kind, at, workload, record, entry }: TimelineItem): string | null {
  if (entry !== null) return `/evidence${queryText({ entry: `${entry}` })}`
  const listing = listings[kind]
  if (record === null || listing === undefined) return null
  const until = new Date(Date.parse(at) + 1).toISOString()
  const query = { kind: listing, workload: workload ?? '', since: at, until, selected: record }
  return `/events${queryText(query)}`
}

/** Kinds of events, by the kind of a line. */
const listings: Readonly<Partial<Record<TimelineItem['kind'], string>>> = {
  finding: 'findings',
  violation: 'violations',
  threat: 'threats',
  attack: 'attacks',
  process: 'processes',
  file: 'files',
  gap: 'coverage',
}

/** What a case that is opened from something that was seen begins with. */
export function openCaseLink(seed: { title: string; workload: string; detected: string }): string {
  return `/incidents${queryText({ open: 'yes', ...seed })}`
}

type Reach = NonNullable<NonNullable<Case['scope']>['reach']>

/** Names of the ends of a breach, by their ids. */
export function endNames({ ends }: Reach): (id: string) => string {
  const names = new Map(ends.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}

const howNames = { suspect: '◆ suspicious', reached: '▲ reached', reachable: '○ could be reached' }

/** How somebody was come to, and by what: where nothing came it is said what would have let it. */
export function stepText({ how, why, by }: Reach['ends'][number]): string {
  if (why === null) return howNames[how]
  return `${howNames[how]}: ${why === 'mode' ? `mode ${by} stops nothing` : `rule ${by} allows it`}`
}
