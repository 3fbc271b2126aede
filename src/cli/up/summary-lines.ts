import type { CarriedData } from '../../controller/data-flow.ts'
import { shortAge, shortNumber } from '../../lib/quantity.ts'
import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { Style } from '../terminal/style.ts'
import { layoutTable, type Cell, type Column } from '../terminal/table.ts'
import { printable, truncate } from '../terminal/text.ts'
import { rank, totalsOf, transfersOf, type Snapshot, type Transfer } from './snapshot.ts'

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

export interface Frame {
  snapshot: Snapshot
  /** Latest last. */
  notices: string[]
  style: Style
  width: number
  height: number
}

/** The live summary: no wider than `width`, no higher than `height`, and whatever does not fit is counted. */
export function summaryLines(frame: Frame): string[] {
  const above = [...headline(frame), ...gapLines(frame), '']
  const below = ['', ...footer(frame)]
  const room = Math.max(3, frame.height - above.length - below.length)
  return [...above, ...tableLines(frame, room), ...below].slice(0, frame.height)
}

function headline({ snapshot, style, width }: Frame): string[] {
  const seen = snapshot.workloads.filter((state) => state.coverage === 'seen').length
  const since = new Date(snapshot.startedAt).toTimeString().slice(0, 8)
  const text = `watching ${seen} of ${snapshot.workloads.length} workloads · since ${since} · ${snapshot.url}`
  const lines = [`${style.bold('Pavise')}  ${truncate(text, width - 8)}`]
  if (snapshot.enforcers.every((enforcer) => !enforcer.connected)) {
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

function tableLines({ snapshot, style, width }: Frame, room: number): string[] {
  const transfers = rank(snapshot.dataFlows.flatMap(transfersOf))
  if (transfers.length === 0) return [style.dim(nothingYet(snapshot))]
  const shown = transfers.length <= room - 1 ? transfers : transfers.slice(0, Math.max(1, room - 2))
  const [heading, ...rows] = layoutTable(
    columns,
    shown.map((transfer) => cells(transfer, snapshot.now, style)),
    width,
  )
  const lines = [style.dim(heading), ...rows]
  const more = transfers.length - shown.length
  if (more > 0) lines.push(style.dim(truncate(`and ${more} more: ${snapshot.url}/api/v1/flows`, width)))
  return lines
}

function nothingYet(snapshot: Snapshot): string {
  return snapshot.workloads.length === 0
    ? 'No workloads yet: containers and network namespaces appear here as they start.'
    : 'No traffic yet.'
}

function cells(transfer: Transfer, now: number, style: Style): Cell[] {
  const atRisk = transfer.carried.length > 0 && !transfer.encrypted
  return [
    { text: printable(transfer.sender.name) },
    { text: printable(transfer.receiver.name) },
    { text: printable(transfer.application) },
    transfer.encrypted
      ? { text: 'encrypted', style: style.good }
      : { text: 'CLEAR', ...(atRisk ? { style: style.alarm } : {}) },
    {
      text: carriedText(transfer),
      ...(transfer.carried.length > 0 ? { style: style.bold } : { style: style.dim }),
    },
    { text: shortAge(now - transfer.last), style: style.dim },
  ]
}

function carriedText(transfer: Transfer): string {
  if (transfer.carried.length > 0) return transfer.carried.map(countText).join(', ')
  return transfer.encrypted ? 'not readable' : 'none found'
}

/** `iban 120 (80 different)`: at least so many different ones. */
function countText({ identifier, count, distinct }: CarriedData): string {
  return `${printable(identifier)} ${shortNumber(count)} (${shortNumber(distinct)} different)`
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
