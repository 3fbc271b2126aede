import type { CarriedData } from '../../controller/data-flow.ts'
import { printable } from '../terminal/text.ts'
import { incidentText } from './incident-text.ts'
import { transfersOf, type Snapshot, type Transfer } from './snapshot.ts'
import { gapText, totalsText } from './summary-lines.ts'

/** Lines for one snapshot, at most; the rest is a number. A log that nobody can read says nothing. */
const linesPerSnapshot = 50

/** One line for each thing that is new, for where nobody watches: logs, pipes, continuous integration. */
export class FactLines {
  /** What was told, of what there still is. */
  #told = new Set<string>()

  next(snapshot: Snapshot): string[] {
    const facts = new Map([...workloadFacts(snapshot), ...dataFacts(snapshot), ...incidentFacts(snapshot)])
    const lines: string[] = []
    for (const [key, line] of facts) if (!this.#told.has(key)) lines.push(line)
    this.#told = new Set(facts.keys())
    const more = lines.length - linesPerSnapshot
    const shown =
      more > 0
        ? [...lines.slice(0, linesPerSnapshot), `and ${more} more: ${snapshot.url}/api/v1/findings`]
        : lines
    return shown.map((line) => `${clock(snapshot.now)} ${line}`)
  }
}

export function summaryFact(snapshot: Snapshot): string {
  const seen = snapshot.workloads.filter((state) => state.coverage === 'seen').length
  return `${clock(snapshot.now)} ${seen} of ${snapshot.workloads.length} workloads are seen · ${totalsText(snapshot)}`
}

function* workloadFacts(snapshot: Snapshot): Generator<[key: string, line: string]> {
  for (const state of snapshot.workloads) {
    const { id, name, runtime } = state.workload
    if (state.coverage === 'starting') continue
    const line = state.coverage === 'seen' ? printable(`${name} is seen (${runtime})`) : gapText(state)
    yield [`workload ${id} ${state.coverage}`, line]
  }
}

function* dataFacts(snapshot: Snapshot): Generator<[key: string, line: string]> {
  for (const transfer of snapshot.dataFlows.flatMap(transfersOf)) {
    if (transfer.carried.length === 0) yield [transfer.key, ends(transfer)]
    for (const data of transfer.carried) {
      yield [`${transfer.key} ${data.identifier}`, `${ends(transfer)}: ${dataText(data)}`]
    }
  }
}

/** Once each, however often it happens. */
function* incidentFacts({ incidents }: Snapshot): Generator<[key: string, line: string]> {
  for (const each of incidents) {
    const { incident, workload } = each
    yield [`incident ${incident.recordId}`, incidentText({ incident: { ...incident, count: 1 }, workload })]
  }
}

function ends({ sender, receiver, application, transport }: Transfer): string {
  const how = transport === 'clear' ? 'CLEAR' : transport
  return printable(`${sender.name} → ${receiver.name} ${application} ${how}`)
}

function dataText({ identifier, field, masked }: CarriedData): string {
  return printable(`${identifier} in ${field}, e.g. ${masked}`)
}

/** Time of day where this runs. */
function clock(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 8)
}
