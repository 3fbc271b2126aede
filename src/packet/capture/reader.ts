import type { CaptureFormat, CaptureInterface, CaptureProblem, PacketSink } from './capture.ts'

export type { CaptureFormat, CaptureInterface, CaptureProblem, PacketSink } from './capture.ts'

/**
 * Reads pcap and pcapng as a stream: the caller reads the file, hands over what it has, and keeps what was not
 * consumed in front of the next piece. Nothing is copied and one packet is reused. Never throws.
 *
 *     let held = 0
 *     for (;;) {
 *       const got = readSync(file, buffer, held, buffer.length - held, null)
 *       if (got === 0) break
 *       const consumed = reader.read(buffer, 0, held + got, sink)
 *       buffer.copyWithin(0, consumed, held + got)
 *       held += got - consumed
 *     }
 *     const problem = reader.finish()
 *
 * A buffer of `captureLimits.bufferBytes` is always enough to get on.
 */
export declare class CaptureReader {
  /** Unknown until the first bytes have been read. */
  readonly format: CaptureFormat | undefined
  /** Packets handed to the sink. */
  readonly packets: number
  /** Interfaces of the current section (pcapng) or the one of the file (pcap), by `packet.interfaceId`. */
  readonly interfaces: readonly CaptureInterface[]
  /** Bytes of the file consumed so far. */
  readonly offset: number
  /** Bytes that must be at hand from `offset` on before anything more can be consumed. */
  readonly needed: number
  /** Set as soon as the rest cannot be read; `read` then takes everything and does nothing. */
  readonly problem: CaptureProblem | undefined
  /** Hands every packet that lies whole in `buffer[start, end)` to the sink; returns how many bytes it consumed. */
  read(buffer: Uint8Array, start: number, end: number, sink: PacketSink): number
  /** The file has ended. Says what was wrong with it, the tail that was not consumed included. */
  finish(): CaptureProblem | undefined
  /** Comments of the packet that the sink is being given; made on demand, empty for pcap. */
  comments(): string[]
}

/** Takes chunks of any size (a stream's) in place of a caller's buffer; copies only records cut between two chunks. */
export declare class CaptureFeed {
  constructor(reader: CaptureReader, sink: PacketSink)
  push(chunk: Uint8Array): void
  finish(): CaptureProblem | undefined
}

/** True when a file begins as gzip does (RFC 1952 section 2.3.1): decompress it on the fly, then read. */
export declare function isGzip(bytes: Uint8Array, start: number, end: number): boolean
