import type { AutomaticCapture } from '../../model/captures.ts'
import type { OidcOptions } from '../../accounts/oidc.ts'
import type { StartedOption } from '../../api/routes/settings.ts'
import { CaseWatch } from '../../controller/cases/case-watch.ts'
import { StateChecks } from '../../controller/reports/state-checks.ts'
import { Controller } from '../../controller/controller.ts'
import { CaptureStore } from '../../capture/store/capture-store.ts'
import { loadCaptureKey } from '../../capture/store/instance-key.ts'
import { loadHashKey } from '../../controller/hash-key.ts'
import { Countries } from '../../countries/load.ts'
import { BodyKeys } from '../../evidence/body-keys.ts'
import { Ledger } from '../../evidence/ledger.ts'
import { SigningKeys } from '../../evidence/signing-keys.ts'
import { type Witness, witnessesOf, type WitnessOptions } from '../../evidence/witness/witness.ts'
import { ExitCode } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'
import type { SensorDefinitions } from '../../personal-data/custom/definition.ts'
import { Notifier } from '../../notify/notifier.ts'
import type { NotifyChoice } from '../notify-options.ts'
import { openStore } from '../../store/open-store.ts'
import { StateLock } from '../../store/sqlite/state-lock.ts'
import type { Retention, Store } from '../../store/store.ts'
import { hostPortText } from '../host-port.ts'
import { startApi, type TlsChoice } from './api.ts'
import { Ending } from './ending.ts'
import { EnforcerProcess } from './enforcer-process.ts'
import { upLimits } from './limits.ts'
import { Notices } from './notices.ts'
import { openStateFolder, type StateFolder } from './state-folder.ts'
import { openView } from './views.ts'

export interface UpOptions {
  stateDir: string
  /** Address of a PostgreSQL database; absent for a file in the state folder. */
  store?: string
  port: number
  tls: TlsChoice
  /** With which people may log in, too. */
  oidc: OidcOptions | null
  /** Who is told of the heads of the evidence ledger. */
  witnesses: WitnessOptions
  /** Recognisers and rules of users, to be shown and tried. */
  sensors: SensorDefinitions
  /** Options of the command line, to be shown. */
  startedWith: readonly StartedOption[]
  notify: NotifyChoice
  retention: Retention
  /** A file in the MaxMind DB format; the one that comes along where it is left out. */
  countryDatabase?: string
  /** What is recorded where something is found. */
  captures: AutomaticCapture
  json: boolean
  quiet: boolean
  version: string
  /** The enforcer of this machine; none where it is left out. */
  enforcer?: EnforcerProgram
  /** Where those of other machines connect; nowhere where it is left out. */
  listen?: { host: string; port: number }
}

/** The program that is the enforcer; `--socket` and `--state-dir` are added to the arguments. */
export interface EnforcerProgram {
  command: string
  args: string[]
}

/** What was started, each with how it is stopped; stopped in reverse order. */
type Started = (() => unknown)[]

interface Starting {
  started: Started
  notifier: Notifier
  log: Log
}

/**
 * Controller, API and, where it is asked for, the enforcer of this machine, until a signal, until nobody reads its output, or until the store fails.
 *
 * @throws PaviseError where one of them cannot start; what was started by then is stopped.
 */
export async function runUp(options: UpOptions): Promise<ExitCode> {
  const ending = new Ending()
  const started: Started = []
  try {
    await start(options, started, ending)
    return await ending.reason
  } finally {
    const watchdog = setTimeout(() => process.exit(ending.code), upLimits.stopMs)
    await stopAll(started)
    clearTimeout(watchdog)
    ending.close()
  }
}

async function start(options: UpOptions, started: Started, ending: Ending): Promise<void> {
  const notices = new Notices()
  const folder = openStateFolder(options.stateDir)
  const lock = StateLock.acquire(folder.path)
  started.push(() => lock.release())
  started.push(() => folder.clean())
  const notifier = new Notifier(options.notify.channels, notices.log)
  const controller = await startController(options, folder, { started, notifier, log: notices.log })
  started.push(() => notifier.close())
  const { quiet } = options
  const { server, welcome } = await startApi(options, folder, controller, notices.log)
  started.push(() => server.close())
  await reportDeath(controller, lock.diedAt)
  const touching = setInterval(() => lock.touch(Date.now()), upLimits.touchMs)
  started.push(() => clearInterval(touching))
  if (!quiet)
    for (const line of [...welcome, ...nodesText(options, controller)]) process.stderr.write(`${line}\n`)
  startCaseWatch(options, controller, { started, notifier, log: notices.log })
  const checks = new StateChecks(controller, { now: Date.now, log: notices.log })
  started.push(() => checks.stop())
  started.push(startView(options, controller, server.url, notices))
  if (options.enforcer !== undefined) {
    const enforcer = startEnforcer(options.enforcer, folder, controller, notices.log)
    started.push(() => enforcer.stop())
  }
  started.push(() => controller.announceStop())
  void controller.store.failed.then((error) => {
    notices.log('error', `The store failed: ${error.message}`)
    ending.end(ExitCode.unreachable)
  })
}

