import type { Ledger } from '../../evidence/ledger.ts'
import type { Log } from '../../lib/log.ts'
import type { Notice } from '../../notify/notice.ts'
import type { BreachCase } from '../../privacy/case.ts'
import type { DataFlow } from '../data-flow.ts'
import { controllerLimits } from '../limits.ts'
import type { Cases } from './cases.ts'
import { type Reminder, remindersOf } from './reminders.ts'

interface WatchParts {
  cases: Cases
  ledger: Ledger
  dataFlows: () => DataFlow[]
  /** Personal data of so many persons that leaves in the clear opens a case; null for none. */
  persons: number | null
  notify: (notice: Notice) => void
  now: () => number
  log: Log
}

/** Who opens cases by a rule. */
const author = 'pavise'

/** Looks each minute at the clocks of open cases, and at what leaves in the clear; what was told is on record, and not told again. */
export class CaseWatch {
  readonly #parts: WatchParts
  readonly #timer: NodeJS.Timeout
  readonly #told = new Set<string>()
  #isLoaded = false
  #running: Promise<void> = Promise.resolve()

  constructor(parts: WatchParts) {
    this.#parts = parts
    this.#timer = setInterval(() => void this.look(), controllerLimits.caseWatchMs).unref()
  }

  /** Looks now; one after the other. Never rejects. */
  look(): Promise<void> {
    this.#running = this.#running
      .then(() => this.#round())
      .catch((error: unknown) => {
        this.#parts.log('error', `Cases were not looked at: ${(error as Error).message}`)
      })
    return this.#running
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  async #round(): Promise<void> {
    await this.#load()
    await this.#openByRule()
    const { cases, now } = this.#parts
    const reminders = remindersOf(await cases.list(), now(), (key) => this.#told.has(key))
    for (const reminder of reminders) await this.#remind(reminder)
  }

  /** What was told before this start. */
  async #load(): Promise<void> {
    if (this.#isLoaded) return
    const limit = controllerLimits.noticesKnown
    const entries = await this.#parts.ledger.entries({ from: 0, kind: 'notice', limit, isNewestFirst: true })
    for (const { body } of entries) {
      const { key } = JSON.parse(body?.text ?? '{}') as { key?: string }
      if (key !== undefined) this.#told.add(key)
    }
    this.#isLoaded = true
  }

  async #remind({ key, breach, clock, stage, due }: Reminder): Promise<void> {
    const { ledger, notify, now } = this.#parts
    const end = new Date(due).toISOString()
    const title =
      stage.id === 'over' ? `${clock.law}: the time is over` : `${clock.law}: less than ${stage.id} left`
    const text = `${breach.id}, ${breach.title}: ${clock.what}; due ${end}.`
    const body = { key, case: breach.id, clock: clock.id, stage: stage.id, due: end }
    await ledger.append({ kind: 'notice', actor: author, at: now(), body })
    this.#told.add(key)
    notify({ at: new Date(now()).toISOString(), urgency: stage.urgency, about: breach.id, title, text })
  }

  /** One open case for each workload that data leaves; another only for what was seen after that was closed. */
  async #openByRule(): Promise<void> {
    const { persons, dataFlows, cases } = this.#parts
    if (persons === null) return
    const leaving = dataFlows().filter((flow) => isLeavingInClear(flow) && flow.dataSubjects >= persons)
    if (leaving.length === 0) return
    const known = await cases.list()
    for (const [workload, flows] of Map.groupBy(leaving, ({ client }) => client.id)) {
      const closedAt = known.filter((breach) => isOf(breach, workload)).map(endOf)
      const last = Math.max(...flows.map((flow) => flow.last))
      if (closedAt.every((at) => at < last)) await this.#open(workload, flows)
    }
  }

  async #open(workload: string, flows: readonly DataFlow[]): Promise<void> {
    const { cases, notify, now, persons } = this.#parts
    const most = Math.max(...flows.map(({ dataSubjects }) => dataSubjects))
    const { name } = flows[0].client
    const began = new Date(Math.min(...flows.map(({ first }) => first))).toISOString()
    const detected = new Date(now()).toISOString()
    const title = `Personal data of about ${most} persons left ${name} in the clear`.slice(
      0,
      controllerLimits.idLength,
    )
    const reason = `Rule: personal data of ${persons} persons or more left a workload in the clear.`
    const input = { title, workloads: [workload], times: { began, detected } }
    const { id } = await cases.open(input, { by: author, reason })
    const text = `${title}. Whether it is a breach, and when you became aware of it, is for a person to say.`
    notify({ at: detected, urgency: 'critical', about: id, title: `${id} was opened by a rule`, text })
  }
}

/** To somebody who is no workload here, with data that the workload has sent. */
function isLeavingInClear({ client, server, encrypted, carried }: DataFlow): boolean {
  const isOutside = client.kind === 'workload' && server.kind === 'server'
  return isOutside && !encrypted && carried.some(({ direction }) => direction === 'to-server')
}

function isOf({ history, workloads }: BreachCase, workload: string): boolean {
  return history[0]?.by === author && workloads[0] === workload
}

/** Until when a case speaks of what is seen: an open one without end. */
function endOf({ state, history, openedAt }: BreachCase): number {
  return state === 'open' ? Infinity : Date.parse(history.at(-1)?.at ?? openedAt)
}
