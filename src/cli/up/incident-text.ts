import type { RecentIncident } from '../../controller/recent-incidents.ts'
import type { FileRecord, ProcessRecord, ViolationRecord } from '../../model/records.ts'
import { printable } from '../terminal/text.ts'

/** What happened against the rules, or is suspicious, on a line: who, what became of it, and why. */
export function incidentText({ incident, workload }: RecentIncident): string {
  const told =
    incident.type === 'process'
      ? processText(incident)
      : incident.type === 'file'
        ? fileText(incident)
        : violationText(incident)
  const times = incident.count > 1 ? ` (${incident.count} times)` : ''
  return printable(`${workload}: ${told}${times}`)
}

const reasons: Readonly<Record<ProcessRecord['reason'], string>> = {
  rule: 'a rule denies it',
  image: 'the image brought it',
  drift: 'the image did not bring it',
  'not-listed': 'nobody has listed it',
  suspicious: 'it is suspicious',
}

function processText({ action, process, reason, rule, suspicion }: ProcessRecord): string {
  const what = process.name === '' ? process.path : `${process.name} (${process.path})`
  const why = suspicion === undefined ? (rule ?? reasons[reason]) : `${suspicion.kind}, ${suspicion.severity}`
  return `${action.toUpperCase()} ${what}: ${why}`
}

function fileText({ action, operation, path, process, rule }: FileRecord): string {
  const who = process === undefined ? '' : ` by ${process.name}`
  return `${action.toUpperCase()} ${path} ${operation}${who}: ${rule}`
}

function violationText({ action, reason }: ViolationRecord): string {
  return `${action.toUpperCase()} ${reason}`
}
