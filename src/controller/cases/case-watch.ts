import type { Ledger } from '../../evidence/ledger.ts'
import type { Log } from '../../lib/log.ts'
import type { Notice } from '../../notify/notice.ts'
import type { BreachCase } from '../../privacy/case.ts'
import { SubjectSketch } from '../../personal-data/counting/subject-sketch.ts'
import type { ObservedFlow } from '../../privacy/map/observed-flow.ts'
import type { Party } from '../data-flow.ts'
import { controllerLimits } from '../limits.ts'
import type { Cases } from './cases.ts'
import { type Reminder, remindersOf } from './reminders.ts'

interface WatchParts {
  cases: Cases
  ledger: Ledger
  dataFlows: () => ObservedFlow[]
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
    const leaving = dataFlows().flatMap((flow) => leavingInClear(flow) ?? [])
    const known = await cases.list()
    for (const all of Map.groupBy(leaving, ({ sender }) => sender.id).values()) {
      const count = personsIn(all)
      if (count < persons) continue
      const [{ sender }] = all
      const closedAt = known.filter((breach) => isOf(breach, sender.id)).map(endOf)
      const last = Math.max(...all.map((flow) => flow.last))
      const began = Math.min(...all.map(({ first }) => first))
      if (closedAt.every((at) => at < last)) await this.#open(sender, count, began)
    }
  }

  async #open({ id: workload, name }: Party, count: number, began: number): Promise<void> {
    const { cases, notify, now, persons } = this.#parts
    const detected = new Date(now()).toISOString()
    const title = `Personal data of about ${count} persons left ${name} in the clear`.slice(
      0,
      controllerLimits.idLength,
    )
    const reason = `Rule: personal data of ${persons} persons or more left a workload in the clear.`
    const times = { began: new Date(began).toISOString(), detected }
    const { id } = await cases.open({ title, workloads: [workload], times }, { by: author, reason })
    const text = `${title}. Whether it is a breach, and when you became aware of it, is for a person to say.`
    notify({ at: detected, urgency: 'critical', about: id, title: `${id} was opened by a rule`, text })
  }
}

/** What a workload sent to somebody who is none, as the client of a connection or as its server. Times in ms since 1970. */
interface Leaving {
  sender: Party
  /** Whose data it is: a `SubjectSketch` as a text. */
  subjects: string
  first: number
  last: number
}

function leavingInClear(flow: ObservedFlow): Leaving | undefined {
  const { client, server, encrypted, carried, subjects, first, last } = flow
  const carries = (sent: 'to-server' | 'to-client') => carried.some(({ direction }) => direction === sent)
  if (encrypted) return undefined
  if (client.kind === 'workload' && server.kind === 'server' && carries('to-server'))
    return { sender: client, subjects: subjects.toServer, first, last }
  if (server.kind === 'workload' && client.kind === 'outside' && carries('to-client'))
    return { sender: server, subjects: subjects.toClient, first, last }
  return undefined
}

/** About how many persons it is together, each once. */
function personsIn(leaving: readonly Leaving[]): number {
  const all = new SubjectSketch()
  for (const { subjects } of leaving) all.merge(subjects)
  return all.estimate()
}

function isOf({ history, workloads }: BreachCase, workload: string): boolean {
  return history[0]?.by === author && workloads[0] === workload
}

/** Until when a case speaks of what is seen: an open one without end. */
function endOf({ state, history, openedAt }: BreachCase): number {
  return state === 'open' ? Infinity : Date.parse(history.at(-1)?.at ?? openedAt)
}
