import type { Recogniser } from '../recogniser.ts'

/**
 * Writes a value's canonical form to `out` and returns its length: the recogniser's own, or ASCII letters and digits in upper
 * case and what is beyond ASCII, so that `DE89 3704 …` and `de893704…` are one value.
 */
export function normalise(
  recogniser: Recogniser,
  bytes: Uint8Array,
  span: { start: number; end: number },
  out: Uint8Array,
): number {
  if (recogniser.normalise !== undefined) return recogniser.normalise(bytes, span.start, span.end, out)
  let length = 0
  // What is longer than `out` counts by how it begins: the whole value of a field may have any length.
  const end = Math.min(span.end, span.start + out.length)
  for (let i = span.start; i < end; i++) {
    const byte = bytes[i]
    const upper = byte & ~0x20
    if (byte >= 0x30 && byte <= 0x39) out[length++] = byte
    else if (upper >= 0x41 && upper <= 0x5a && byte < 0x80) out[length++] = upper
    else if (byte >= 0x80) out[length++] = byte
  }
  return length
}
