/** Longest body of any message: PostgreSQL's own MaxAllocSize. */
const MOST = 0x3fffffff

/** Messages by their first byte (documentation, 55.7). */
export const Client = {
  query: 0x51,
  parse: 0x50,
  bind: 0x42,
  describe: 0x44,
  execute: 0x45,
  close: 0x43,
  sync: 0x53,
  functionCall: 0x46,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
  /** And other answers to the server's authentication requests. */
  password: 0x70,
} as const

export const Server = {
  authentication: 0x52,
  parameterStatus: 0x53,
  rowDescription: 0x54,
  dataRow: 0x44,
  commandComplete: 0x43,
  emptyQuery: 0x49,
  portalSuspended: 0x73,
  ready: 0x5a,
  noData: 0x6e,
  parseComplete: 0x31,
  bindComplete: 0x32,
  closeComplete: 0x33,
  parameterDescription: 0x74,
  functionResult: 0x56,
  error: 0x45,
  notice: 0x4e,
  notification: 0x41,
  copyIn: 0x47,
  copyOut: 0x48,
  copyBoth: 0x57,
  copyData: 0x64,
  copyDone: 0x63,
} as const

/** Both sides call it alike. */
export const COPY_DATA = Client.copyData

/** Whether `bytes[start, end)` can be the body of a message. */
export type Shape = (bytes: Uint8Array, start: number, end: number) => boolean

/** Which messages a side sends, how long their bodies can be, and what these look like. */
export class MessageTypes {
  /** By type byte; -1 for a type that there is not. */
  readonly #least = new Int32Array(256).fill(-1)
  readonly #most = new Int32Array(256)
  readonly #shapes: Readonly<Record<number, Shape>>

  /** @param lengths - the shortest body of the types that each key lists, and the longest where it is known. */
  constructor(
    lengths: Record<string, number | readonly [least: number, most: number]>,
    shapes: Readonly<Record<number, Shape>>,
  ) {
    this.#shapes = shapes
    for (const [characters, length] of Object.entries(lengths)) {
      const [least, most] = typeof length === 'number' ? [length, MOST] : length
      for (const character of characters) {
        this.#least[character.charCodeAt(0)] = least
        this.#most[character.charCodeAt(0)] = most
      }
    }
  }

  isKnown(type: number): boolean {
    return this.#least[type] >= 0
  }

  /** Whether there is such a message with a body of `length` bytes. */
  fits(type: number, length: number): boolean {
    const least = this.#least[type]
    return least >= 0 && length >= least && length <= this.#most[type]
  }

  /** Whether a body reads as one of its type; true for types whose bodies may hold anything. */
  hasShape(type: number, bytes: Uint8Array, start: number, end: number): boolean {
    return this.#shapes[type]?.(bytes, start, end) ?? true
  }
}
