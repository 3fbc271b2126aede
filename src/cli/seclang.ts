import { Command } from 'commander'
import { examplesText } from './examples.ts'
import { checkSecLang } from './seclang/check.ts'

/** `pavise seclang`: rules in SecLang, such as the OWASP Core Rule Set. */
export function secLangCommand(): Command {
  const command = new Command('seclang')
    .description('Rules in SecLang, the language of ModSecurity and Coraza: what of them is done here.')
    .addHelpText(
      'before',
      examplesText([
        ['pavise seclang check coreruleset/', 'before it is used'],
        ['pavise inspect --seclang coreruleset/ day.pcap', 'what it says of a capture'],
        ['sudo pavise up --seclang coreruleset/', 'and of live traffic'],
      ]),
    )
  command
    .command('check')
    .description('Say how many rules are read, and which are left out or work in another way.')
    .argument('<path...>', 'files, or folders such as that of the Core Rule Set')
    .option('--json', 'one document of JSON', false)
    .action((paths: string[], { json }: { json: boolean }) => {
      process.exitCode = checkSecLang(paths, json)
    })
  return command
}
