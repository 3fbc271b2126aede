import { type Command, InvalidArgumentError, Option } from 'commander'
import type { WitnessOptions } from '../evidence/witness/witness.ts'
import { parseDuration } from '../lib/quantity.ts'

export interface WitnessFlags {
  witnessAuthority: string[]
  witnessEvery: number
  witnessFile: string[]
  witnessWebhook: string[]
}

const hourMs = 3_600_000

/** Who is told of the heads of the evidence ledger. Each may be given several times. */
export function addWitnessOptions(command: Command): Command {
  return command
    .addOption(
      option(
        '--witness-authority <url...>',
        'time stamping authority (RFC 3161) for heads of the evidence ledger',
      )
        .argParser(collect(toUrl))
        .default([], 'none'),
    )
    .addOption(
      option('--witness-every <time>', 'how often it is asked').argParser(toDuration).default(hourMs, '1h'),
    )
    .addOption(
      option('--witness-file <path...>', 'file that heads are appended to, best on another machine')
        .argParser(collect((path) => path))
        .default([], 'none'),
    )
    .addOption(
      option('--witness-webhook <url...>', 'address that heads are sent to')
        .argParser(collect(toUrl))
        .default([], 'none'),
    )
}

export function witnessChoice(flags: WitnessFlags): WitnessOptions {
  const { witnessAuthority: authorities, witnessEvery: authorityMs } = flags
  return { authorities, authorityMs, files: flags.witnessFile, webhooks: flags.witnessWebhook }
}

function option(flags: string, description: string): Option {
  const name = /--([a-z-]+)/.exec(flags)?.[1] ?? ''
  return new Option(flags, description).env(`PAVISE_${name.toUpperCase().replaceAll('-', '_')}`)
}

function collect(parse: (text: string) => string) {
  return (text: string, known: unknown): string[] => [
    ...(Array.isArray(known) ? (known as string[]) : []),
    parse(text),
  ]
}

function toUrl(text: string): string {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new InvalidArgumentError('It is an address with http: or https:.')
  return url.href
}

function toDuration(text: string): number {
  const ms = parseDuration(text)
  if (ms === null || ms === 0) throw new InvalidArgumentError('A time is a number and a unit: 90s, 12h, 7d.')
  return ms
}
