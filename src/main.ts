import { Command, CommanderError } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { commands } from './cli/commands.ts'
import { examplesText } from './cli/examples.ts'
import { reportError } from './cli/report-error.ts'
import { coloured } from './cli/terminal/style.ts'
import { ExitCode } from './lib/errors.ts'

const examples = examplesText([
  ['sudo pavise up', 'watch the containers of this machine'],
  ['sudo pavise doctor', 'whether it has what Pavise needs'],
])

/**
 * Runs one command line, without `node` and the program's name.
 *
 * @returns the exit code; it never throws.
 */
export async function main(args: string[]): Promise<number> {
  process.stdout.on('error', endOnBrokenPipe)
  try {
    const program = await buildProgram(args)
    await program.parseAsync(args, { from: 'user' })
    return exitCodeSoFar()
  } catch (error) {
    // commander has said what is wrong; its code is 0 after --help and --version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.clean : ExitCode.usage
    return reportError(error, process.stderr)
  }
}

/** The command that is asked for is loaded; of the others the name and the summary are enough. */
async function buildProgram(args: string[]): Promise<Command> {
  const program = new Command('pavise')
    .description(packageJson.description)
    .version(packageJson.version, '--version')
    .helpOption('--help', 'show this')
    .addHelpText('before', examples)
    .configureHelp({ styleTitle: coloured.bold }) // commander takes it out where there is to be no colour
    .exitOverride()
  const asked = args.find((word) => !word.startsWith('-') && word !== 'help')
  for (const { name, summary, load } of commands) {
    if (name === asked) program.addCommand(inherit(await load(), program))
    else program.command(name).description(summary)
  }
  return program
}

/** Commands made apart from the program report errors the way it does. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inherit(child, command)
  return command
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
