import { buffer } from 'node:stream/consumers'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import type { FrameworkId, ReportFormat } from '../../model/framework-ids.ts'
import { LocalApi } from '../local-api.ts'
import { requireOutput, writeOutput } from '../output-file.ts'
import { print } from '../running.ts'
import { printable } from '../terminal/text.ts'
import { parsePeriod } from './period.ts'

export interface ReportFlags {
  stateDir: string
  period: string
  format: ReportFormat
  output?: string
}

class ReportError extends PaviseError<'BAD_PERIOD'> {}

/** @throws LocalApiError, ReportError, OutputError */
export async function writeReport(framework: FrameworkId, flags: ReportFlags): Promise<void> {
  const { stateDir, period, format, output } = flags
  requireOutput(format, output)
  const asked = parsePeriod(period, Date.now())
  if (asked === undefined) throw badPeriod(period)
  const query = new URLSearchParams({
    since: new Date(asked.since).toISOString(),
    until: new Date(asked.until).toISOString(),
    format,
  })
  const path = `/api/v1/reports/${framework}/file?${query.toString()}`
  const content = await buffer(await new LocalApi(stateDir).download(path))
  if (output === undefined) return print(content.toString().trimEnd().split(/\r?\n/).map(printable))
  writeOutput(output, content)
}

function badPeriod(text: string): ReportError {
  return new ReportError('BAD_PERIOD', `--period ${text} is no period.`, {
    nextStep: 'Write 30d, 2026-11, 2026-Q4, 2026, or 2026-11-01..2026-12-01.',
    exitCode: ExitCode.usage,
  })
}
