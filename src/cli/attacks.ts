import { Command } from 'commander'
import { type SuggestFlags, suggestExceptions } from './attacks/suggest.ts'
import { examplesText } from './examples.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise attacks`: what is told of as an attack and is none. */
export function attacksCommand(): Command {
  const command = new Command('attacks')
    .description('What is told of as an attack and is none: exceptions that are suggested by what was seen.')
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise attacks suggest', 'what of the last week is likely no attack'],
        [
          'sudo pavise attacks suggest --yaml --owner shop > exceptions.yaml',
          'to be gone through by who answers for it',
        ],
        ['sudo pavise policy apply exceptions.yaml', 'and taken in'],
      ]),
    )
  command
    .command('suggest')
    .description('Suggest exceptions: what each would silence, and how often it was seen.')
    .option('--since <time>', 'attacks that were seen since: 24h, or a time', '7d')
    .option('--yaml', 'as AttackException objects for pavise policy apply, which asks for an owner', false)
    .option('--owner <name>', 'of --yaml: who answers for them', '')
    .option('--until <day>', 'of --yaml: their last day; 90 days from now where it is left out')
    .addOption(stateDirOption())
    .option('--json', 'each as a line of JSON', false)
    .action(async (flags: SuggestFlags) => {
      process.exitCode = await suggestExceptions(flags)
    })
  return command
}
