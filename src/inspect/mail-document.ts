import { DecodedQueue } from './encoded-runs.ts'
import { MailContents } from './mail-contents.ts'
import type { DecodedRun } from './decoded-run.ts'
import type { MailTracker } from '../content/mail.ts'
import { limits } from './limits.ts'

/** What stood encoded in a mail, and where. */
export interface DecodedPart extends DecodedRun {
  start: number
  /** Name of the header, `''` for a body. */
  field: string
}

/** Collects what stands encoded in a mail that is there as a whole. */
export class MailDocument {
  readonly #tracker: MailTracker
  readonly #queue: DecodedQueue
  readonly #parts: { part: Omit<DecodedPart, 'bytes'>; pieces: Buffer[] }[] = []

  /** @param sizeBytes - of the mail: what is encoded in it is no longer, but for words of a header in another set. */
  constructor(tracker: MailTracker, sizeBytes: number) {
    this.#tracker = tracker
    this.#queue = new DecodedQueue(2 * sizeBytes + limits.nestedHeadBytes)
    let ended = (_at: number): void => {}
    const open = (field: string, start: number) => {
      const part: Omit<DecodedPart, 'bytes'> = { start, end: start, field, format: 'text', how: '' }
      const pieces: Buffer[] = []
      ended = (at) => (part.end = at)
      return (format: DecodedPart['format'], how: string) => {
        this.#parts.push({ part: Object.assign(part, { format, how }), pieces })
        return {
          write: (piece: Uint8Array, from: number, to: number) =>
            pieces.push(Buffer.from(piece.subarray(from, to))),
          close() {},
        }
      }
    }
    tracker.encoded = new MailContents(this.#queue, 1, open, (at) => ended(at))
  }

  /** The rest of the mail is `bytes[start, end)`. */
  end(bytes: Uint8Array, start: number, end: number): DecodedPart[] {
    this.#tracker.read(bytes, start, end)
    this.#tracker.end()
    this.#queue.flush()
    return this.#parts.map(({ part, pieces }) => ({ ...part, bytes: Buffer.concat(pieces) }))
  }
}
