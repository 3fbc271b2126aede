import { builtInDetector } from '../../../test/support/built-in-detector.ts'
import type {
  AttackRecord,
  CoverageRecord,
  FlowRecord,
  ThreatRecord,
  ViolationRecord,
} from '../../model/records.ts'
import type { Workload } from '../../model/workload.ts'
import { ipv4, ipv6, tcp, udp } from '../../packet/frames.ts'
import { IpProtocol, Packet, TcpFlag } from '../../packet/packet.ts'
import {
  emptyPolicy,
  type Mode,
  type PolicyDefinition,
  type RuleDefinition,
} from '../../policy/definition.ts'
import { LivePolicy } from '../../policy/live/live-policy.ts'
import { builtInProtocols } from '../protocols.ts'
import { AnsweredNames } from './answered-names.ts'
import { InlineAction } from './inline-action.ts'
import type { RecalledConnection } from './connection-note.ts'
import { InlineInspector, type InlineSink } from './inline-inspector.ts'
import type { WatchedWorkload } from './watched-workload.ts'

/** The workload whose packets are decided about; the other end is external, at `partner`. */
export const workload: WatchedWorkload = {
  subject: 'w1',
  inspectsContent: false,
  tellsApplications: false,
  onFailure: 'open',
}

const START_US = 1_700_000_000_000_000
/** The namespace. */
export const ORIGIN = 7

export const addresses = {
  4: { workload: '10.0.0.1', partner: '198.51.100.7', resolver: '10.0.0.53' },
  6: { workload: 'fd00::1', partner: '2001:db8::7', resolver: 'fd00::53' },
} as const

/** A rule from the workload to the partner that allows, unless it says otherwise. */
export function rule(fields: Partial<RuleDefinition> = {}): RuleDefinition {
  const ends = { from: 'nv.api.clinic', to: 'external' }
  const open = { applications: [], ports: 'any', action: 'allow' } as const
  return { id: 'rule-1', tier: 'user', priority: 0, ...ends, ...open, ...fields }
}

export function policyWith(
  rules: readonly RuleDefinition[],
  mode: Mode = 'Protect',
  more: Partial<PolicyDefinition> = {},
): LivePolicy {
  const groups = [{ name: 'nv.api.clinic', criteria: [], mode }, ...(more.groups ?? [])]
  const live = new LivePolicy({ ...emptyPolicy, ...more, groups, rules })
  live.started(runningWorkload('w1', 'api', [addresses[4].workload, addresses[6].workload]), 'node-1')
  return live
}

/** A workload of a service of the clinic. */
export function runningWorkload(id: string, service: string, own: readonly string[]): Workload {
  const nothing = { image: null, labels: {}, pid: null, netns: null, netnsPath: null, hostNetwork: false }
  const names = { name: service, service, namespace: 'clinic' }
  return {
    id,
    runtime: 'docker',
    ...names,
    ...nothing,
    addresses: [...own],
    startedAt: '2026-11-21T09:00:00Z',
  }
}

const actionNames = Object.fromEntries(Object.entries(InlineAction).map(([name, code]) => [code, name]))

/** A segment or datagram between the workload and another. */
export interface Sent {
  from?: 'workload' | 'partner'
  data?: Uint8Array | string
  /** Initials of TCP flags; by default `A`. */
  flags?: string
  /** Offset into the sender's stream; by default where it stands. */
  at?: number
  ack?: number
  urgent?: number
  options?: Uint8Array
  /** It does not reach its receiver, or is thrown away there: few hops to live, a wrong checksum. */
  lost?: boolean
  /** It says that it comes from `from`, and leaves the workload. */
  isForged?: boolean
}

const FLAGS: Record<string, number> = {
  ...{ F: TcpFlag.fin, S: TcpFlag.syn, R: TcpFlag.rst, A: TcpFlag.ack, U: TcpFlag.urg, P: TcpFlag.psh },
}

/** Plays packets of a workload's namespace through an inspector, and keeps what it says. */
export class InlinePlay implements InlineSink {
  readonly inspector: InlineInspector
  readonly violations: ViolationRecord[] = []
  readonly attacks: AttackRecord[] = []
  readonly threats: ThreatRecord[] = []
  readonly gaps: CoverageRecord[] = []
  readonly flows: FlowRecord[] = []
  version: 4 | 6 = 4
  ports = { workload: 40_000, partner: 443 }
  now = START_US
  /** Gets every packet, whatever becomes of it. */
  record: (bytes: Uint8Array) => void = () => {}
  /** What each end reads, by the packets that were forwarded to it. */
  readonly received = { workload: new Receiver(), partner: new Receiver() }
  /** Bytes that each has sent in its stream. */
  readonly #sent = { workload: 0, partner: 0 }

  constructor(
    live: LivePolicy,
    watched: Partial<WatchedWorkload> = {},
    names = new AnsweredNames(),
    detector = builtInDetector,
  ) {
    const engine = { protocols: builtInProtocols, detector, hashKey: Buffer.alloc(32, 1) }
    this.inspector = new InlineInspector({ ...engine, seed: [1, 2], live, names }, this)
    this.inspector.watch(ORIGIN, { ...workload, ...watched }, this.now)
  }

  flow(view: Parameters<InlineSink['flow']>[0]): void {
    this.flows.push(view.record())
  }

