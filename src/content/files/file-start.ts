/** `PK\x03\x04` (APPNOTE.TXT section 4.3.7) and `%PDF-` (ISO 32000-1 section 7.5.2). */
const STARTS: readonly [format: FileFormat, start: Buffer][] = [
  ['zip', Buffer.from('PK\x03\x04')],
  ['pdf', Buffer.from('%PDF-')],
]

/** Files that are read. */
export type FileFormat = 'zip' | 'pdf'

/** What `bytes[start, end)` begins as; `undefined` where it is neither, or not yet known to be. */
export function fileFormat(bytes: Uint8Array, start: number, end: number): FileFormat | undefined {
  for (const [format, first] of STARTS)
    if (end - start >= first.length && sharedBytes(bytes, start, end, first) === first.length) return format
  return undefined
}

/** Whether what begins with `bytes[start, end)` is such a file or, for all that is there, may be one. */
export function mayBeFile(bytes: Uint8Array, start: number, end: number): boolean {
  return STARTS.some(
    ([, first]) => sharedBytes(bytes, start, end, first) === Math.min(first.length, end - start),
  )
}

/** How far both are the same. */
function sharedBytes(bytes: Uint8Array, start: number, end: number, first: Buffer): number {
  let shared = 0
  while (shared < first.length && start + shared < end && bytes[start + shared] === first[shared]) shared++
  return shared
}
