import { Command, Option } from 'commander'
import { keepYoungGenerationSmall } from '../lib/young-generation.ts'
import { examplesText } from './examples.ts'
import type { InspectOptions } from './inspect/run.ts'
import { rulesOption } from './rules-option.ts'
import { secLangOption } from './seclang-option.ts'
import { sensorsOption } from './sensors-option.ts'
import { threatOption } from './threats-option.ts'

/** `pavise inspect FILE…`: flows, applications and personal data of capture files. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description(
      'Say which personal data crosses which connection of capture files (pcap, pcapng, also gzipped).',
    )
    .argument('<file...>', 'captures, read one after the other as one stream of packets')
    .option('--json', 'each flow and finding as a line of JSON, then a summary', false)
    .addOption(sensorsOption())
    .addOption(threatOption())
    .addOption(secLangOption())
    .addOption(rulesOption())
    .option(
      '--policy <path...>',
      'files or folders of rules: what they do not allow is told of, and exits with 1',
    )
    .option('--assign <address=group...>', 'group of an address that no group has, as 10.0.0.5=nv.api.clinic')
    .addOption(
      new Option('--fail-on <what>', 'exit with 1 on personal data: any of it, only in the clear, or none')
        .choices(['any', 'clear', 'none'])
        .default('any'),
    )
    .addHelpText(
      'before',
      examplesText([
        ['pavise inspect day.pcap', 'a table of the personal data in it'],
        ['pavise inspect --json day.pcapng.gz | jq -c \'select(.type == "flow")\'', 'every flow'],
        ['pavise inspect --policy rules/ day.pcap', 'and what of it the rules do not allow'],
        ['pavise inspect --fail-on clear *.pcap', 'for a pipeline: 1 if any crosses unencrypted'],
      ]),
    )
    .action(async (files: string[], options: InspectOptions) => {
      keepYoungGenerationSmall()
      const { runInspect } = await import('./inspect/run.ts')
      process.exitCode = await runInspect(files, options)
    })
}
