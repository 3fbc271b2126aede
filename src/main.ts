import { CommanderError } from 'commander'
import { buildProgram } from './cli/program.ts'
import { reportError } from './cli/report-error.ts'
import { ExitCode } from './lib/errors.ts'

/**
 * Runs one command line, without `node` and the program's name.
 *
 * @returns the exit code; it never throws.
 */
export async function main(args: string[]): Promise<number> {
  process.stdout.on('error', endOnBrokenPipe)
  try {
    const asked = args.find((word) => !word.startsWith('-') && word !== 'help')
    const program = await buildProgram((name) => name === asked)
    await program.parseAsync(args, { from: 'user' })
    return exitCodeSoFar()
  } catch (error) {
    // commander has said what is wrong; its code is 0 after --help and --version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.clean : ExitCode.usage
    return reportError(error, process.stderr)
  }
}

/** A command says its exit code in `process.exitCode`. */
function exitCodeSoFar(): number {
  return Number(process.exitCode ?? ExitCode.clean)
}

/** Nobody reads any more (`| head`): there is nothing to say and nobody to say it to. A command may see to it itself. */
function endOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (process.stdout.listenerCount('error') > 1) return
  if (error.code === 'EPIPE') process.exit(exitCodeSoFar())
  process.exit(reportError(error, process.stderr))
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
