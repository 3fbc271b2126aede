import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { BodyKeys } from '../../src/evidence/body-keys.ts'
import { Ledger } from '../../src/evidence/ledger.ts'
import { SigningKeys } from '../../src/evidence/signing-keys.ts'
import { CaptureStore } from '../../src/capture/store/capture-store.ts'
import { loadCaptureKey } from '../../src/capture/store/instance-key.ts'
import type { AutomaticCapture } from '../../src/model/captures.ts'
import { Controller, type ControllerOptions } from '../../src/controller/controller.ts'
import { silentLog } from '../../src/lib/log.ts'
import { defaultRetention } from '../../src/store/limits.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import type { Store } from '../../src/store/store.ts'

export const hashKey = 'ab'.repeat(32)

export interface Running {
  controller: Controller
  store: Store
  folder: string
  socketPath: string
  log: string[]
  /** Before the end of the test; once. */
  stop: () => Promise<void>
}

export function temporaryFolder(t: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface ControllerChange {
  store?: (store: Store) => Store
  folder?: string
  now?: () => number
  /** Keeps packets, and has enforcers record this by themselves. */
  captures?: AutomaticCapture
  /** Listens for nodes, too; how long their certificates are valid, and on which port, where it must be a certain one. */
  nodes?: { certificateMs?: number; port?: number }
  notify?: NonNullable<ControllerOptions['notify']>
}

/** A controller on a real socket with a real store, until the test ends. */
export async function startController(
  t: Pick<TestContext, 'after'>,
  change: ControllerChange = {},
): Promise<Running> {
  const folder = change.folder ?? temporaryFolder(t)
  const sqlite = await SqliteStore.open(join(folder, 'store.db'))
  const store = change.store?.(sqlite) ?? sqlite
  const log: string[] = []
  const ledger = await openLedger(folder, sqlite)
  const socketPath = join(folder, 'controller.sock')
  const controller = await Controller.start({
    store,
    socketPath,
    hashKey,
    retention: defaultRetention,
    ledger,
    ...(change.captures === undefined ? {} : { captures: capturesIn(folder, change.captures) }),
    ...(change.nodes === undefined ? {} : { nodes: nodesIn(folder, change.nodes) }),
    ...(change.notify === undefined ? {} : { notify: change.notify }),
    ...(change.now === undefined ? {} : { now: change.now }),
    log: (level, message) => log.push(`${level}: ${message}`),
  })
  let stopped: Promise<void> | undefined
  const stop = () =>
    (stopped ??= (async () => {
      await controller.close()
      await ledger.close()
      await sqlite.close()
    })())
  t.after(stop)
  return { controller, store, folder, socketPath, log, stop }
}

function nodesIn(folder: string, nodes: NonNullable<ControllerChange['nodes']>) {
  return { host: '127.0.0.1', port: 0, folder: join(folder, 'nodes'), ...nodes }
}

function capturesIn(folder: string, automatic: AutomaticCapture) {
  const key = loadCaptureKey(join(folder, 'captures.key'))
  return { automatic, store: new CaptureStore({ folder: join(folder, 'captures'), key, now: Date.now }) }
}

/** The ledger of a store, with keys that lie in the folder. */
export function openLedger(folder: string, { evidence: store }: Store): Promise<Ledger> {
  const signing = SigningKeys.load(join(folder, 'evidence.key'))
  const keys = BodyKeys.load(join(folder, 'evidence-bodies.keys'))
  return Ledger.open({ store, signing, keys, log: silentLog })
}

/** Waits for something that other processes or threads bring about. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  what: string,
  ms = 30_000,
): Promise<void> {
  const deadline = performance.now() + ms
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`It did not happen within ${ms / 1000} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
