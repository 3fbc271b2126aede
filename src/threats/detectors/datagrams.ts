import type { DefragmentCounters } from '../../packet/defragment.ts'
import { IpProtocol, type Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'

/** A TCP header up to its flags and window (RFC 1858 section 3): what a filter has to see in the first fragment. */
const TCP_HEADER_BYTES = 16
const FIRST_UNIT_BYTES = 8

/** IP itself: headers that contradict themselves, and fragments that only an attack sends. */
export class Datagrams {
  readonly #context: DetectorContext
  /** What the defragmenter had counted before. */
  #overlapping = 0
  #oversize = 0

  constructor(context: DetectorContext) {
    this.#context = context
  }

  malformed(packet: Packet): void {
    this.#context.seen.ofPacket(packet, -1)
    this.#context.tell(this.#context.threats.invalidPacket)
  }

  /** A fragment that the defragmenter has taken. One that came twice, with the same bytes, is only late. */
  fragment(packet: Packet, counters: DefragmentCounters): void {
    const { seen, threats } = this.#context
    const overlapping = counters.overlaps + counters.conflictingEnd + counters.droppedOverlap
    const isOverlapping = overlapping > this.#overlapping
    const isOversize = counters.oversize > this.#oversize
    const isTiny = packet.protocol === IpProtocol.tcp && cutsTcpHeader(packet)
    this.#overlapping = overlapping
    this.#oversize = counters.oversize
    if (!isOverlapping && !isOversize && !isTiny) return
    seen.ofPacket(packet, -1)
    if (isOverlapping) this.#context.tell(threats.teardrop)
    if (isTiny) this.#context.tell(threats.tinyFragment)
    // Its end is what makes it too long: where it starts says how long the message is at the least.
    if (isOversize) this.#context.tell(threats.pingOfDeath, packet.fragmentOffset + packet.payloadLength)
  }
}

function cutsTcpHeader({ fragmentOffset, payloadLength, moreFragments }: Packet): boolean {
  if (fragmentOffset === 0) return moreFragments && payloadLength < TCP_HEADER_BYTES
  return fragmentOffset === FIRST_UNIT_BYTES
}
