import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClinicFolder } from './folder.ts'
import { network, roles, type Role } from './plan.ts'
import { type Service, type Stage, startService } from './stages/stage.ts'

const READY_MS = 30_000
/** For services to end in order. */
const STOP_MS = 3_000

/** The services on their stage. When one of them ends, so does the clinic. */
export class Clinic {
  /** Resolves with why it ends, or is to end before it is open. */
  readonly ended: Promise<unknown>
  readonly #folder: ClinicFolder
  readonly #stage: Stage
  readonly #ending: AbortController
  readonly #services: Service[] = []

  constructor(folder: ClinicFolder, stage: Stage, ending: AbortController) {
    this.#folder = folder
    this.#stage = stage
    this.#ending = ending
    const { signal } = ending
    this.ended = new Promise((resolve) =>
      signal.addEventListener('abort', () => resolve(signal.reason), { once: true }),
    )
  }

  /** @throws where it cannot be opened, or is to end meanwhile; `close` takes away what was made by then */
  async open(): Promise<void> {
    const { signal } = this.#ending
    this.#folder.clear()
    await this.#stage.open(signal)
    this.#folder.makeCertificate()
    const server = this.#folder.makeDatabase([network.subnet, network.subnet6])
    for (const role of roles) {
      signal.throwIfAborted()
      await this.#start(role, role === 'database' ? server : this.#script(role))
    }
  }

  async close(): Promise<void> {
    for (const { role, child } of this.#services.toReversed())
      child.kill(role === 'database' ? 'SIGINT' : 'SIGTERM')
    const all = Promise.all(this.#services.map(({ ended }) => ended))
    await Promise.race([all, sleep(STOP_MS, undefined, { ref: false })])
    for (const { child } of this.#services) child.kill('SIGKILL')
    this.#stage.close()
  }

  #script(role: Role): string[] {
    return [process.execPath, join(import.meta.dirname, 'services', `${role}.ts`), this.#folder.path]
  }

  async #start(role: Role, command: readonly string[]): Promise<void> {
    const { log } = this.#folder
    const service = startService(role, this.#stage.command(role, command), log)
    this.#services.push(service)
    void service.ended.then((how) => this.#ending.abort(new Error(`${role} ended: ${how}; ${log} says why`)))
    const isReady = await Promise.race([
      readiness(service),
      this.ended,
      sleep(READY_MS, false, { ref: false }),
    ])
    this.#ending.signal.throwIfAborted()
    if (isReady === false)
      throw new Error(`${role} was not ready within ${READY_MS / 1000} s; ${log} says why`)
  }
}

/** PostgreSQL says so in its log, the others on standard output. */
async function readiness({ role, child }: Service): Promise<true> {
  const output = role === 'database' ? child.stderr : child.stdout
  if (output === null) return true
  for (;;) {
    const [chunk] = (await once(output, 'data')) as [Buffer]
    if (/ready/.test(chunk.toString())) return true
  }
}
