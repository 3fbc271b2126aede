import { Direction } from '../../model/direction.ts'
import type { Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { Mark } from '../flow-marks.ts'

const SSH_1 = Buffer.from('SSH-1.', 'latin1')
/** `SSH-1.99`: version 2, and 1 for those who have no other (RFC 4253 section 5.1). */
const SSH_BOTH = Buffer.from('SSH-1.99', 'latin1')

/** What an end says first, of protocols that no parser reads here. */
export class Banners {
  readonly #context: DetectorContext

  constructor(context: DetectorContext) {
    this.#context = context
  }

  /** A segment with payload. */
  segment(packet: Packet, flow: number): void {
    const { marks, flows } = this.#context
    const mark = flows.direction === Direction.toServer ? Mark.clientData : Mark.serverData
    if (marks.has(flow, mark)) return
    marks.set(flow, mark)
    if (begins(packet, SSH_1) && !begins(packet, SSH_BOTH)) this.#tellSsh(packet, flow)
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
