import type { Policy } from '../policy.ts'
import { applicationPending } from '../rules/applications.ts'
import { TransportCode } from '../rules/transport.ts'
import { effectOf } from '../verdict.ts'
import type { KernelVerdict } from './kernel-rules.ts'

/** A rectangle of IP protocols and ports that is decided alike. */
export interface PortRow {
  firstProtocol: number
  lastProtocol: number
  firstPort: number
  lastPort: number
  verdict: KernelVerdict
}

/** Whose connections are asked about, and what the queue is needed for besides the policy. */
export interface RowQuestion {
  from: number
  to: number
  /** The server is somebody outside, whom names make a member of groups. */
  isOutside: boolean
  /** What of TCP and UDP is allowed is to be seen all the same: for its content, or to tell its application. */
  needsLook: boolean
  /** Answers of DNS are to be read before they are forwarded. */
  readsAnswers: 'none' | 'port' | 'all-udp'
}

const LAST_PORT = 65_535
/** RFC 1035 section 4.2. */
const DNS_PORT = 53

/** IP protocols in order, as the transports that rules tell apart (`IpProtocol`, RFC 5237 for the range). */
const protocolSpans: readonly [first: number, last: number, transport: TransportCode][] = [
  [0, 0, TransportCode.other],
  [1, 1, TransportCode.icmp],
  [2, 5, TransportCode.other],
  [6, 6, TransportCode.tcp],
  [7, 16, TransportCode.other],
  [17, 17, TransportCode.udp],
  [18, 57, TransportCode.other],
  [58, 58, TransportCode.icmp],
  [59, 255, TransportCode.other],
]

/** All protocols and ports of connections from one peer to another, cut where the verdict changes. */
export function portRows(policy: Policy, question: RowQuestion): PortRow[] {
  const rows = protocolSpans.flatMap(([firstProtocol, lastProtocol, transport]) =>
    portsOf(policy, question, transport).map((ports) => ({ firstProtocol, lastProtocol, ...ports })),
  )
  return joinedProtocols(rows)
}

type Ports = Pick<PortRow, 'firstPort' | 'lastPort' | 'verdict'>

function portsOf(policy: Policy, question: RowQuestion, transport: TransportCode): Ports[] {
  const starts = piecesOf(policy, question, transport)
  const pieces = starts.map((firstPort, i) => ({
    firstPort,
    lastPort: (starts[i + 1] ?? LAST_PORT + 1) - 1,
    verdict: verdictAt(policy, question, transport, firstPort),
  }))
  return pieces.reduce<Ports[]>((joined, piece) => {
    const last = joined.at(-1)
    if (last?.verdict === piece.verdict) last.lastPort = piece.lastPort
    else joined.push({ ...piece })
    return joined
  }, [])
}

function piecesOf(policy: Policy, question: RowQuestion, transport: TransportCode): number[] {
  const { from, to, isOutside, readsAnswers } = question
  if (transport === TransportCode.icmp || transport === TransportCode.other) return [0]
  const starts = policy.portPieces(from, to, transport, isOutside).filter((port) => port <= LAST_PORT)
  if (readsAnswers === 'none') return starts
  return [...new Set([...starts, DNS_PORT, DNS_PORT + 1])].toSorted((a, b) => a - b)
}

function verdictAt(
  policy: Policy,
  question: RowQuestion,
  transport: TransportCode,
  port: number,
): KernelVerdict {
  const { from, to, isOutside, needsLook, readsAnswers } = question
  const hasPorts = transport === TransportCode.tcp || transport === TransportCode.udp
  if (isOutside && dependsOnNames(policy, from, transport, port)) return 'queue'
  if (hasPorts && readsAnswers !== 'none' && port === DNS_PORT) return 'queue'
  if (readsAnswers === 'all-udp' && transport === TransportCode.udp) return 'queue'
  switch (effectOf(policy.decide(from, to, transport, port, applicationPending))) {
    case 'pass':
    case 'learn':
      return needsLook && hasPorts ? 'queue' : 'accept'
    case 'block':
      return 'reject'
    default:
      return 'queue'
  }
}

function dependsOnNames(policy: Policy, from: number, transport: TransportCode, port: number): boolean {
  return (
    policy.dependsOnNames('dns', from, transport, port) ||
    policy.dependsOnNames('host', from, transport, port)
  )
}

/** Neighbouring protocols of which all ports are decided alike make one row. */
function joinedProtocols(rows: readonly PortRow[]): PortRow[] {
  const joined: PortRow[] = []
  for (const row of rows) {
    const last = joined.at(-1)
    if (last !== undefined && hasAllPorts(last) && hasAllPorts(row) && last.verdict === row.verdict)
      last.lastProtocol = row.lastProtocol
    else joined.push({ ...row })
  }
  return joined
}

function hasAllPorts({ firstPort, lastPort }: PortRow): boolean {
  return firstPort === 0 && lastPort === LAST_PORT
}
