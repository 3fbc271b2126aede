import { u16le } from '../../lib/bytes.ts'
import { Direction } from '../../model/direction.ts'
import type { Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { Mark } from '../flow-marks.ts'
import { RateMeter } from '../meters/rate-meter.ts'

const SSH_1 = Buffer.from('SSH-1.', 'latin1')
/** `SSH-1.99`: version 2, and 1 for those who have no other (RFC 4253 section 5.1). */
const SSH_BOTH = Buffer.from('SSH-1.99', 'latin1')

/** What an end says first, of protocols that no parser reads here. */
export class Banners {
  readonly #context: DetectorContext

  readonly #refused: RateMeter

  constructor(context: DetectorContext) {
    this.#context = context
    this.#refused = new RateMeter(context.threats.mysqlBruteForce.measure)
  }

  /** A segment with payload. */
  segment(packet: Packet, flow: number): void {
    const { marks, flows } = this.#context
    if (flows.direction === Direction.toClient && isMysqlRefusal(packet)) this.#tellMysql(packet, flow)
    const mark = flows.direction === Direction.toServer ? Mark.clientData : Mark.serverData
    if (marks.has(flow, mark)) return
    marks.set(flow, mark)
    if (begins(packet, SSH_1) && !begins(packet, SSH_BOTH)) this.#tellSsh(packet, flow)
  }

  #tellMysql(packet: Packet, flow: number): void {
    const { seen, threats } = this.#context
    seen.ofPacket(packet, flow)
    seen.turn()
    this.#context.tell(threats.mysqlDenied)
    this.#context.meter(threats.mysqlBruteForce, this.#refused)
  }

  #tellSsh(packet: Packet, flow: number): void {
    const { seen, flows, threats } = this.#context
    seen.ofPacket(packet, flow)
    if (flows.direction === Direction.toClient) seen.turn()
    this.#context.tell(threats.sshVersion1)
  }
}

function begins({ bytes, payloadStart, payloadEnd }: Packet, text: Uint8Array): boolean {
  if (payloadEnd - payloadStart < text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[payloadStart + i] !== text[i]) return false
  return true
}

/** Header of a MySQL packet: three bytes of length, one of sequence; then the mark of an error, and its number. */
const MYSQL_HEADER_BYTES = 4
const MYSQL_ERROR = 0xff
/** Access denied: to a database, to a user, without a password, to a host. */
const mysqlRefusals = new Set([1044, 1045, 1698, 1130])

function isMysqlRefusal({ bytes, payloadStart: at, payloadEnd }: Packet): boolean {
  if (bytes[at + MYSQL_HEADER_BYTES] !== MYSQL_ERROR || payloadEnd - at < MYSQL_HEADER_BYTES + 3) return false
  const length = u16le(bytes, at) | (bytes[at + 2] << 16)
  return length === payloadEnd - at - MYSQL_HEADER_BYTES && mysqlRefusals.has(u16le(bytes, at + 5))
}
