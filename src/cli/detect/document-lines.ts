import { type AttackContext, attackContexts } from '../../attacks/attack.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'

/** A line of a file of documents. */
export interface DocumentLine {
  text: string
  /** Where the text stands in a request, or in front of a database. */
  context: AttackContext
}

/** @throws PaviseError where the line is no document; it names the line. */
export function documentOf(line: string, file: string, number: number): DocumentLine {
  const problem = `${file}, line ${number}: not a JSON object with a string in "text"`
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new PaviseError('not-documents', problem, { exitCode: ExitCode.usage })
  }
  const { text, context } = (value ?? {}) as { text?: unknown; context?: unknown }
  if (typeof text !== 'string') throw new PaviseError('not-documents', problem, { exitCode: ExitCode.usage })
  return { text, context: attackContexts.find((known) => known === context) ?? 'body' }
}
