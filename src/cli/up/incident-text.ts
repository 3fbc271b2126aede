import type { RecentIncident } from '../../controller/recent-incidents.ts'
import type {
  AttackRecord,
  FileRecord,
  ProcessRecord,
  ThreatRecord,
  ViolationRecord,
} from '../../model/records.ts'
import { printable } from '../terminal/text.ts'

/** What happened against the rules, or is suspicious, on a line: who, what became of it, and why. */
export function incidentText({ incident, workload }: RecentIncident): string {
  const told = toldOf(incident)
  const times = incident.count > 1 ? ` (${incident.count} times)` : ''
  return printable(`${workload}: ${told}${times}`)
}

function toldOf(incident: RecentIncident['incident']): string {
  switch (incident.type) {
    case 'process':
      return processText(incident)
    case 'file':
      return fileText(incident)
    case 'attack':
      return attackText(incident)
    case 'threat':
      return threatText(incident)
    default:
      return violationText(incident)
  }
}

const reasons: Readonly<Record<ProcessRecord['reason'], string>> = {
  rule: 'a rule denies it',
  image: 'the image brought it',
  drift: 'the image did not bring it',
  'not-listed': 'nobody has listed it',
  suspicious: 'it is suspicious',
  'not-admitted': 'its container lacks labels that it has to have',
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

function threatText({ name, severity, source, target, reason }: ThreatRecord): string {
  const ends = source === undefined || target === undefined ? '' : ` ${source.address} → ${target.address}`
  return `${severity.toUpperCase()} ${name}${ends}: ${reason}`
}

function attackText({ action, class: attackClass, client, server, reasons }: AttackRecord): string {
  const why = reasons.map(({ what }) => what).join('; ')
  return `${action.toUpperCase()} ${attackClass} ${client.address} → ${server.address}: ${why}`
}

function violationText({ action, reason }: ViolationRecord): string {
  return `${action.toUpperCase()} ${reason}`
}
