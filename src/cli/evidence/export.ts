import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { LocalApi } from '../local-api.ts'
import { LineOutput } from '../terminal/line-output.ts'

export interface ExportFlags {
  stateDir: string
  output: string
  since?: string
  until?: string
  case?: string
}

class ExportError extends PaviseError<'BAD_TIME' | 'OUTPUT_UNUSABLE'> {}

/**
 * The bundle is written whole or not at all.
 *
 * @throws ExportError, LocalApiError
 */
export async function exportEvidence({
  stateDir,
  output,
  since,
  until,
  case: id,
}: ExportFlags): Promise<void> {
  const query = new URLSearchParams(id === undefined ? {} : { case: id })
  for (const [name, time] of Object.entries({ since, until })) {
    if (time !== undefined) query.set(name, timeOf(name, time))
  }
  const bundle = await new LocalApi(stateDir).download(`/api/v1/evidence/bundle?${query.toString()}`)
  const file = createWriteStream(output, { flags: 'wx', mode: 0o600 })
  try {
    await pipeline(bundle, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(output, { force: true })
    throw new ExportError('OUTPUT_UNUSABLE', `${output}: ${(error as Error).message}`, {
      cause: error,
      nextStep: 'Name another file with --output.',
      exitCode: ExitCode.usage,
    })
  }
  const { size } = await stat(output)
  const report = new LineOutput(process.stderr)
  report.line(`${output}: ${size} bytes. Check it with: pavise evidence verify ${output}`)
  await report.end()
}

/** A day is its beginning, in UTC. */
function timeOf(name: string, text: string): string {
  const ms = Date.parse(text)
  if (!Number.isNaN(ms) && /^\d{4}-\d\d-\d\d/.test(text)) return new Date(ms).toISOString()
  throw new ExportError('BAD_TIME', `--${name} ${text} is no time.`, {
    nextStep: 'Write a day as 2026-11-01, or a time as 2026-11-01T12:00:00Z.',
    exitCode: ExitCode.usage,
  })
}
