import { Argument, Command, Option } from 'commander'
import { frameworkIds, type FrameworkId, reportFormats } from '../model/framework-ids.ts'
import { examplesText } from './examples.ts'
import { type ReportFlags, writeReport } from './report/run.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise report`: how far a framework is evidenced. */
export function reportCommand(): Command {
  return new Command('report')
    .description('Say how far a framework is evidenced over a period, each state with what it rests on.')
    .addArgument(new Argument('<framework>', 'which one').choices(frameworkIds))
    .option(
      '--period <period>',
      '30d, 2026, 2026-Q4, 2026-11, 2026-11-21, or 2026-11-01..2026-12-01 (UTC)',
      '30d',
    )
    .addOption(
      new Option('--format <format>', 'pdf and docx need --output; pdf is PDF/A-3 with its data in it')
        .choices(reportFormats)
        .default('html'),
    )
    .option('-o, --output <file>', 'where to; standard output where it is left out')
    .addOption(stateDirOption())
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise report gdpr --period 2026-11 -o gdpr.html', 'November, as a page'],
        ['sudo pavise report pci --period 2026-Q4 --format oscal', 'assessment results for other tools'],
      ]),
    )
    .action(async (framework: FrameworkId, flags: ReportFlags) => {
      await writeReport(framework, flags)
    })
}
