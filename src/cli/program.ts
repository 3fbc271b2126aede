import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { commands } from './commands.ts'
import { examplesText } from './examples.ts'
import { coloured } from './terminal/style.ts'

const examples = examplesText([
  ['sudo pavise up', 'the personal data that crosses the connections of this machine, as it goes'],
  ['pavise inspect day.pcap', 'the personal data that crosses the connections of a capture'],
  ['sudo pavise doctor', 'what of this machine watching containers stands on'],
])

/**
 * The whole command line. Of commands that are not wanted only the name and the summary are there, which is enough for
 * help and suggestions.
 *
 * @param isWanted whether a command is to be loaded, by its name
 */
export async function buildProgram(isWanted: (name: string) => boolean): Promise<Command> {
  const program = new Command('pavise')
    .description(packageJson.description)
    .version(packageJson.version, '--version', 'show the version')
    .helpOption('--help', 'show this')
    .addHelpText('before', examples)
    .configureHelp({ styleTitle: coloured.bold }) // commander takes it out where there is to be no colour
    .exitOverride()
    .enablePositionalOptions() // Options after a subcommand are its own: `controller join-token --state-dir …`.
  for (const { name, summary, load } of commands) {
    if (isWanted(name)) program.addCommand(inherit(await load(), program).summary(summary))
    else program.command(name).summary(summary)
  }
  return program
}

/** Commands made apart from the program report errors the way it does. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inherit(child, command)
  return command
}
