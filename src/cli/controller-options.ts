import { type AutomaticCapture, automaticCaptures } from '../model/captures.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { parseDuration, parseSize } from '../lib/quantity.ts'
import { defaultRetention } from '../store/limits.ts'
import { addNotifyOptions, notifyChoice, type NotifyFlags } from './notify-options.ts'
import { addOidcOptions, oidcChoice, type OidcFlags } from './oidc-options.ts'
import { loadSensors, sensorsOption } from './sensors-option.ts'
import { stateDirOption } from './state-dir-option.ts'
import { addTlsOptions, tlsChoice, type TlsFlags } from './tls-options.ts'
import type { UpOptions } from './up/run.ts'
import { startedWith } from './up/started-with.ts'
import { sensorPaths } from './up/state-folder.ts'
import { addWitnessOptions, witnessChoice, type WitnessFlags } from './witness-options.ts'

/** What `pavise up` and `pavise controller` have in common: store, API, retention, who is told. */
export interface ControllerFlags extends TlsFlags, OidcFlags, WitnessFlags, NotifyFlags {
  stateDir: string
  store?: string
  port: number
  keepFlows: number
  keepFindings: number
  keepCoverage: number
  keepEvidence: number
  storeSize: number
  sensors?: string[]
  countryDatabase?: string
  captures: AutomaticCapture
  json: boolean
  quiet: boolean
}

/** Adds the options of a controller. */
export function addControllerOptions(command: Command): Command {
  const { flowsMs, findingsMs, coverageMs, evidenceMs, maxBytes } = defaultRetention
  command
    .addOption(stateDirOption('where the store and keys are'))
    .addOption(option('--store <address>', 'postgres://…, a database in place of a file there', 'STORE'))
    .addOption(option('--port <number>', 'of the API on 127.0.0.1', 'PORT').argParser(toPort).default(7440))
    .addOption(duration('--keep-flows', flowsMs, '7d'))
    .addOption(duration('--keep-findings', findingsMs, '30d'))
    .addOption(duration('--keep-coverage', coverageMs, '30d'))
    .addOption(duration('--keep-evidence', evidenceMs, '1095d'))
    .addOption(
      option('--store-size <bytes>', 'above it the oldest goes first', 'STORE_SIZE')
        .argParser(toSize)
        .default(maxBytes, '2GiB'),
    )
    .addOption(sensorsOption())
    .addOption(
      option(
        '--country-database <file>',
        'countries of addresses, a file in the MaxMind DB format in place of the one that comes along',
        'COUNTRY_DATABASE',
      ),
    )
    .addOption(
      option('--captures <what>', 'packets that are recorded where something is found', 'CAPTURES')
        .choices(automaticCaptures)
        .default('payload'),
    )
    .option('--json', 'each record as a line of JSON on standard output', false)
    .option('--quiet', 'say only what goes wrong', false)
  return addOidcOptions(addTlsOptions(addWitnessOptions(addNotifyOptions(command))))
}

/**
 * What the options of a command ask of the controller.
 *
 * @throws PaviseError where sensors cannot be used
 */
export async function controllerChoice(flags: ControllerFlags, command: Command): Promise<UpOptions> {
  const { stateDir, port, json, quiet } = flags
  return {
    stateDir,
    ...(flags.store !== undefined && { store: flags.store }),
    port,
    json,
    quiet,
    retention: {
      flowsMs: flags.keepFlows,
      findingsMs: flags.keepFindings,
      coverageMs: flags.keepCoverage,
      evidenceMs: flags.keepEvidence,
      maxBytes: flags.storeSize,
    },
    tls: tlsChoice(flags),
    oidc: oidcChoice(flags),
    witnesses: witnessChoice(flags, process.env),
    captures: flags.captures,
    notify: notifyChoice(flags),
    ...(flags.countryDatabase !== undefined && { countryDatabase: flags.countryDatabase }),
    sensors: await loadSensors(sensorPaths(stateDir, flags.sensors)),
    startedWith: startedWith(command),
    version: packageJson.version,
  }
}

function option(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).env(`PAVISE_${variable}`)
}

function duration(flag: string, usual: number, shown: string): Option {
  const kind = flag.slice('--keep-'.length)
  return option(`${flag} <time>`, `how long to keep ${kind}`, `KEEP_${kind.toUpperCase()}`)
    .argParser(toDuration)
    .default(usual, shown)
}

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535))
    throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes any that is free.')
  return port
}

function toDuration(text: string): number {
  const ms = parseDuration(text)
  if (ms === null) throw new InvalidArgumentError('A time is a number and a unit: 90s, 12h, 7d.')
  return ms
}

function toSize(text: string): number {
  const bytes = parseSize(text)
  if (bytes === null) throw new InvalidArgumentError('A size is a number and a unit: 500MB, 2GiB.')
  return bytes
}
