import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Bucket } from '../evidence/witness/bucket.ts'
import type { WitnessOptions } from '../evidence/witness/witness.ts'
import { ExitCode, PaviseError } from '../lib/errors.ts'
import { parseDuration } from '../lib/quantity.ts'

export interface WitnessFlags {
  witnessAuthority: string[]
  witnessEvery: number
  witnessFile: string[]
  witnessWebhook: string[]
  witnessBucket: string[]
}

class WitnessError extends PaviseError<'WITNESS_CREDENTIALS'> {}

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
    .addOption(
      option(
        '--witness-bucket <url...>',
        'bucket of S3, with a folder, that heads are put into; AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION say as whom',
      )
        .argParser(collect(toUrl))
        .default([], 'none'),
    )
}

/** @throws WitnessError where there is a bucket, and nothing says as whom it is written to */
export function witnessChoice(flags: WitnessFlags, environment: NodeJS.ProcessEnv): WitnessOptions {
  const { witnessAuthority: authorities, witnessEvery: authorityMs } = flags
  const buckets = flags.witnessBucket.map((url) => bucketOf(url, environment))
  return { authorities, authorityMs, files: flags.witnessFile, webhooks: flags.witnessWebhook, buckets }
}

/** The variables are those that all programs for S3 go by. */
function bucketOf(url: string, environment: NodeJS.ProcessEnv): Bucket {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment
  if (!accessKeyId || !secretAccessKey)
    throw new WitnessError('WITNESS_CREDENTIALS', `Nothing says as whom ${url} is written to.`, {
      nextStep: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_REGION where it is not us-east-1.',
      exitCode: ExitCode.usage,
    })
  const sessionToken = environment['AWS_SESSION_TOKEN'] || undefined
  const region = environment['AWS_REGION'] || 'us-east-1'
  return { url, region, credentials: { accessKeyId, secretAccessKey, sessionToken } }
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
