import { shortAge, shortNumber } from '../../lib/quantity.ts'
import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { Style } from '../terminal/style.ts'
import { layoutTable, type Cell, type Column } from '../terminal/table.ts'
import { printable, truncate } from '../terminal/text.ts'
import { categoryLines, categoryLists } from './carried-text.ts'
import { incidentText } from './incident-text.ts'
import { rank, totalsOf, transfersOf, type Snapshot, type Transfer, type Transport } from './snapshot.ts'

const columns: Column[] = [
  { title: 'SENDER', least: 8 },
  { title: 'RECEIVER', least: 8 },
  { title: 'PROTOCOL', least: 5 },
  { title: 'TRANSPORT', least: 5 },
  { title: 'PERSONAL DATA', least: 12 },
  { title: 'LATEST', least: 0, align: 'right' },
]

/** Workloads that are not seen, by name; the rest of them is a number. */
const gapsShown = 5
const noticesShown = 3
const incidentsShown = 3
/** Where they share lines: about what a terminal of 110 columns has room for. */
const categoriesPerLine = 4

export interface Frame {
  snapshot: Snapshot
  /** Latest last. */
  notices: string[]
  style: Style
  width: number
  height: number
  /** It ends, and everything was stopped in order. */
  isLast?: boolean
}

/** The live summary: no wider than `width`, no higher than `height`, and whatever does not fit is counted. */
export function summaryLines(frame: Frame): string[] {
  const above = [...headline(frame), ...gapLines(frame), ...incidentLines(frame), '']
  const below = ['', ...footer(frame)]
  const room = Math.max(3, frame.height - above.length - below.length)
  return [...above, ...tableLines(frame, room), ...below].slice(0, frame.height)
}

function headline({ snapshot, style, width, isLast = false }: Frame): string[] {
  const seen = snapshot.workloads.filter((state) => state.coverage === 'seen').length
  const since = new Date(snapshot.startedAt).toTimeString().slice(0, 8)
  const text = `${isLast ? 'watched' : 'watching'} ${seen} of ${snapshot.workloads.length} workloads · since ${since} · ${snapshot.url}`
  const lines = [`${style.bold('Pavise')}  ${truncate(text, width - 8)}`]
  if (!isLast && snapshot.enforcers.every((enforcer) => !enforcer.connected)) {
    lines.push(style.alarm(truncate('No enforcer is connected: nothing is seen now.', width)))
  }
  return lines
}

/** A workload that is not seen, on a line. */
export function gapText({ workload, coverage, detail }: WorkloadState): string {
  return printable(`${workload.name} is not seen (${coverage})${detail === undefined ? '' : `: ${detail}`}`)
}

function gapLines({ snapshot, style, width }: Frame): string[] {
  const gaps = snapshot.workloads.filter(
    (state) => state.coverage !== 'seen' && state.coverage !== 'starting',
  )
  const lines = gaps.slice(0, gapsShown).map((state) => style.warn(truncate(gapText(state), width)))
  const more = gaps.length - gapsShown
  if (more > 0)
    lines.push(style.warn(`and ${more} more workloads are not seen: ${snapshot.url}/api/v1/status`))
  return lines
}

/** The last of what was done against the rules or is suspicious. */
function incidentLines({ snapshot: { incidents }, style, width }: Frame): string[] {
  return incidents.slice(-incidentsShown).map((each) => style.alarm(truncate(incidentText(each), width)))
}

/** How the data of a transfer is told. */
type Telling = (carried: Transfer['carried']) => string[]
const onOneLine: Telling = (carried) => categoryLists(carried)
/** From what says most to what takes the least room. */
const tellings: readonly Telling[] = [
  categoryLines,
  (carried) => categoryLists(carried, categoriesPerLine),
  onOneLine,
]

/** Told as fully as all of it fits. */
function tableLines({ snapshot, style, width }: Frame, room: number): string[] {
  const transfers = rank(snapshot.dataFlows.flatMap(transfersOf))
  if (transfers.length === 0) return [style.dim(nothingYet(snapshot))]
  for (const telling of tellings) {
    const all = transfers.flatMap((transfer) => rows(transfer, telling, snapshot.now, style))
    if (all.length <= room - 1) return table(all, style, width)
  }
  const shown = transfers.slice(0, Math.max(1, room - 2))
  const lines = table(
    shown.flatMap((transfer) => rows(transfer, onOneLine, snapshot.now, style)),
    style,
    width,
  )
  const more = transfers.length - shown.length
  return [...lines, style.dim(truncate(`and ${more} more: ${snapshot.url}/api/v1/flows`, width))]
}

function table(rows: Cell[][], style: Style, width: number): string[] {
  const [heading, ...lines] = layoutTable(columns, rows, width)
  return [style.dim(heading), ...lines]
}

function nothingYet(snapshot: Snapshot): string {
  return snapshot.workloads.length === 0
    ? 'No workloads yet: containers and network namespaces appear here as they start.'
    : 'No traffic yet.'
}

/** A transfer with its data, which may go on for more lines. */
function rows(transfer: Transfer, textsOf: Telling, now: number, style: Style): Cell[][] {
  const { sender, receiver, application, transport, carried, last } = transfer
  const data: Cell[] =
    carried.length > 0
      ? textsOf(carried).map((text) => ({ text, style: style.bold }))
      : [{ text: transport === 'encrypted' ? 'not readable' : 'none found', style: style.dim }]
  const first = [
    { text: printable(sender.name) },
    { text: printable(receiver.name) },
    { text: printable(application) },
    transportCell(transport, carried.length > 0, style),
    data[0],
    { text: shortAge(now - last), style: style.dim },
  ]
  return [first, ...data.slice(1).map((cell) => first.map((_, column) => (column === 4 ? cell : nothing)))]
}

const nothing: Cell = { text: '' }

function transportCell(transport: Transport, hasData: boolean, style: Style): Cell {
  if (transport !== 'clear')
    return { text: transport, ...(transport === 'encrypted' && { style: style.good }) }
  return { text: 'CLEAR', ...(hasData && { style: style.alarm }) }
}

/** `12k flows · 340 values of personal data, 300 of them in clear text · …` */
export function totalsText(snapshot: Snapshot): string {
  const { flows, values, valuesInClear, packets } = totalsOf(snapshot)
  const clear = values > 0 ? `, ${shortNumber(valuesInClear)} of them in clear text` : ''
  const data = `${shortNumber(values)} values of personal data${clear}`
  return `${shortNumber(packets)} packets · ${shortNumber(flows)} flows · ${data}`
}

function footer({ snapshot, notices, style, width }: Frame): string[] {
  const { dropped, lost } = totalsOf(snapshot)
  const lines = [truncate(totalsText(snapshot), width)]
  if (dropped > 0)
    lines.push(style.alarm(truncate(`${shortNumber(dropped)} packets were dropped unseen.`, width)))
  if (lost > 0) lines.push(style.alarm(truncate(`${shortNumber(lost)} records were lost.`, width)))
  for (const notice of notices.slice(-noticesShown)) lines.push(style.dim(truncate(printable(notice), width)))
  return lines
}