function nodesText({ listen }: UpOptions, { nodes }: Controller): string[] {
  if (listen === undefined || nodes === undefined) return []
  const place = hostPortText({ host: listen.host, port: nodes.port })
  return [`Nodes connect at ${place}; pavise controller join-token lets one in.`]
}

async function startController(
  { store: place, retention, witnesses, countryDatabase, captures: automatic, listen }: UpOptions,
  folder: StateFolder,
  { started, notifier, log }: Starting,
): Promise<Controller> {
  const hashKey = loadHashKey(folder.hashKey)
  const countries = openCountries(countryDatabase)
  const store = await openStore(place ?? folder.store)
  started.push(() => store.close())
  const ledger = await openLedger(folder, { store, log, witnesses: witnessesOf(witnesses) })
  started.push(() => ledger.close())
  const kept = { folder: folder.captures.folder, key: loadCaptureKey(folder.captures.key), now: Date.now }
  const captures = { store: new CaptureStore(kept), automatic }
  const nodes = listen && { ...listen, folder: folder.nodes }
  const parts = { store, ledger, captures, countries, nodes }
  const controller = await Controller.start({
    ...{ ...parts, socketPath: folder.socket, hashKey, retention, log },
    notify: (notice, addresses) => notifier.tell(notice, addresses),
  })
  started.push(() => controller.close())
  return controller
}

/** @throws CountryDatabaseError where a file is named that cannot be used */
function openCountries(path: string | undefined): Countries {
  const countries = new Countries(Date.now, path)
  if (path !== undefined) countries.check()
  return countries
}

/** Tells of clocks that run out, and opens cases by rule. */
function startCaseWatch(
  { notify: { casePersons } }: UpOptions,
  controller: Controller,
  { started, notifier, log }: Starting,
): void {
  const { cases, ledger } = controller
  const watch = new CaseWatch({
    ...{ cases, ledger, log, persons: casePersons, now: Date.now },
    dataFlows: () => controller.observedFlows(),
    notify: (notice) => notifier.send(notice),
  })
  started.push(() => watch.close())
}

function openLedger(
  { evidence }: StateFolder,
  { store, ...options }: { store: Store; log: Log; witnesses: readonly Witness[] },
): Promise<Ledger> {
  const signing = SigningKeys.load(evidence.signingKey)
  return Ledger.open({ store: store.evidence, signing, keys: BodyKeys.load(evidence.bodyKeys), ...options })
}

/** Shows what goes on, what was said before included; returns how that is ended. */
function startView(
  { json, quiet }: UpOptions,
  controller: Controller,
  url: string,
  notices: Notices,
): () => void {
  const { stdout: output, stderr: errors, env: environment } = process
  const view = openView({ controller, url, json, quiet, output, errors, environment })
  notices.showOn(view.notice)
  return () => view.stop()
}

function startEnforcer(
  enforcer: EnforcerProgram,
  folder: StateFolder,
  controller: Controller,
  log: Log,
): EnforcerProcess {
  return new EnforcerProcess({
    command: enforcer.command,
    args: [...enforcer.args, '--socket', folder.socket, '--state-dir', folder.enforcer],
    log,
    ended: (detail) => {
      log('warn', `Gap: ${detail}.`)
      void controller.reportGap({ reason: 'enforcer-ended', detail })
    },
  })
}

/** After a kill nobody wrote that nothing was seen since. */
async function reportDeath(controller: Controller, diedAt: number | null): Promise<void> {
  if (diedAt === null) return
  const from = new Date(diedAt).toISOString()
  const until = new Date().toISOString()
  const detail = `Pavise ended without being stopped: nothing was seen from about ${from} until ${until}`
  await controller.reportGap({ reason: 'not-running', detail })
}

async function stopAll(started: Started): Promise<void> {
  for (const stop of started.toReversed()) {
    try {
      await stop()
    } catch (error) {
      process.stderr.write(`While stopping: ${(error as Error).message}\n`)
    }
  }
}
