import { writeFileSync } from 'node:fs'
import { ExitCode, PaviseError } from '../lib/errors.ts'

class OutputError extends PaviseError<'OUTPUT_UNUSABLE' | 'OUTPUT_MISSING'> {}

/** Writes a file that nobody but its owner reads, and overwrites none. @throws OutputError */
export function writeOutput(path: string, content: Buffer): void {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new OutputError('OUTPUT_UNUSABLE', `${path}: ${(error as Error).message}`, {
      cause: error,
      nextStep: 'Name another file with --output.',
      exitCode: ExitCode.usage,
    })
  }
}

/** @throws OutputError where a document that is no text was to go to standard output */
export function requireOutput(format: string, path: string | undefined): void {
  if ((format !== 'docx' && format !== 'pdf') || path !== undefined) return
  throw new OutputError('OUTPUT_MISSING', `A file of the format ${format} is no text for a terminal.`, {
    nextStep: 'Name a file with --output.',
    exitCode: ExitCode.usage,
  })
}
