import type { ObservedRecord } from '../../model/enforcer-messages.ts'
import type {
  AttackRecord,
  CoverageRecord,
  FileRecord,
  PersonalDataRecord,
  ProcessRecord,
  ThreatRecord,
  ViolationRecord,
} from '../../model/records.ts'
import type { EventLevel, ResponseEvent } from '../../model/response-words.ts'
import { packageDatabases } from '../files/predefined.ts'

/** Something that response rules can be about. It holds no value that was found. */
export interface SecurityEvent {
  event: ResponseEvent
  /** What it is called: NeuVector's name where it has one, then ours. */
  names: readonly [string, ...string[]]
  level: EventLevel
  /** Id of the workload that it is about; absent where it is about none. */
  workload?: string
  /** `pids`: of those of the kind that were seen last. */
  program?: { pids: readonly number[]; name: string; path: string }
  /** One sentence for people. */
  text: string
  /** What of it is told again and again as one matter: with its name and workload what tells it from others. */
  matter: string
}

type Told = Omit<SecurityEvent, 'event' | 'workload' | 'program'>

const threatLevels: Record<ThreatRecord['severity'], EventLevel> = {
  critical: 'Critical',
  high: 'Error',
  medium: 'Warning',
  low: 'Notice',
  info: 'Info',
}

/** What a record tells of, for response rules; undefined where it is none of their business, such as a flow. */
export function eventOf(record: ObservedRecord): SecurityEvent | undefined {
  if (record.type === 'coverage') return { event: 'event', ...workloadOf(record), ...gapTold(record) }
  const told = toldOf(record)
  if (told === undefined) return undefined
  const { process: program, pids } = record as Partial<Pick<ProcessRecord, 'process' | 'pids'>>
  return {
    event: 'security-event',
    ...workloadOf(record),
    ...(program && { program: { pids: pids ?? [program.pid], name: program.name, path: program.path } }),
    ...told,
  }
}

/** That somebody, or a rule, cut a workload off or let it go again. */
export function quarantineEvent(workload: string, isCutOff: boolean, reason: string): SecurityEvent {
  const name = isCutOff ? 'Container.Quarantined' : 'Container.Unquarantined'
  return { event: 'security-event', names: [name], level: 'Warning', workload, text: reason, matter: '' }
}

function toldOf(record: ObservedRecord): Told | undefined {
  switch (record.type) {
    case 'threat':
      return threatTold(record)
    case 'violation':
      return violationTold(record)
    case 'attack':
      return attackTold(record)
    case 'process':
      return processTold(record)
    case 'file':
      return fileTold(record)
    case 'personal-data':
      return sensorTold(record)
    default:
      return undefined
  }
}

function workloadOf({ workload }: { workload?: string }): { workload?: string } {
  return workload === undefined ? {} : { workload }
}

function levelOf(action: string): EventLevel {
  return action === 'blocked' || action === 'killed' ? 'Critical' : 'Warning'
}

function threatTold({ name, threat, severity, reason }: ThreatRecord): Told {
  return { names: [name, `${threat}`], level: threatLevels[severity], text: reason, matter: '' }
}

function violationTold({ action, criterion, finding, reason, server }: ViolationRecord): Told {
  const isSensor = finding?.identifier.includes('/') === true
  const sensor = isSensor ? [`DLP.${finding.identifier}`] : []
  const matter = `${server.address}:${server.port}`
  const names = ['Network.Violation', `Network.Violation.${criterion}`, ...sensor] as const
  return { names, level: levelOf(action), text: reason, matter }
}

/** NeuVector has a name for one class of attacks; whatever their class, what is found in content is grave. */
function attackTold({ class: attackClass, action, place, field, reasons }: AttackRecord): Told {
  const known = attackClass === 'sql-injection' ? ['SQL.Injection'] : []
  const sensors = reasons.map(({ rule }) => rule).filter((rule) => rule.startsWith('WAF.'))
  const where = field === '' ? place : `${place} ${field}`
  return {
    names: [`Attack.${attackClass}`, ...known, ...sensors],
    level: 'Critical',
    text: `${attackClass} in ${where}, ${action}.`,
    matter: '',
  }
}

function processTold({
  event,
  process: program,
  action,
  suspicion,
  reason,
}: ProcessRecord): Told | undefined {
  const { name, path } = program
  const matter = path
  const what = `${name} (${path})`
  if (event === 'became-root')
    return {
      ...{ names: ['Container.Privilege.Escalation'], level: 'Critical', matter },
      text: `${what} became root.`,
    }
  if (suspicion !== undefined)
    return {
      names: ['Container.Suspicious.Process', `Container.Suspicious.Process.${suspicion.kind}`],
      level: threatLevels[suspicion.severity],
      text: `${what} is suspicious: ${suspicion.kind}, ${action}.`,
      matter,
    }
  if (action === 'allowed' || action === 'learned') return undefined
  return {
    ...{ names: ['Process.Profile.Violation'], level: levelOf(action), matter },
    text: `${what}, ${action}: ${reason}.`,
  }
}

function fileTold({ path, operation, action }: FileRecord): Told {
  const isPackages = operation !== 'opened' && packageDatabases.has(path)
  const name = isPackages ? 'Container.Package.Updated' : 'Container.FileAccess.Violation'
  return { names: [name], level: levelOf(action), text: `${path} was ${operation}, ${action}.`, matter: path }
}

/** What recognisers find is no event in itself; what a sensor of the user finds is one, as in NeuVector. */
function sensorTold({ identifier, direction }: PersonalDataRecord): Told | undefined {
  if (!identifier.includes('/')) return undefined
  const text = `Sensor ${identifier} found something, ${direction === 'to-server' ? 'to the server' : 'to the client'}.`
  return { names: [`DLP.${identifier}`], level: 'Warning', text, matter: direction }
}

/** Names that NeuVector has for what is not seen any more. */
const gapNames = new Map([
  ['enforcer-disconnected', 'Enforcer.Disconnect'],
  ['enforcer-ended', 'Enforcer.Stop'],
])

function gapTold({ reason, detail }: CoverageRecord): Told {
  const known = gapNames.get(reason)
  const ours = `Coverage.${reason}`
  if (known === undefined) return { names: [ours], level: 'Warning', text: detail, matter: '' }
  return { names: [known, ours], level: 'Error', text: detail, matter: '' }
}
