import { Command, InvalidArgumentError, Option } from 'commander'
import { documentFormats, documentKinds } from '../model/document-words.ts'
import { examplesText } from './examples.ts'
import { type DocumentFlags, writeDocument } from './privacy/document.ts'
import { listFlows, type FlowFlags } from './privacy/flows.ts'
import {
  acceptDifference,
  type AcceptFlags,
  type DifferenceFlags,
  listDifferences,
  type ResolutionFlags,
  withdrawAcceptance,
  writeResolution,
} from './privacy/differences.ts'
import { listProcessors } from './privacy/processors.ts'
import { listTransferRecords } from './privacy/records.ts'
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
        ['sudo pavise privacy records 2cdc…', 'what a flow was told by'],
        ['sudo pavise privacy differences', 'what is otherwise than declared, and how it stands'],
        ['sudo pavise privacy declare 5f0c… > lab.yaml', 'a Processor to complete and apply'],
        [
          'sudo pavise privacy document record --format html -o record.html',
          'Art. 30(1), with what is missing',
        ],
        ['sudo pavise privacy accept 5f0c… --until 2027-01-31 --reason "contract is being signed"', ''],
      ]),
    )
    .addCommand(flowsCommand())
    .addCommand(recordsCommand())
    .addCommand(processorsCommand())
    .addCommand(differencesCommand())
    .addCommand(resolutionCommand('declare', 'write down what is so: YAML of the partner, to be completed'))
    .addCommand(resolutionCommand('forbid', 'write a rule by which it is no longer so: YAML'))
    .addCommand(acceptCommand())
    .addCommand(withdrawCommand())
    .addCommand(documentCommand())
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

function recordsCommand(): Command {
  return common(
    new Command('records')
      .description('list what a flow was told by: each finding of it that is kept, latest first')
      .argument('<id>', 'of the flow, as flows and documents name it'),
  ).action(async (id: string, flags: RunningFlags) => {
    await listTransferRecords(id, flags)
  })
}

function processorsCommand(): Command {
  return common(
    new Command('processors').description('list declared partners, and what was seen to go to them'),
  ).action(async (flags: RunningFlags) => {
    await listProcessors(flags)
  })
}

function differencesCommand(): Command {
  return common(
    new Command('differences')
      .description('list what is otherwise than declared or asked; open first, the gravest first')
      .option('--open', 'without what is accepted', false),
  ).action(async (flags: DifferenceFlags) => {
    await listDifferences(flags)
  })
}

function resolutionCommand(how: 'declare' | 'forbid', description: string): Command {
  return common(
    new Command(how)
      .description(description)
      .argument('<id>', 'of the difference')
      .option('--apply', 'apply it at once, as pavise policy apply does', false)
      .option('--reason <text>', 'why, for the record'),
  ).action(async (id: string, flags: ResolutionFlags) => {
    await writeResolution(id, how, flags)
  })
}

function acceptCommand(): Command {
  return common(
    new Command('accept')
      .description('let a difference be until a day; then it comes back')
      .argument('<id>', 'of the difference')
      .requiredOption('--until <day>', '2027-01-31, or a time as 2027-01-31T12:00:00Z', toDay)
      .requiredOption('--reason <text>', 'why, for the record'),
  ).action(async (id: string, flags: AcceptFlags) => {
    await acceptDifference(id, flags)
  })
}

function withdrawCommand(): Command {
  return common(
    new Command('withdraw').description('no longer let it be').argument('<id>', 'of the difference'),
  ).action(async (id: string, flags: RunningFlags) => {
    await withdrawAcceptance(id, flags)
  })
}

function documentCommand(): Command {
  return common(
    new Command('document')
      .description('write a draft of what was observed and declared, with what a person still has to say')
      .addArgument(
        new Command()
          .createArgument(
            '<kind>',
            'record: Art. 30(1); processor-record: 30(2); impact-assessment: 35(7); measures: 32',
          )
          .choices(documentKinds),
      )
      .addOption(new Option('--format <format>', 'of the file').choices(documentFormats).default('markdown'))
      .option('-o, --output <file>', 'where to; standard output where it is left out'),
  ).action(async (kind: string, flags: DocumentFlags) => {
    await writeDocument(kind, flags)
  })
}

/** A day ends at midnight, UTC. */
function toDay(text: string): string {
  const ms = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59Z` : text)
  if (Number.isNaN(ms) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new InvalidArgumentError('A day is written as 2027-01-31.')
  return new Date(ms).toISOString()
}

function common(command: Command): Command {
  return command.addOption(stateDirOption()).option('--json', 'as lines of JSON', false)
}
