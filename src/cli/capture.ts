import { Command, InvalidArgumentError } from 'commander'
import { parseDuration, parseSize } from '../lib/quantity.ts'
import {
  type GetFlags,
  getCapture,
  listCaptures,
  type StartFlags,
  startCapture,
  type StopFlags,
  stopCapture,
} from './capture/run.ts'
import { examplesText } from './examples.ts'
import type { RunningFlags } from './running.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise capture`: packets of workloads, recorded where something was found or where they are asked for. */
export function captureCommand(): Command {
  return new Command('capture')
    .description('Record packets of workloads; open what was recorded, which takes a reason and is on record')
    .addHelpText(
      'before',
      examplesText([
        [
          'sudo pavise capture start --workload docker:4f2a --filter "tcp port 5432" --reason "slow queries"',
          'for a minute',
        ],
        ['sudo pavise capture list', 'what is recorded, and the files'],
        [
          'sudo pavise capture get 0b5f-0-c1 --masked --reason "case 2026-0001" -o packets.pcapng',
          'for Wireshark, without what is a person’s; decrypted as it was without --masked',
        ],
      ]),
    )
    .addCommand(startCommand())
    .addCommand(stopCommand())
    .addCommand(listCommand())
    .addCommand(getCommand())
}

function startCommand(): Command {
  const command = new Command('start')
    .description('record packets of a workload, or of those of a group that run now')
    .option('--workload <id>', 'id of the workload')
    .option('--group <name>', 'the group, in place of a workload')
    .option('--filter <filter>', 'as in pcap: "tcp port 80 and not host 10.0.0.5"; all packets without')
    .option('--headers-only', 'leave the payload out', false)
    .option('--masked', 'mask personal data in the payload before it is kept', false)
    .option('--for <time>', 'how long, 60s where it is left out', toSeconds)
    .option('--file-size <bytes>', 'begin another file behind so much, 8MiB where it is left out', toSize)
    .option('--files <number>', 'keep the newest so many, 4 where it is left out', toCount)
  return common(command)
    .requiredOption('--reason <text>', 'why, for the record')
    .action(async (flags: StartFlags) => {
      await startCapture(flags)
    })
}

function stopCommand(): Command {
  const command = new Command('stop')
    .description('end what is under way; what is written so far stays')
    .argument('<id>', 'as `pavise capture start` says it')
  return common(command).action(async (id: string, flags: StopFlags) => {
    await stopCapture(id, flags)
  })
}

function listCommand(): Command {
  return common(
    new Command('list').description('show what is under way, and the files, newest first'),
  ).action(async (flags: RunningFlags) => {
    await listCaptures(flags)
  })
}

function getCommand(): Command {
  return new Command('get')
    .description('decrypt a file of packets, as pcapng')
    .argument('<file>', 'as `pavise capture list` names it')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--masked', 'mask personal data in the payload', false)
    .requiredOption('-o, --output <file>', 'where to; a file that is there is not written over')
    .addOption(stateDirOption())
    .action(async (file: string, flags: GetFlags) => {
      await getCapture(file, flags)
    })
}

function common(command: Command): Command {
  return command.addOption(stateDirOption()).option('--json', 'as lines of JSON', false)
}

function toSeconds(text: string): number {
  const ms = parseDuration(text)
  if (ms === null || ms < 1000) throw new InvalidArgumentError('A time is a number and a unit: 90s, 10m, 1h.')
  return Math.round(ms / 1000)
}

function toSize(text: string): number {
  const bytes = parseSize(text)
  if (bytes === null) throw new InvalidArgumentError('A size is a number and a unit: 500kB, 8MiB.')
  return bytes
}

function toCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('A whole number from 1 on.')
  return count
}
