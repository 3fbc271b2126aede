import { Command } from 'commander'
import { examplesText } from './examples.ts'
import { checkRules } from './rules/check.ts'

/** `pavise rules`: rules in the form of Suricata. */
export function rulesCommand(): Command {
  const command = new Command('rules')
    .description('Rules in the form of Suricata: what of them is done here.')
    .addHelpText(
      'before',
      examplesText([
        ['pavise rules check rules/', 'before they are used'],
        ['pavise inspect --rules rules/ day.pcap', 'what they say of a capture'],
        ['sudo pavise up --rules rules/', 'and of live traffic'],
      ]),
    )
  command
    .command('check')
    .description('Say how many rules are read, and which are left out for what reason.')
    .argument('<path...>', 'files, or folders with files that end in .rules')
    .option('--json', 'one document of JSON', false)
    .action((paths: string[], { json }: { json: boolean }) => {
      process.exitCode = checkRules(paths, json)
    })
  return command
}
