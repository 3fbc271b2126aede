import { ExitCode, PaviseError } from '../lib/errors.ts'

/**
 * Says what went wrong: `code: message`, then the next step. What nobody foresaw comes with its stack, for the report.
 *
 * @returns the exit code that belongs to it.
 */
export function reportError(error: unknown, output: NodeJS.WritableStream): ExitCode {
  if (error instanceof PaviseError) {
    output.write(`${error.code}: ${error.message}\n`)
    if (error.nextStep !== undefined) output.write(`${error.nextStep}\n`)
    return error.exitCode
  }
  if (isSystemError(error)) {
    output.write(`${error.message}\n`) // Node's begins with the code: "ENOENT: no such file or directory, open …"
    return ExitCode.unreachable
  }
  output.write(`INTERNAL_ERROR: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  output.write(
    'This is a defect of Pavise. Please report it with the lines above and the output of pavise doctor.\n',
  )
  return ExitCode.incomplete
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}
