/** Octets of a frame's header (RFC 9113 section 4.1): length 3, type 1, flags 1, stream 4. */
export const FRAME_HEADER_BYTES = 9

/** RFC 9113 section 6. */
export const FrameType = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

export const FrameFlag = { ack: 1, endStream: 1, endHeaders: 4, padded: 8, priority: 0x20 } as const

/** What a client begins with (section 3.4). */
export const PREFACE: Uint8Array = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

const { endStream, endHeaders, padded, priority, ack } = FrameFlag
/** Flags that a type has, by type. */
const FLAGS: readonly number[] = [
  endStream | padded,
  endStream | endHeaders | padded | priority,
  0,
  0,
  ack,
  endHeaders | padded,
  ack,
  0,
  0,
  endHeaders,
]
/** Exact lengths, where there is one; -1 where there is none. */
const LENGTHS: readonly number[] = [-1, -1, 5, 4, -1, -1, 8, -1, 4, -1]
/** What SETTINGS consist of. */
const SETTING_BYTES = 6
/** Largest frame unless a peer allows more (section 6.5.2). */
const DEFAULT_FRAME_BYTES = 16_384

/** Types of which a frame belongs to a stream, and to none; WINDOW_UPDATE may either. */
const ON_STREAM = new Set<number>([
  FrameType.data,
  FrameType.headers,
  FrameType.priority,
  FrameType.resetStream,
  FrameType.pushPromise,
  FrameType.continuation,
])
const ON_CONNECTION = new Set<number>([FrameType.settings, FrameType.ping, FrameType.goAway])

/** Whether bytes that are no whole header may begin one that is commonly sent. */
export function mayBeginHeader(bytes: Uint8Array, at: number, end: number): boolean {
  const count = end - at
  if (count > 0 && bytes[at] !== 0) return false
  if (count > 1 && bytes[at + 1] > DEFAULT_FRAME_BYTES >> 8) return false
  if (count > 3 && bytes[at + 3] >= FLAGS.length) return false
  return count <= 4 || (bytes[at + 4] & ~FLAGS[bytes[at + 3]]) === 0
}

/** A frame's header; one is used again and again. */
export class FrameHeader {
  length = 0
  type = 0
  flags = 0
  stream = 0

  read(bytes: Uint8Array, at: number): void {
    this.length = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2]
    this.type = bytes[at + 3]
    this.flags = bytes[at + 4]
    this.stream =
      ((bytes[at + 5] & 0x7f) << 24) | (bytes[at + 6] << 16) | (bytes[at + 7] << 8) | bytes[at + 8]
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0
  }

  /** Whether the length is one that its type allows (section 6). */
  get isSized(): boolean {
    const exact = LENGTHS[this.type] ?? -1
    if (this.type === FrameType.settings)
      return this.has(FrameFlag.ack) ? this.length === 0 : this.length % SETTING_BYTES === 0
    return exact < 0 || exact === this.length
  }

  /** Whether it is on a stream where its type belongs to one, and on none where it belongs to the connection. */
  get isPlaced(): boolean {
    return this.stream === 0 ? !ON_STREAM.has(this.type) : !ON_CONNECTION.has(this.type)
  }

  /** Whether it is as those are that are commonly sent: what tells a connection without its beginning. */
  get isPlausible(): boolean {
    return (
      this.type < FLAGS.length &&
      (this.flags & ~FLAGS[this.type]) === 0 &&
      this.length <= DEFAULT_FRAME_BYTES &&
      this.isSized &&
      this.isPlaced
    )
  }
}