  attack(record: AttackRecord): void {
    this.attacks.push(record)
  }

  threat(record: ThreatRecord): void {
    this.threats.push(record)
  }

  violation(record: ViolationRecord): void {
    this.violations.push(record)
  }

  coverage(record: CoverageRecord): void {
    this.gaps.push(record)
  }

  /** Told violations, after the inspector was asked for them. */
  told(): ViolationRecord[] {
    this.inspector.report(this.now, 1000)
    return this.violations
  }

  handshake(): string[] {
    return [
      this.tcp({ flags: 'S', at: -1 }),
      this.tcp({ flags: 'SA', at: -1, from: 'partner' }),
      this.tcp({}),
    ]
  }

  /** @returns what is done with it */
  tcp({
    from = 'workload',
    data = '',
    flags = 'A',
    at,
    ack,
    urgent,
    options,
    lost = false,
    isForged,
  }: Sent): string {
    const other = from === 'workload' ? 'partner' : 'workload'
    const payload = Buffer.from(data)
    const begin = at ?? this.#sent[from]
    if (begin >= 0) this.#sent[from] = Math.max(this.#sent[from], begin + payload.length)
    const bits = [...flags].reduce((sum, initial) => sum | FLAGS[initial], 0)
    const bytes = tcp(
      {
        sourcePort: this.ports[from],
        destinationPort: this.ports[other],
        sequence: (initial(from) + 1 + begin) >>> 0,
        acknowledgment:
          (bits & TcpFlag.ack) === 0 ? 0 : (initial(other) + 1 + (ack ?? this.#sent[other])) >>> 0,
        flags: bits,
        ...(options === undefined ? {} : { options }),
      },
      payload,
    )
    if (urgent !== undefined) bytes.set([urgent >> 8, urgent & 0xff], 18)
    const sender = isForged === true ? 'workload' : from
    const action = this.ip(sender, this.#network(from, 'partner', IpProtocol.tcp, bytes))
    const isForwarded = action === 'pass' || action === 'release'
    // What a RST carries is no data (RFC 9293 section 3.5.3).
    if (isForwarded && !lost && begin >= 0 && !flags.includes('R')) this.received[other].take(begin, payload)
    return action
  }

  /** Another connection, from another port. */
  reconnect(): this {
    this.ports = { ...this.ports, workload: this.ports.workload + 1 }
    this.#sent.workload = 0
    this.#sent.partner = 0
    return this
  }

  udp({ from = 'workload', data = '' }: Sent, to: 'partner' | 'resolver' = 'partner'): string {
    const port = to === 'resolver' ? 53 : this.ports.partner
    const isOut = from === 'workload'
    const [sourcePort, destinationPort] = isOut ? [this.ports.workload, port] : [port, this.ports.workload]
    const bytes = udp({ sourcePort, destinationPort }, Buffer.from(data))
    return this.ip(from, this.#network(from, to, IpProtocol.udp, bytes))
  }

  /** What is known of the connection of the packets that follow, from when it was released. */
  recalled: RecalledConnection | undefined

  /** Any packet, from its IP header on. */
  ip(from: 'workload' | 'partner', bytes: Uint8Array, handedOver = bytes.length): string {
    this.record(bytes)
    const packet = new Packet()
    packet.bytes = bytes
    packet.end = handedOver
    packet.originalLength = bytes.length
    packet.time = this.now
    packet.originNetworkId = ORIGIN
    this.now += 1000
    return actionNames[this.inspector.decide(packet, from === 'workload', this.recalled)]
  }

  #network(from: string, peer: 'partner' | 'resolver', protocol: number, payload: Uint8Array): Uint8Array {
    const ends = addresses[this.version]
    const [source, destination] =
      from === 'workload' ? [ends.workload, ends[peer]] : [ends[peer], ends.workload]
    return this.version === 4
      ? ipv4({ source, destination, protocol }, payload)
      : ipv6({ source, destination, protocol }, payload)
  }
}

/** An end's TCP: what came in order is read; of what came too early the first counts, or the last, as in different systems. */
export class Receiver {
  readonly #first = new Map<number, number>()
  readonly #last = new Map<number, number>()
  /** What comes next. */
  next = 0
  readonly #readFirst: number[] = []
  readonly #readLast: number[] = []

  take(at: number, bytes: Uint8Array): void {
    for (const [i, byte] of bytes.entries()) {
      if (at + i < this.next) continue
      if (!this.#first.has(at + i)) this.#first.set(at + i, byte)
      this.#last.set(at + i, byte)
    }
    for (let byte = this.#first.get(this.next); byte !== undefined; byte = this.#first.get(this.next)) {
      this.#readFirst.push(byte)
      this.#readLast.push(this.#last.get(this.next) ?? byte)
      this.next++
    }
  }

  /** What either kind of receiver has read. */
  get texts(): string[] {
    return [this.#readFirst, this.#readLast].map((bytes) => Buffer.from(bytes).toString('latin1'))
  }
}

function initial(from: 'workload' | 'partner'): number {
  return from === 'workload' ? 0xffff_ff00 : 0x5555_5555
}

/** A request with a body of JSON. */
export function post(body: string): string {
  return `POST /orders HTTP/1.1\r\nHost: partner.example\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}
