import { type AttackContext, attackContexts } from '../../attacks/attack.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'

/** A text, and where it stands in a request or in front of a database. */
export interface TextDocument {
  text: string
  context: AttackContext
}

/** A whole request; in a body that is no text each character is a byte. */
export interface RequestDocument {
  method: string
  uri: string
  headers: [name: string, value: string][]
  body: string
}

/** @throws PaviseError where the line is no document; it names the line. */
export function documentOf(line: string, file: string, number: number): TextDocument | RequestDocument {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw notDocument(file, number)
  }
  const fields = (value ?? {}) as Record<string, unknown>
  const { text, context, uri } = fields
  if (typeof text === 'string')
    return { text, context: attackContexts.find((known) => known === context) ?? 'body' }
  if (typeof uri !== 'string') throw notDocument(file, number)
  const { method, headers, body } = fields
  return {
    method: typeof method === 'string' ? method : 'GET',
    uri,
    headers: Array.isArray(headers) ? headers.filter(isHeader) : [],
    body: typeof body === 'string' ? body : '',
  }
}

function isHeader(value: unknown): value is [string, string] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string'
}

function notDocument(file: string, number: number): PaviseError {
  return new PaviseError(
    'not-documents',
    `${file}, line ${number}: not a JSON object with a string in "text", or with a request in "uri", "method", "headers" and "body"`,
    { exitCode: ExitCode.usage },
  )
}
