import type { Static } from 'typebox'
import type { caseItem } from '../../api/contract/case-schemas.ts'
import { apiLimits } from '../../api/contract/limits.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { shortAge } from '../../lib/quantity.ts'
import { caseTimes, type CaseTime } from '../../model/case-words.ts'
import { LocalApi } from '../local-api.ts'
import { byOf, print, type RunningFlags } from '../running.ts'
import { type Style, styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

export interface ChangeFlags extends RunningFlags, Partial<Record<CaseTime, string>> {
  title?: string
  state?: string
  kind?: string[]
  role?: string
  regime?: string[]
  workload?: string[]
  address?: string[]
  credential?: string[]
  everything?: boolean
  exception?: string
  description?: string
  consequences?: string
  measures?: string
  contact?: string
  contextAdjustment?: number
  ease?: string
  malicious?: boolean
  reason?: string
}

type Case = Static<typeof caseItem>
type Clock = Case['clocks'][number]
type Scope = NonNullable<Case['scope']>
type Controls = NonNullable<Scope['controls']>

/** Of whom a breach came to, for people. */
const endsShown = 15

const path = '/api/v1/cases'

/** @throws LocalApiError, as all here do */
export async function openCase(title: string, flags: ChangeFlags & { event?: string }): Promise<void> {
  const { event } = flags
  const body = { title, ...(event !== undefined && { event }), ...inputOf(flags), ...byOf(flags) }
  await printCase(await new LocalApi(flags.stateDir).send<Case>('POST', path, body), flags)
}

export async function changeCase(id: string, flags: ChangeFlags): Promise<void> {
  const { title, state, exception } = flags
  const body = {
    ...(title && { title }),
    ...(state && { state }),
    ...(exception && { exception: exception === 'none' ? null : exception }),
    ...inputOf(flags),
    ...byOf(flags),
  }
  await printCase(await new LocalApi(flags.stateDir).send<Case>('PATCH', pathOf(id), body), flags)
}

export interface SentFlags extends RunningFlags {
  at?: string
  reason?: string
}

export async function sayWasSent(id: string, duty: string, flags: SentFlags): Promise<void> {
  const sent = { duty, ...(flags.at !== undefined && { at: flags.at }) }
  const body = { sent, ...byOf(flags) }
  await printCase(await new LocalApi(flags.stateDir).send<Case>('PATCH', pathOf(id), body), flags)
}

export async function rescopeCase(id: string, flags: ChangeFlags): Promise<void> {
  await printCase(
    await new LocalApi(flags.stateDir).send<Case>('POST', `${pathOf(id)}/scope`, byOf(flags)),
    flags,
  )
}

export async function showCase(id: string, flags: RunningFlags): Promise<void> {
  await printCase(await new LocalApi(flags.stateDir).get<Case>(pathOf(id)), flags)
}

export async function listCases({ stateDir, json }: RunningFlags): Promise<void> {
  const { items } = await new LocalApi(stateDir).get<{ items: Case[] }>(
    `${path}?limit=${apiLimits.pageItems.most}`,
  )
  if (json) return print(items.map((item) => toJsonText(item)))
  if (items.length === 0) return print(['There is no case. Open one: pavise case open "What happened"'])
  const style = styleFor(process.stdout.isTTY, process.env)
  const columns = ['CASE', 'STATE', 'SEVERITY', 'NEXT', 'TITLE'].map((title) => ({ title, least: 6 }))
  const rows = items.map(({ id, state, severity, clocks, title }) =>
    [id, state, severity.level, nextText(clocks), printable(title)].map((text) => ({ text })),
  )
  await print(
    layoutTable(columns, rows, process.stdout.columns ?? 160).map((line, i) =>
      i === 0 ? style.bold(line) : line,
    ),
  )
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`
}

function inputOf(flags: ChangeFlags): object {
  const { kind, role, regime, workload, description, consequences, measures, contact } = flags
  const { address, credential, everything, contextAdjustment, ease, malicious } = flags
  const times = Object.fromEntries(
    caseTimes.flatMap((time) => (flags[time] === undefined ? [] : [[time, flags[time]]])),
  )
  const severity = {
    ...(contextAdjustment !== undefined && { contextAdjustment }),
    ...(ease !== undefined && { ease: Number(ease) }),
    ...(malicious !== undefined && { malicious }),
  }
  return {
    ...(everything && { workloads: [], addresses: [], credentials: [] }),
    ...(kind && { kinds: kind }),
    ...(role && { role }),
    ...(regime && { regimes: regime }),
    ...(workload && { workloads: workload }),
    ...(address && { addresses: address }),
    ...(credential && { credentials: credential }),
    ...(description !== undefined && { description }),
    ...(consequences !== undefined && { consequences }),
    ...(measures !== undefined && { measures }),
    ...(contact !== undefined && { contact }),
    ...(Object.keys(times).length > 0 && { times }),
    ...(Object.keys(severity).length > 0 && { severity }),
  }
}

async function printCase(breach: Case, { json }: RunningFlags): Promise<void> {
  const style = styleFor(process.stdout.isTTY, process.env)
  await print(json ? [toJsonText(breach)] : caseLines(breach, style))
}

function caseLines(breach: Case, style: Style): string[] {
  const { id, title, state, severity, clocks, scope, history } = breach
  const { score, level, context, ease, circumstances } = severity
  const last = history.at(-1)
  return [
    style.bold(printable(`${id}  ${title}  (${state})`)),
    '',
    ...clocks.map((clock) => clockLine(clock, style)),
    ...(breach.sent ?? []).map(({ duty, at, by, missing }) =>
      printable(
        `  sent ${duty}: ${at}, says ${by}${missing.length === 0 ? '' : `; missing then: ${missing.join(', ')}`}`,
      ),
    ),
    '',
    `Severity ${score}, ${level}: ${severity.dutyText}`,
    `  context ${context.value}: ${context.why}`,
    `  ease of identification ${ease.value}: ${ease.why}`,
    `  circumstances ${circumstances.value}: ${circumstances.why}`,
    ...severity.flags.map((flag) => `  besides: ${flag}`),
    '',
    scope === null
      ? 'Scope not computed.'
      : `Scope: about ${scope.persons} persons, ${scope.values} values${scope.isCut ? ', at least' : ''}`,
    ...(scope?.recipients ?? []).map(recipientLine),
    ...(scope?.controls ?? []).map(controlLine),
    ...(scope === null ? [] : reachLines(scope)),
    ...(scope?.gaps ?? []).map(({ reason, count }) => printable(`  not seen: ${reason}, ${count} times`)),
    ...(last === undefined ? [] : ['', printable(`Last: ${last.what} by ${last.by}, ${last.at}`)]),
  ]
}

function recipientLine({
  name,
  isExternal,
  country,
  isEncrypted,
  persons,
}: Scope['recipients'][number]): string {
  const where = isExternal ? ` (outside${country ? `, ${country}` : ''})` : ''
  return printable(
    `  to ${name}${where}, ${isEncrypted ? 'encrypted' : 'in the clear'}: about ${persons} persons`,
  )
}

function controlLine({ control, state, subject, count, since, until }: Controls[number]): string {
  const from = since === undefined ? '' : `, from ${since}`
  const to = until === undefined ? '' : `, until ${until}`
  return printable(`  ${control} ${state}: ${subject}${count === 0 ? '' : `, ${count} times`}${from}${to}`)
}

/** The nearest of whom it came to; of whom it could have, how many. */
function reachLines({ reach, workloads, addresses = [], credentials = [] }: Scope): string[] {
  if (reach === undefined) return []
  const { ends, seenFrom, isCut } = reach
  const isAnything = workloads.length + addresses.length + credentials.length > 0
  const came = ends.filter(({ how }) => how === 'reached' || (how === 'suspect' && isAnything))
  const shown = came.slice(0, endsShown)
  const could = ends.filter(({ how }) => how === 'reachable').length
  return [
    ...(isAnything ? [] : ['  suspicious: nothing in particular; all that is watched']),
    ...shown.map(({ name, how, hops, via, since }) =>
      printable(
        how === 'suspect'
          ? `  suspicious: ${name}`
          : `  reached: ${name}, step ${hops} from ${via}, ${since}`,
      ),
    ),
    ...(came.length > shown.length ? [`  and ${came.length - shown.length} more; --json has all`] : []),
    `  not kept from it by policy: ${could} more${isCut ? ', at least' : ''}`,
    ...(seenFrom === null ? [] : [`  connections from before ${seenFrom} are not kept`]),
  ]
}

function clockLine(clock: Clock, style: Style): string {
  const text = `${clock.law}  ${clock.what}: ${clockState(clock)}  [${clock.id}]`
  return clock.doneAt === null && clock.due !== null && Date.parse(clock.due) < Date.now()
    ? style.alarm(text)
    : text
}

function clockState({ from, due, doneAt }: Clock): string {
  if (doneAt !== null) return `done ${doneAt}`
  if (from === null) return 'not running: the time that it counts from is not set'
  if (due === null) return `since ${from}, without undue delay`
  const left = Date.parse(due) - Date.now()
  return left < 0 ? `was due ${due}` : `due ${due}, in ${shortAge(left)}`
}

/** The clock that ends next and is not done. */
function nextText(clocks: readonly Clock[]): string {
  const next = clocks.find(({ due, doneAt }) => due !== null && doneAt === null)
  return next === undefined ? '–' : `${next.law} ${next.due}`
}
