import type { CaseActor, Cases } from '../../controller/cases/cases.ts'
import { formatAddress, parseAddress } from '../../lib/ip.ts'
import { caseTimes, type DraftFormat } from '../../model/case-words.ts'
import type { BreachCase } from '../../privacy/case.ts'
import { clocksOf, nextClock } from '../../privacy/clocks.ts'
import { breachRegister } from '../../privacy/documents/breach-register.ts'
import { type Draft, draftOf } from '../../privacy/drafts/draft.ts'
import { notificationForm } from '../../privacy/drafts/notification-form.ts'
import { documentWriters } from '../../report/document-writers.ts'
import { docx } from '../../report/docx.ts'
import { draftDocument } from '../../report/draft-blocks.ts'
import { draftHtml } from '../../report/draft-html.ts'
import { draftMarkdown } from '../../report/draft-markdown.ts'
import { draftJson, draftPdf } from '../../report/draft-pdf.ts'
import { type FileType, fileTypes } from '../../report/file-type.ts'
import { caseStix } from '../../report/stix.ts'
import { severityOf } from '../../privacy/severity.ts'
import type {
  CaseParameter,
  CasesQuery,
  ChangeCaseBody,
  DraftFileQuery,
  DraftParameter,
  DraftQuery,
  OpenCaseBody,
  RegisterFileQuery,
} from '../contract/case-operations.ts'
import { operations } from '../contract/operations.ts'
import type { AuditEntry } from '../../store/audit-store.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { listedRoute } from '../listed-route.ts'
import { badParameter } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { authorOf } from './author.ts'

/** Breach cases. */
export function caseRoutes(cases: Cases): Route[] {
  return [
    listedRoute(operations.cases, async (query: CasesQuery) =>
      pageOfCases((await cases.list()).map(shown), query),
    ),
    {
      operation: operations.case,
      answer: async ({ params, identity: { caller } }) => {
        const breach = await cases.get((params as CaseParameter).id)
        const { kind, accountId, name } = caller
        await cases.access.looks(breach.id, { kind, id: accountId, name })
        return shown(breach)
      },
    },
    {
      operation: operations.openCase,
      answer: async (call) => {
        const opened = await cases.open(
          inputOf(call.body as OpenCaseBody) as Parameters<Cases['open']>[0],
          actorOf(call),
        )
        call.audited.target = opened.id
        return shown(opened)
      },
    },
    {
      operation: operations.changeCase,
      answer: async (call) => {
        const input = inputOf(call.body as ChangeCaseBody) as Parameters<Cases['change']>[1]
        return shown(await cases.change(idOf(call), input, actorOf(call)))
      },
    },
    {
      operation: operations.rescopeCase,
      answer: async (call) => shown(await cases.rescope(idOf(call), actorOf(call))),
    },
    {
      operation: operations.caseTimeline,
      answer: ({ params }) => cases.timeline((params as CaseParameter).id),
    },
    {
      operation: operations.caseAccess,
      answer: async ({ params }) => {
        const { id } = await cases.get((params as CaseParameter).id)
        return { items: (await cases.access.of(id)).map(accessItem) }
      },
    },
    {
      operation: operations.caseDraft,
      answer: async ({ params, query }) => {
        const { id, kind } = params as DraftParameter
        const draft = draftOf(await cases.get(id), kind, (query as DraftQuery).language)
        return { type: 'draft', ...draft, markdown: draftMarkdown(draft) }
      },
    },
    {
      operation: operations.caseStix,
      answer: async (call) => {
        const id = idOf(call)
        return caseStix(await cases.handOver(id))
      },
    },
    { operation: operations.caseRegisterFile, answer: (call) => giveRegister(cases, call) },
    { operation: operations.caseDraftFile, answer: (call) => giveDraft(cases, call) },
  ]
}

const draftTypes: Readonly<Record<DraftFormat, FileType>> = { ...fileTypes, form: fileTypes.json }

const draftWriters: Readonly<
  Record<Exclude<DraftFormat, 'form'>, (draft: Draft) => string | Promise<Buffer>>
> = {
  markdown: draftMarkdown,
  html: draftHtml,
  pdf: (draft) => draftPdf(draft, Date.now()),
  docx: (draft) => docx(draftDocument(draft)),
  json: draftJson,
}

