import { Command } from 'commander'
import { examplesText } from './examples.ts'
import { listFlows, type FlowFlags } from './privacy/flows.ts'
import { listProcessors } from './privacy/processors.ts'
import type { RunningFlags } from './running.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise privacy`: where personal data goes, and what is declared of it. */
export function privacyCommand(): Command {
  return new Command('privacy')
    .description('Say which service sends which personal data to whom, and whether that is declared.')
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise privacy flows', 'which service sends which personal data to whom'],
        ['sudo pavise privacy flows --flagged', 'only what stands out'],
        ['sudo pavise privacy processors', 'declared partners, and what was seen to go to them'],
      ]),
    )
    .addCommand(flowsCommand())
    .addCommand(processorsCommand())
}

function flowsCommand(): Command {
  return common(
    new Command('flows')
      .description('list who sends which personal data to whom, latest first')
      .option('--flagged', 'only what stands out', false)
      .option('--external', 'only what goes to somebody outside', false),
  ).action(async (flags: FlowFlags) => {
    await listFlows(flags)
  })
}

function processorsCommand(): Command {
  return common(
    new Command('processors').description('list declared partners, and what was seen to go to them'),
  ).action(async (flags: RunningFlags) => {
    await listProcessors(flags)
  })
}

function common(command: Command): Command {
  return command.addOption(stateDirOption()).option('--json', 'as lines of JSON', false)
}
