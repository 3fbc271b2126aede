import { Packet } from '../packet.ts'
import type { CaptureInterface, CaptureProblem, CaptureProblemCode, PacketSink } from './capture.ts'

/** What the parsers of the two formats have in common: one reused packet, and the first thing that went wrong. */
export abstract class CaptureParser {
  abstract readonly interfaces: readonly CaptureInterface[]
  packets = 0
  problem: CaptureProblem | undefined
  /** Bytes that must be at hand from where `read` stopped before more can be consumed. */
  needed = 0
  protected readonly packet = new Packet()

  /**
   * Reads whole records from `buffer[start, end)`, the first of which lies at byte `offset` of the file. Returns where
   * it stopped; with a problem, where the record lies that has it.
   */
  abstract read(buffer: Uint8Array, start: number, end: number, offset: number, sink: PacketSink): number

  /** What is to be said when the file ends at byte `offset` with `held` bytes not consumed. */
  abstract atEnd(offset: number, held: number): CaptureProblem | undefined

  /** Comments of the packet being handed out. */
  abstract comments(): string[]

  protected fail(code: CaptureProblemCode, offset: number, reason: string): void {
    this.problem = { code, offset, reason }
  }

  /** Leaves the frame check sequence of the link out; it may be captured whole, in part or not at all. */
  protected leaveOutFcs(fcsBytes: number): void {
    const packet = this.packet
    packet.originalLength = Math.max(0, packet.originalLength - fcsBytes)
    packet.end = Math.min(packet.end, packet.start + packet.originalLength)
  }
}

export function count(value: number): string {
  return value.toLocaleString('en-US')
}