async function giveRegister(cases: Cases, { query, reply }: Call): Promise<string | Buffer> {
  const { format } = query as RegisterFileQuery
  const { items, isCut } = await cases.register()
  const { type, ending } = fileTypes[format]
  void reply.type(type).header('content-disposition', `attachment; filename="breach-register.${ending}"`)
  return documentWriters[format](breachRegister(items, { now: Date.now(), isCut }))
}

async function giveDraft(cases: Cases, { params, query, reply }: Call): Promise<string | Buffer> {
  const { id, kind } = params as DraftParameter
  const { language, format } = query as DraftFileQuery
  if (format === 'form' && kind !== 'authority') throw badParameter('format', 'form is for authority alone')
  const breach = await cases.get(id)
  const { type, ending } = draftTypes[format]
  const name = `${id}-${kind}-${language}.${ending}`
  void reply.type(type).header('content-disposition', `attachment; filename="${name}"`)
  if (format === 'form') return JSON.stringify(notificationForm(breach), null, 2)
  return draftWriters[format](draftOf(breach, kind, language))
}

/** What is said of a case, with addresses as records write them. */
function inputOf(body: OpenCaseBody | ChangeCaseBody): object {
  const { reason: _reason, onBehalfOf: _onBehalfOf, addresses, ...input } = body
  checkTimes(input.times)
  const { at } = 'sent' in input ? (input.sent ?? {}) : {}
  if (at !== undefined && Number.isNaN(Date.parse(at))) throw badParameter('sent.at', noTime)
  return { ...input, ...(addresses && { addresses: addresses.map(addressOf) }) }
}

function addressOf(text: string, index: number): string {
  const bytes = parseAddress(text)
  if (bytes === undefined) throw badParameter(`addresses.${index}`, 'is no IP address')
  return formatAddress(bytes)
}

function idOf(call: Call): string {
  const { id } = call.params as CaseParameter
  call.audited.target = id
  return id
}

function actorOf(call: Call): CaseActor {
  const { author, reason } = authorOf(call)
  return { by: author, reason }
}

const noTime = 'is no time that a calendar has'

/** A form of a time may be right that no calendar has: the 31st of February. */
function checkTimes(times: Partial<Record<string, string>> | undefined): void {
  for (const time of caseTimes) {
    const at = times?.[time]
    if (at !== undefined && Number.isNaN(Date.parse(at))) throw badParameter(`times.${time}`, noTime)
  }
}

function accessItem({ at, actor, action, target, outcome, reason, sequence }: AuditEntry) {
  return { at: new Date(at).toISOString(), by: actor.name, action, target, outcome, reason, sequence }
}

type ShownCase = ReturnType<typeof shown>

function shown(breach: BreachCase) {
  const clocks = clocksOf(breach).map(shownClock)
  const { severity: severityChoices } = breach
  return { type: 'case', ...breach, clocks, severity: severityOf(breach), severityChoices }
}

/** Cases are few: they are sorted as a whole, and a page goes on behind the case that its cursor names. */
function pageOfCases(all: ShownCase[], { state, overdue, order, limit, cursor }: CasesQuery) {
  const now = Date.now()
  const asked = all.filter(
    (each) =>
      (state === undefined || each.state === state) &&
      (overdue === undefined || overdue === nextDue(each) < now),
  )
  const sorted = order === 'due' ? asked.toSorted((a, b) => dueRank(a) - dueRank(b)) : asked
  const after = decodeCursor(cursor)?.id
  const from = after === undefined ? 0 : sorted.findIndex(({ id }) => id === after) + 1
  if (after !== undefined && from === 0) throw badParameter('cursor', 'names a case that is not among these')
  const items = sorted.slice(from, from + limit)
  const last = items.at(-1)
  const isLast = last === undefined || from + limit >= sorted.length
  return { items, next: isLast ? null : encodeCursor({ at: 0, id: last.id }) }
}

/** When the clock ends that ends next; infinite where none runs. Milliseconds since 1970. */
function nextDue(breach: ShownCase): number {
  const due = nextClock(breach, breach.clocks)?.due
  return due === undefined || due === null ? Number.POSITIVE_INFINITY : Date.parse(due)
}

/** Behind those whose clock runs, those that are open, then those that are closed. */
function dueRank(breach: ShownCase): number {
  if (breach.state === 'closed') return Number.MAX_VALUE
  return Math.min(nextDue(breach), Number.MAX_SAFE_INTEGER)
}

function shownClock({ from, due, latest, doneAt, ...clock }: ReturnType<typeof clocksOf>[number]) {
  return { ...clock, from: time(from), due: time(due), latest: time(latest), doneAt: time(doneAt) }
}

function time(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString()
}
