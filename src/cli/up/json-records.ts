import type { Writable } from 'node:stream'
import type { Controller } from '../../controller/controller.ts'
import type { Subscription } from '../../controller/event-log.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { CoverageRecord, SummaryRecord } from '../../model/records.ts'
import { totalsOf, takeSnapshot } from './snapshot.ts'

/** Events that are records; the others tell of Pavise itself. */
const recordTypes = new Set([
  'flow',
  'personal-data',
  'coverage',
  'violation',
  'threat',
  'attack',
  'process',
  'file',
])

/** Every record on a line as it is stored, no faster than it is read, and at the end a summary. */
export class JsonRecords {
  readonly #controller: Controller
  readonly #output: Writable
  readonly #subscription: Subscription
  readonly #onDrain = () => this.#pump()
  #skipped = 0

  constructor(controller: Controller, output: Writable) {
    this.#controller = controller
    this.#output = output
    const subscription = controller.events.subscribe(() => this.#pump())
    if (!subscription) throw new Error('The event log has no room for a reader')
    this.#subscription = subscription
    output.on('drain', this.#onDrain)
    this.#pump()
  }

  stop(): void {
    this.#pump()
    this.#subscription.close()
    this.#output.off('drain', this.#onDrain)
    this.#output.write(`${toJsonText(this.#summary())}\n`)
  }

  #pump(): void {
    while (!this.#output.writableNeedDrain) {
      const taken = this.#subscription.take()
      if (!taken) return
      if ('missed' in taken) this.#output.write(`${toJsonText(this.#behind(taken.missed))}\n`)
      else if (recordTypes.has(taken.event.type)) this.#output.write(`${taken.event.data}\n`)
    }
  }

  /** Whoever reads must know that it was too slow; all is in the store nevertheless. */
  #behind(missed: number): CoverageRecord {
    this.#skipped += missed
    const detail = `the reader of this output was too slow: ${missed} events were left out`
    return { type: 'coverage', at: new Date().toISOString(), reason: 'output-behind', detail }
  }

  #summary(): SummaryRecord {
    const snapshot = takeSnapshot(this.#controller, '')
    const { packets, flows, dropped, lost } = totalsOf(snapshot)
    const applications: Record<string, number> = {}
    const findings: Record<string, number> = {}
    for (const flow of snapshot.dataFlows) {
      applications[flow.application] = (applications[flow.application] ?? 0) + flow.flows
      for (const data of flow.carried)
        findings[data.identifier] = (findings[data.identifier] ?? 0) + data.count
    }
    return {
      type: 'summary',
      start: new Date(snapshot.startedAt).toISOString(),
      end: new Date(snapshot.now).toISOString(),
      packets,
      bytes: snapshot.enforcers.reduce((sum, { status }) => sum + (status?.bytes ?? 0), 0),
      flows,
      applications,
      findings,
      skipped: { droppedPackets: dropped, lostRecords: lost, outputBehind: this.#skipped },
    }
  }
}
