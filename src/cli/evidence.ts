import { Command, Option } from 'commander'
import { eraseEvidence, type EraseFlags } from './evidence/erase.ts'
import { exportEvidence, type ExportFlags } from './evidence/export.ts'
import { rotateKey, type RotateFlags } from './evidence/rotate-key.ts'
import { showLedger, type StatusFlags } from './evidence/status.ts'
import { verifyEvidence, type VerifyFlags } from './evidence/verify.ts'
import { examplesText } from './examples.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise evidence`: what happened, in a form that others can check. */
export function evidenceCommand(): Command {
  return new Command('evidence')
    .description('Hand out what happened, signed, in a form that anyone can check offline.')
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise evidence export --since 2026-11-01 --output november.zip', 'a bundle of a month'],
        ['sudo pavise evidence export --case case-2026-0001 -o case.zip', 'what a breach case is about'],
        [
          'pavise evidence verify november.zip --key pavise.pub',
          'on any machine: nothing was changed, left out or added',
        ],
        [
          'sudo pavise evidence rotate-key --reason "once a year"',
          'another key signs; the first one still checks all',
        ],
        [
          'sudo pavise evidence erase --until 2024-01-01 --reason "case 12 is closed" --yes',
          'contents go, and hashes stay',
        ],
        ['sudo pavise evidence status', 'how large the ledger is, and the key to check it with'],
      ]),
    )
    .addCommand(exportCommand())
    .addCommand(verifyCommand())
    .addCommand(statusCommand())
    .addCommand(rotateKeyCommand())
    .addCommand(eraseCommand())
}

function exportCommand(): Command {
  return new Command('export')
    .description('write a bundle: entries, proofs and signatures in one ZIP file')
    .option(
      '--from, --since <time>',
      'entries of this time or later: 2026-11-01, or RFC 3339; all where it is left out',
    )
    .option('--to, --until <time>', 'entries before this time')
    .addOption(
      new Option(
        '--case <id>',
        'from when the breach of a case began to what was done about it last',
      ).conflicts(['since', 'until']),
    )
    .requiredOption('-o, --output <file>', 'where to; a file that is there is not written over')
    .addOption(stateDirOption())
    .action(async (flags: ExportFlags) => {
      await exportEvidence(flags)
    })
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('check a bundle with nothing but the public key, and name the first entry that does not fit')
    .argument('<file>', 'as `pavise evidence export` made it')
    .option('--key <key>', 'the public key as `pavise evidence status` shows it, or a file that holds it')
    .option('--authority-roots <file>', 'PEM: roots of the authorities whose time stamps are believed')
    .option(
      '--heads <file>',
      'heads as a second place has kept them: the file, or a folder with the objects of a bucket',
    )
    .option('--json', 'what was found as a line of JSON', false)
    .action(async (file: string, flags: VerifyFlags) => {
      process.exitCode = await verifyEvidence(file, flags)
    })
}

function rotateKeyCommand(): Command {
  return new Command('rotate-key')
    .description('sign with another key from now on: the old one signs it in the ledger, and is destroyed')
    .requiredOption('--reason <text>', 'why, for the record')
    .addOption(stateDirOption())
    .option('--json', 'as a line of JSON', false)
    .action(async (flags: RotateFlags) => {
      await rotateKey(flags)
    })
}

function eraseCommand(): Command {
  return new Command('erase')
    .description(
      'destroy the keys of days that are over: the contents of their entries are gone for good, their hashes stay',
    )
    .option('--since <day>', 'the first day, in UTC: 2026-11-01; the oldest where it is left out')
    .requiredOption('--until <day>', 'the day after the last')
    .requiredOption('--reason <text>', 'why, for the record')
    .requiredOption('--yes', 'you know that it cannot be undone')
    .addOption(stateDirOption())
    .option('--json', 'as a line of JSON', false)
    .action(async (flags: EraseFlags) => {
      await eraseEvidence(flags)
    })
}

function statusCommand(): Command {
  return new Command('status')
    .description('show how many entries the ledger has, and its public key')
    .addOption(stateDirOption())
    .option('--json', 'as a line of JSON', false)
    .action(async (flags: StatusFlags) => {
      await showLedger(flags)
    })
}
