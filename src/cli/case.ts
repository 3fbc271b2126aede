import { Command, InvalidArgumentError, Option } from 'commander'
import {
  breachKinds,
  caseTimes,
  draftFormats,
  draftKinds,
  dutyIds,
  eases,
  languages,
  regimes,
  tellingExceptions,
} from '../model/case-words.ts'
import { documentFormats } from '../model/document-words.ts'
import { showAccess } from './case/access.ts'
import {
  changeCase,
  type ChangeFlags,
  listCases,
  openCase,
  rescopeCase,
  sayWasSent,
  type SentFlags,
  showCase,
} from './case/run.ts'
import { type DraftFlags, writeDraft } from './case/draft.ts'
import { exportCase, type ExportFlags } from './case/export.ts'
import { type RegisterFlags, writeRegister } from './case/register.ts'
import { examplesText } from './examples.ts'
import type { RunningFlags } from './running.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise case`: breaches of personal data, from when they are suspected to what the law asks for. */
export function caseCommand(): Command {
  return new Command('case')
    .description(
      'Keep breaches of personal data with their clocks, their severity and drafts of what has to be said.',
    )
    .addHelpText(
      'before',
      examplesText([
        [
          'sudo pavise case open "Export in the clear" --workload docker:4f2a --detected 2026-11-20T09:00:00Z',
          'its scope is computed of what was seen',
        ],
        [
          'sudo pavise case set case-2026-0001 --aware 2026-11-20T10:30:00Z --reason "confirmed by the team"',
          'the 72 hours run from here',
        ],
        [
          'sudo pavise case open "Database read by an attack" --event 019a-…',
          'workload and times are those of the attack',
        ],
        [
          'sudo pavise case open "Strange log-ins" --address 198.51.100.7 --credential user:clinic',
          'how far it came from there, and how far it could have',
        ],
        ['sudo pavise case draft case-2026-0001 authority', 'the notification, with what is missing'],
        [
          'sudo pavise case draft case-2026-0001 subjects --language de --format docx -o brief.docx',
          'the letter to the persons, in German, for Word',
        ],
      ]),
    )
    .addCommand(openCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(setCommand())
    .addCommand(sentCommand())
    .addCommand(scopeCommand())
    .addCommand(draftCommand())
    .addCommand(accessCommand())
    .addCommand(registerCommand())
    .addCommand(exportCommand())
}

function openCommand(): Command {
  const command = new Command('open')
    .description('open a case and compute its scope of what was seen')
    .argument('<title>', 'a few words')
    .option('--event <id>', 'what it is opened from: an attack, a threat, a violation, by its record id')
  return common(fields(command)).action(async (title: string, flags: ChangeFlags) => {
    await openCase(title, flags)
  })
}

function listCommand(): Command {
  return common(
    new Command('list').description('list cases, newest first, with the clock that ends next'),
  ).action(async (flags: RunningFlags) => {
    await listCases(flags)
  })
}

function showCommand(): Command {
  return common(
    new Command('show')
      .description('show a case: clocks, severity, scope, history')
      .argument('<id>', 'case-2026-0001'),
  ).action(async (id: string, flags: RunningFlags) => {
    await showCase(id, flags)
  })
}

function setCommand(): Command {
  const command = new Command('set')
    .description('say more about a case; a time that is moved stays in its history')
    .argument('<id>', 'case-2026-0001')
    .option('--title <text>', 'a few words')
    .addOption(new Option('--state <state>', 'whether it is being handled').choices(['open', 'closed']))
    .addOption(
      new Option(
        '--exception <kind>',
        'why persons are not told each of them: Art. 34(3)(a), (b), (c); `none` takes it back',
      ).choices([...tellingExceptions, 'none']),
    )
    .addOption(
      new Option(
        '--everything',
        'nothing in particular is suspicious any more: all that is watched',
      ).conflicts(['workload', 'address', 'credential']),
    )
  return common(fields(command)).action(async (id: string, flags: ChangeFlags) => {
    await changeCase(id, flags)
  })
}

function sentCommand(): Command {
  return common(
    new Command('sent')
      .description(
        'say that something was sent, in one phase of maybe several; its clock is done with the first',
      )
      .argument('<id>', 'case-2026-0001')
      .addArgument(
        new Command().createArgument('<duty>', 'which duty, as `pavise case show` names it').choices(dutyIds),
      )
      .option('--at <time>', 'when; now where it is left out', toTime)
      .option('--reason <text>', 'how, for the record'),
  ).action(async (id: string, duty: string, flags: SentFlags) => {
    await sayWasSent(id, duty, flags)
  })
}

function scopeCommand(): Command {
  return common(
    new Command('scope')
      .description('compute the scope of a case anew')
      .argument('<id>', 'case-2026-0001')
      .option('--reason <text>', 'why, for the record'),
  ).action(async (id: string, flags: ChangeFlags) => {
    await rescopeCase(id, flags)
  })
}

function draftCommand(): Command {
  return common(
    new Command('draft')
      .description('write a draft of what the law asks for, with what is missing')
      .argument('<id>', 'case-2026-0001')
      .addArgument(
        new Command()
          .createArgument(
            '<kind>',
            'authority: Art. 33(3); subjects: 34(2); controller: 33(2); record: 33(5)',
          )
          .choices(draftKinds),
      )
      .addOption(new Option('--language <language>', 'of the document').choices(languages).default('en'))
      .addOption(
        new Option(
          '--format <format>',
          'docx to be finished by a person; pdf to be kept, with its data in it; form: fields as JSON',
        )
          .choices(draftFormats)
          .default('markdown'),
      )
      .option('-o, --output <file>', 'where to; standard output where it is left out, but for docx and pdf'),
  ).action(async (id: string, kind: string, flags: DraftFlags) => {
    await writeDraft(id, kind, flags)
  })
}

function accessCommand(): Command {
  return common(
    new Command('access')
      .description('list who looked at a case, changed it, or was given something of it')
      .argument('<id>', 'case-2026-0001'),
  ).action(async (id: string, flags: RunningFlags) => {
    await showAccess(id, flags)
  })
}

function registerCommand(): Command {
  return new Command('register')
    .description('write the register of all breaches: facts, effects, remedial action (Art. 33(5))')
    .addOption(new Option('--format <format>', 'of the file').choices(documentFormats).default('markdown'))
    .option('-o, --output <file>', 'where to; standard output where it is left out, but for docx and pdf')
    .addOption(stateDirOption())
    .action(async (flags: RegisterFlags) => {
      await writeRegister(flags)
    })
}

function exportCommand(): Command {
  return new Command('export')
    .description(
      'hand a case over to a CSIRT: what happened, where data went, and the hashes of the evidence; no values',
    )
    .argument('<id>', 'case-2026-0001')
    .requiredOption('--stix', 'as a bundle of STIX 2.1')
    .option('-o, --output <file>', 'where to; standard output where it is left out')
    .addOption(stateDirOption())
    .action(async (id: string, flags: ExportFlags) => {
      await exportCase(id, flags)
    })
}

/** What can be said of a case. */
function fields(command: Command): Command {
  for (const time of caseTimes) command.option(`--${time} <time>`, timeTexts[time], toTime)
  return command
    .addOption(new Option('--kind <kind...>', 'what was lost').choices(breachKinds))
    .addOption(
      new Option('--role <role>', 'as what the organisation acts').choices(['controller', 'processor']),
    )
    .addOption(new Option('--regime <law...>', 'laws whose clocks run').choices(regimes))
    .option(
      '--workload <id...>',
      'suspicious workloads, as `pavise up` and /api/v1/workloads name them; all where nothing is suspicious',
    )
    .option('--address <ip...>', 'suspicious addresses: what went to them, and whom they spoke with')
    .option(
      '--credential <name...>',
      'suspicious credentials: `user:clinic` of a database, or the `hash` of a finding; never the secret itself',
    )
    .option('--description <text>', 'what happened')
    .option('--consequences <text>', 'what it may mean for the persons')
    .option('--measures <text>', 'what was done and will be')
    .option('--contact <text>', 'whom the authority and the persons can ask')
    .option('--context-adjustment <number>', 'severity: -3 to 3 on the class of the data', toNumber)
    .addOption(
      new Option('--ease <number>', 'severity: how easily a person can be told').choices(eases.map(String)),
    )
    .option('--malicious', 'severity: there was intent')
    .option('--reason <text>', 'why, for the record')
}

const timeTexts: Readonly<Record<(typeof caseTimes)[number], string>> = {
  began: 'when the breach began',
  ended: 'when it ended',
  detected: 'when it was detected',
  aware: 'when the organisation became aware: the 72 hours run from here',
  classified: 'when it was classified as major (DORA)',
  notified: 'when the authority was notified',
}

function toTime(text: string): string {
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || !/^\d{4}-\d\d-\d\dT/.test(text))
    throw new InvalidArgumentError('A time is written as 2026-11-20T09:30:00Z, or with its zone as +01:00.')
  return new Date(ms).toISOString()
}

function toNumber(text: string): number {
  if (!/^-?[0-3]$/.test(text)) throw new InvalidArgumentError('It is a whole number from -3 to 3.')
  return Number(text)
}

function common(command: Command): Command {
  return command.addOption(stateDirOption()).option('--json', 'as a line of JSON', false)
}
