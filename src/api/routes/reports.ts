import type { Controller } from '../../controller/controller.ts'
import { gatherFacts } from '../../controller/reports/gather-facts.ts'
import { verifierLine } from '../../evidence/signed-note.ts'
import type { FrameworkId, ReportFormat } from '../../model/framework-ids.ts'
import { assess, type Assessment } from '../../report/assessment/assess.ts'
import { objectives } from '../../report/assessment/objectives.ts'
import { docx } from '../../report/docx.ts'
import { fileTypes } from '../../report/file-type.ts'
import { frameworkDocument } from '../../report/framework-blocks.ts'
import { frameworkCsv } from '../../report/framework-csv.ts'
import { frameworkHtml } from '../../report/framework-html.ts'
import { frameworkJson, frameworkRecord } from '../../report/framework-json.ts'
import { frameworkOscal } from '../../report/framework-oscal.ts'
import { frameworkPdf } from '../../report/framework-pdf.ts'
import type { ReportOrigin } from '../../report/framework-texts.ts'
import type { Framework } from '../../report/frameworks/framework.ts'
import { frameworks } from '../../report/frameworks/index.ts'
import { operations } from '../contract/operations.ts'
import type { FrameworkParameter, ReportFileQuery, ReportQuery } from '../contract/report-operations.ts'
import { heldRoute } from '../listed-route.ts'
import { badParameter } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { window } from './listings.ts'

const usualPeriodMs = 30 * 24 * 3_600_000
/** A period that ends so close to now is one up to now: what is known of the present only counts. */
const presentMs = 5 * 60_000

/** Reports. Each that is handed out is on record as evidence, before it is given. */
export function reportRoutes(controller: Controller): Route[] {
  return [
    heldRoute(operations.reports, () => Object.values(frameworks).map(frameworkItem)),
    {
      operation: operations.report,
      answer: async (call) => {
        const { assessment, origin } = await make(controller, call, 'json')
        return frameworkRecord(assessment, origin)
      },
    },
    { operation: operations.reportFile, answer: (call) => giveFile(controller, call) },
  ]
}

function frameworkItem({ id, title, version, controls }: Framework) {
  const withQuery = controls.filter((control) =>
    control.objectives.some((objective) => 'query' in objectives[objective]),
  )
  return { id, title, version, controls: controls.length, withQuery: withQuery.length }
}

interface Made {
  assessment: Assessment
  origin: ReportOrigin
}

async function make(controller: Controller, call: Call, format: ReportFormat): Promise<Made> {
  const { framework: id } = call.params as FrameworkParameter
  const made = Date.now()
  const { since, until } = periodOf(call.query as ReportQuery, made)
  const { ledger } = controller
  const facts = await gatherFacts(controller, { since, until }, made)
  const body = { report: id, since: iso(since), until: iso(until), format }
  call.audited.detail = body
  await ledger.append({ kind: 'export', actor: call.identity.caller.name, at: made, body })
  const origin = { ledger: ledger.origin, size: ledger.size, key: verifierLine(ledger.signer) }
  return { assessment: assess(frameworks[id], facts, made), origin }
}

function periodOf(query: ReportQuery, now: number): { since: number; until: number } {
  const { since: asked, until: end = now } = window(query)
  // Who asks for a time up to now has read the clock a moment ago.
  const until = Math.abs(now - end) < presentMs ? now : end
  const since = asked ?? until - usualPeriodMs
  if (since >= until) throw badParameter('since', 'is not before until')
  if (since >= now) throw badParameter('since', 'is in the future')
  return { since, until }
}

async function giveFile(controller: Controller, call: Call): Promise<string | Buffer> {
  const { format } = call.query as ReportFileQuery
  const { assessment, origin } = await make(controller, call, format)
  const { type, ending } = fileTypes[format]
  const name = fileName(assessment.framework.id as FrameworkId, assessment.made, ending)
  void call.reply.type(type).header('content-disposition', `attachment; filename="${name}"`)
  return contentOf[format](assessment, origin)
}

type Writer = (assessment: Assessment, origin: ReportOrigin) => string | Promise<Buffer>

const contentOf: Readonly<Record<ReportFormat, Writer>> = {
  html: frameworkHtml,
  pdf: frameworkPdf,
  docx: (assessment, origin) => docx(frameworkDocument(assessment, origin)),
  csv: frameworkCsv,
  json: frameworkJson,
  oscal: (assessment, origin) => JSON.stringify(frameworkOscal(assessment, origin), null, 2),
}

function fileName(framework: FrameworkId, made: number, ending: string): string {
  return `${framework}-${iso(made).slice(0, 10)}.${ending}`
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
