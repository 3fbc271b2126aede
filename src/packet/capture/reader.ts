import type { CaptureFormat, CaptureInterface, CaptureProblem, PacketSink } from './capture.ts'
import { magicBytes, otherFormat, parserFor } from './magic.ts'
import type { CaptureParser } from './parser.ts'
import { PcapParser } from './pcap.ts'

export type { CaptureFormat, CaptureInterface, CaptureProblem, PacketSink } from './capture.ts'
export { isGzip } from './magic.ts'

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
export class CaptureReader {
  #parser: CaptureParser | undefined
  #problem: CaptureProblem | undefined
  #offset = 0
  /** What was at hand but not consumed at the last read. */
  #held = 0

  /** Unknown until the first bytes have been read. */
  get format(): CaptureFormat | undefined {
    if (this.#parser === undefined) return undefined
    return this.#parser instanceof PcapParser ? 'pcap' : 'pcapng'
  }

  /** Packets handed to the sink. */
  get packets(): number {
    return this.#parser?.packets ?? 0
  }

  /** Interfaces of the current section (pcapng) or the one of the file (pcap), by `packet.interfaceId`. */
  get interfaces(): readonly CaptureInterface[] {
    return this.#parser?.interfaces ?? []
  }

  /** Bytes of the file consumed so far. */
  get offset(): number {
    return this.#offset
  }

  /** Bytes that must be at hand from `offset` on before anything more can be consumed. */
  get needed(): number {
    return this.#parser?.needed ?? magicBytes
  }

  /** Set as soon as the rest cannot be read; `read` then takes everything and does nothing. */
  get problem(): CaptureProblem | undefined {
    return this.#problem
  }

  /** Hands every packet that lies whole in `buffer[start, end)` to the sink; returns how many bytes it consumed. */
  read(buffer: Uint8Array, start: number, end: number, sink: PacketSink): number {
    const consumed = this.#problem === undefined ? this.#consume(buffer, start, end, sink) : end - start
    this.#offset += consumed
    this.#held = end - start - consumed
    return consumed
  }

  #consume(buffer: Uint8Array, start: number, end: number, sink: PacketSink): number {
    if (this.#parser === undefined) {
      if (end - start < magicBytes) return 0
      this.#parser = parserFor(buffer, start)
      if (this.#parser === undefined) {
        this.#problem = { ...otherFormat(buffer, start), offset: this.#offset }
        return end - start
      }
    }
    const stopped = this.#parser.read(buffer, start, end, this.#offset, sink)
    this.#problem = this.#parser.problem
    return (this.#problem === undefined ? stopped : end) - start
  }

  /** The file has ended. Says what was wrong with it, the tail that was not consumed included. */
  finish(): CaptureProblem | undefined {
    this.#problem ??=
      this.#parser === undefined ? this.#tooShort() : this.#parser.atEnd(this.#offset, this.#held)
    return this.#problem
  }

  #tooShort(): CaptureProblem {
    const reason = this.#held === 0 ? 'the file is empty' : 'the file is too short to be a capture'
    return { code: 'not-a-capture', offset: 0, reason }
  }

  /** Comments of the packet that the sink is being given; made on demand, empty for pcap. */
  comments(): string[] {
    return this.#parser?.comments() ?? []
  }
}
