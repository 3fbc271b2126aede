import type { ContentFormat } from '../model/content-format.ts'
import { DecodedQueue, EncodedRuns } from './encoded-runs.ts'
import { limits } from './limits.ts'
import type { OpenNested } from './nested-content.ts'

/** A content that stood encoded in another. */
export interface DecodedRun {
  /** Where the run ends in what it stands in. */
  end: number
  bytes: Buffer
  format: ContentFormat
  /** How it was encoded: `base64`, `base64 gzip`. */
  how: string
}

/** Empty between calls. */
const queue = new DecodedQueue()

/** Decodes the run of base64 that begins at `bytes[start]` as a whole; undefined where it holds nothing to be inspected. */
export function decodedRun(bytes: Uint8Array, start: number): DecodedRun | undefined {
  const pieces: Buffer[] = []
  const found: Pick<DecodedRun, 'format' | 'how'>[] = []
  const open: OpenNested = (format, how) => {
    found.push({ format, how })
    return {
      write: (piece, from, to) => pieces.push(Buffer.from(piece.subarray(from, to))),
      close() {},
    }
  }
  const runs = new EncodedRuns(queue, () => open)
  runs.begin(1)
  let end = start
  while (runs.isOpen && end < bytes.length) {
    end = runs.read(bytes, end, Math.min(bytes.length, end + limits.encodedSliceBytes))
    queue.flush()
  }
  runs.end()
  queue.flush()
  return found.length === 0 ? undefined : { ...found[0], end, bytes: Buffer.concat(pieces) }
}
