import { u16le } from '../../lib/bytes.ts'
import { Direction } from '../../model/direction.ts'
import type { Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { Mark } from '../flow-marks.ts'
import { RateMeter } from '../meters/rate-meter.ts'

/** Any version of SSH. */
const SSH = Buffer.from('SSH-', 'latin1')
const SSH_GREETING = Buffer.from('SSH-2.0-', 'latin1')
const SSH_1 = Buffer.from('SSH-1.', 'latin1')
/** `SSH-1.99`: version 2, and 1 for those who have no other (RFC 4253 section 5.1). */
const SSH_BOTH = Buffer.from('SSH-1.99', 'latin1')

const methods = ['GET ', 'POST', 'PUT ', 'HEAD', 'CONN', 'OPTI'].map((text) => Buffer.from(text, 'latin1'))
/** A greeting is a line of its own, which a tunnel puts little in front of: its frames have a few bytes. */
const LONGEST_GREETING = 256
const LONGEST_FRAME_HEAD = 32

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
    if (marks.has(flow, mark)) {
      if (marks.has(flow, Mark.http)) this.#lookForShell(packet, flow)
      return
    }
    if (mark === Mark.serverData && !marks.has(flow, Mark.clientData)) marks.set(flow, Mark.greeted)
    marks.set(flow, mark)
    if (mark === Mark.clientData && methods.some((method) => begins(packet, method)))
      marks.set(flow, Mark.http)
    if (begins(packet, SSH)) this.#greeted(packet, flow)
  }

  #greeted(packet: Packet, flow: number): void {
    this.#context.marks.set(flow, Mark.ssh)
    if (begins(packet, SSH_1) && !begins(packet, SSH_BOTH)) this.#tellSsh(packet, flow)
  }

  /** SSH greets within a connection that began as HTTP: behind CONNECT or an upgrade, or in a body. */
  #lookForShell(packet: Packet, flow: number): void {
    const { seen, flows, threats } = this.#context
    const { bytes, payloadStart, payloadEnd } = packet
    if (payloadEnd - payloadStart > LONGEST_GREETING || !threats.httpTunnel.on) return
    const last = Math.min(payloadStart + LONGEST_FRAME_HEAD, payloadEnd - SSH_GREETING.length)
    for (let at = payloadStart; at <= last; at++) {
      if (bytes[at] !== SSH_GREETING[0] || !saysAt(bytes, at, SSH_GREETING)) continue
      seen.ofPacket(packet, flow)
      if (flows.direction === Direction.toClient) seen.turn()
      this.#context.tell(threats.httpTunnel)
      return
    }
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
  return payloadEnd - payloadStart >= text.length && saysAt(bytes, payloadStart, text)
}

function saysAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false
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
