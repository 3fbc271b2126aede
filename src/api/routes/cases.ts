import type { CaseActor, Cases } from '../../controller/cases/cases.ts'
import { caseTimes } from '../../model/case-words.ts'
import type { BreachCase } from '../../privacy/case.ts'
import { clocksOf } from '../../privacy/clocks.ts'
import { draftMarkdown, draftOf } from '../../privacy/drafts.ts'
import { severityOf } from '../../privacy/severity.ts'
import type {
  CaseParameter,
  ChangeCaseBody,
  DraftParameter,
  OpenCaseBody,
} from '../contract/case-operations.ts'
import { operations } from '../contract/operations.ts'
import { badParameter } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { authorOf } from './author.ts'

/** Breach cases. */
export function caseRoutes(cases: Cases): Route[] {
  return [
    { operation: operations.cases, answer: async () => ({ items: (await cases.list()).map(shown) }) },
    {
      operation: operations.case,
      answer: async ({ params }) => shown(await cases.get((params as CaseParameter).id)),
    },
    {
      operation: operations.openCase,
      answer: async (call) => {
        const { reason: _reason, onBehalfOf: _onBehalfOf, ...input } = call.body as OpenCaseBody
        checkTimes(input.times)
        const opened = await cases.open(input as Parameters<Cases['open']>[0], actorOf(call))
        call.audited.target = opened.id
        return shown(opened)
      },
    },
    {
      operation: operations.changeCase,
      answer: async (call) => {
        const { reason: _reason, onBehalfOf: _onBehalfOf, ...input } = call.body as ChangeCaseBody
        checkTimes(input.times)
        return shown(await cases.change(idOf(call), input as Parameters<Cases['change']>[1], actorOf(call)))
      },
    },
    {
      operation: operations.rescopeCase,
      answer: async (call) => shown(await cases.rescope(idOf(call), actorOf(call))),
    },
    {
      operation: operations.caseDraft,
      answer: async ({ params }) => {
        const { id, kind } = params as DraftParameter
        const draft = draftOf(await cases.get(id), kind)
        return { type: 'draft', ...draft, markdown: draftMarkdown(draft) }
      },
    },
  ]
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

/** A form of a time may be right that no calendar has: the 31st of February. */
function checkTimes(times: Partial<Record<string, string>> | undefined): void {
  for (const time of caseTimes) {
    const at = times?.[time]
    if (at !== undefined && Number.isNaN(Date.parse(at)))
      throw badParameter(`times.${time}`, 'is no time that a calendar has')
  }
}

function shown(breach: BreachCase) {
  return { type: 'case', ...breach, clocks: clocksOf(breach).map(shownClock), severity: severityOf(breach) }
}

function shownClock({ from, due, latest, doneAt, ...clock }: ReturnType<typeof clocksOf>[number]) {
  return { ...clock, from: time(from), due: time(due), latest: time(latest), doneAt: time(doneAt) }
}

function time(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString()
}
