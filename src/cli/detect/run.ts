import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { documentFormat } from '../../content/document-format.ts'
import { DocumentDetector, type DocumentFinding } from '../../inspect/document-detector.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { ContentFormat } from '../../model/content-format.ts'
import { compileRecognisers } from '../../personal-data/compile.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { styleFor } from '../terminal/style.ts'
import { reportLines } from './report.ts'

export interface DetectOptions {
  json: boolean
  format?: ContentFormat
  documents?: string
  failOn: 'any' | 'none'
}

/** @throws PaviseError where a file cannot be read, or is not what it should be. */
export async function runDetect(file: string, options: DetectOptions): Promise<ExitCode> {
  const detector = new DocumentDetector(compileRecognisers())
  const output = new LineOutput(process.stdout)
  const found =
    options.documents === undefined
      ? detectOne(detector, await readInput(file), options, output)
      : detectMany(detector, options.documents, options, output)
  await output.end()
  return found > 0 && options.failOn === 'any' ? ExitCode.findings : ExitCode.clean
}

function detectOne(
  detector: DocumentDetector,
  bytes: Buffer,
  { format, json }: DetectOptions,
  output: LineOutput,
): number {
  const read = format ?? documentFormat(bytes)
  const findings = detector.detect(bytes, read)
  if (json) for (const finding of findings) output.line(toJsonText({ type: 'personal-data', ...finding }))
  else {
    const style = styleFor(process.stdout.isTTY, process.env)
    for (const line of reportLines(bytes, read, findings, style)) output.line(line)
  }
  return findings.length
}

/** Every document's findings carry its line's number, from 0. */
function detectMany(
  detector: DocumentDetector,
  file: string,
  { json }: DetectOptions,
  output: LineOutput,
): number {
  const lines = readText(file).split('\n')
  if (lines.at(-1) === '') lines.pop()
  let count = 0
  for (const [document, line] of lines.entries()) {
    const bytes = Buffer.from(documentText(line, file, document + 1))
    const findings = detector.detect(bytes, documentFormat(bytes))
    count += findings.length
    for (const finding of findings)
      output.line(
        json ? toJsonText({ type: 'personal-data', document, ...finding }) : manyLine(document, finding),
      )
  }
  return count
}

function manyLine(document: number, { identifier, masked, start, end, field }: DocumentFinding): string {
  return `${document}: ${identifier} ${masked} at ${start}-${end}${field === '' ? '' : ` in ${field}`}`
}

function documentText(line: string, file: string, number: number): string {
  const problem = `${file}, line ${number}: not a JSON object with a string in "text"`
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new PaviseError('not-documents', problem, { exitCode: ExitCode.usage })
  }
  const text = (value as { text?: unknown } | null)?.text
  if (typeof text !== 'string') throw new PaviseError('not-documents', problem, { exitCode: ExitCode.usage })
  return text
}

async function readInput(file: string): Promise<Buffer> {
  if (file === '-') return buffer(process.stdin)
  return Buffer.from(readFileBytes(file))
}

function readText(file: string): string {
  return readFileBytes(file).toString('utf8')
}

function readFileBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    const { message } = cause as Error
    throw new PaviseError('unreadable', `${file} cannot be read: ${message}`, {
      cause,
      exitCode: ExitCode.usage,
      nextStep: 'Look whether the path is right and may be read.',
    })
  }
}
