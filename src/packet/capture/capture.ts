import type { Packet } from '../packet.ts'

/** Receives the packets of a capture, in file order. */
export interface PacketSink {
  /** `packet` is reused and its bytes are the reader's input: both are valid during the call only. */
  packet(packet: Packet): void
}

/** Where written capture bytes go. */
export interface ByteSink {
  /** Takes `bytes[start, end)`, which are valid during the call only. */
  write(bytes: Uint8Array, start: number, end: number): void
}

export type CaptureFormat = 'pcap' | 'pcapng'

/**
 * Why a capture could not be read to its end. Stable names: `not-a-capture`, `compressed` (the reason names the
 * format), `unsupported` (version of the format), `truncated` (the file ends inside a record), `corrupt`.
 */
export type CaptureProblemCode = 'not-a-capture' | 'compressed' | 'unsupported' | 'truncated' | 'corrupt'

export interface CaptureProblem {
  code: CaptureProblemCode
  /** Byte of the file at which the record that could not be read begins. Everything before it was read. */
  offset: number
  /** One sentence for people, without the offset. */
  reason: string
}

export interface CaptureInterface {
  linkType: number
  /** Longest packet that was to be captured; 0 for no limit. */
  snapLength: number
  /** Empty where the file does not tell it. */
  name: string
}
