import { Direction } from '../../model/direction.ts'
import type { Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { Mark } from '../flow-marks.ts'
import { RateMeter } from '../meters/rate-meter.ts'
import { nameHash } from './domain-names.ts'

/** How a server says no to a password, where no parser reads its protocol. `greets`: it speaks first. */
interface Refusal {
  protocol: string
  begins: Uint8Array
  greets: boolean
  hash: number
}

const refusals: readonly Refusal[] = [
  // RFC 959 section 5.4, RFC 4954 section 6, RFC 3206 section 4, RFC 1939.
  refusal('FTP', '530 ', true),
  refusal('SMTP', '535 ', true),
  refusal('SMTP', '535-', true),
  refusal('POP3', '-ERR [AUTH', true),
  refusal('POP3', '-ERR Auth', true),
  refusal('Redis', '-WRONGPASS', false),
  refusal('Redis', '-ERR invalid password', false),
]
const imap = refusal('IMAP', ' NO [AUTHENTICATIONFAILED]', true)
/** A tag of IMAP stands before its answer. */
const LONGEST_TAG = 16
/** Refusals are short, and come alone. */
const LONGEST_ANSWER = 512
/** A client of SSH that was let in says more than that: its keys and a password or two are some three thousand bytes. */
const SSH_BYTES = 4500

/** Log-ins that are refused again and again, over protocols that no parser reads here. */
export class LogIns {
  readonly #context: DetectorContext
  readonly #meter: RateMeter

  constructor(context: DetectorContext) {
    this.#context = context
    this.#meter = new RateMeter(context.threats.logInBruteForce.measure)
  }

  /** What a server says. */
  answer(packet: Packet, flow: number): void {
    const { payloadStart, payloadEnd } = packet
    if (payloadEnd - payloadStart > LONGEST_ANSWER || !this.#context.threats.logInBruteForce.on) return
    const refused = refusalIn(packet, this.#context.marks.has(flow, Mark.greeted))
    if (refused === undefined) return
    this.#context.seen.ofPacket(packet, flow)
    this.#context.seen.turn()
    this.#count(refused)
  }

  /** A connection of SSH is over: what it was said in it is encrypted, how much was is not. */
  ended(flow: number, origin: number): void {
    const { marks, flows, seen, threats } = this.#context
    if (!marks.has(flow, Mark.ssh) || !threats.logInBruteForce.on) return
    if (flows.bytes(flow, Direction.toServer) > SSH_BYTES) return
    seen.ofFlow(flows, flow, origin)
    this.#count(ssh)
  }

  #count({ protocol, hash }: Refusal): void {
    const { seen, threats } = this.#context
    seen.subject = protocol
    seen.subjectHash = hash
    this.#context.meter(threats.logInBruteForce, this.#meter)
  }
}

const ssh = refusal('SSH', '', true)

function refusalIn(packet: Packet, isGreeted: boolean): Refusal | undefined {
  const { bytes, payloadStart: at } = packet
  // Most answers are told apart by their first byte.
  if (bytes[at] === 0x35 || bytes[at] === 0x2d)
    return refusals.find(({ begins, greets }) => (!greets || isGreeted) && saysAt(packet, at, begins))
  if (!isGreeted) return undefined
  for (let i = at + 1; i <= at + LONGEST_TAG; i++)
    if (bytes[i] === 0x20) return saysAt(packet, i, imap.begins) ? imap : undefined
  return undefined
}

function saysAt({ bytes, payloadEnd }: Packet, at: number, text: Uint8Array): boolean {
  if (payloadEnd - at < text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false
  return true
}

function refusal(protocol: string, text: string, greets: boolean): Refusal {
  const name = Buffer.from(protocol)
  return { protocol, begins: Buffer.from(text, 'latin1'), greets, hash: nameHash(name, 0, name.length) | 1 }
}
