import { readArchive } from './archive.ts'
import type { Budget } from './budget.ts'
import { fileFormat } from './file-start.ts'
import { FileTexts, type TextSink } from './file-texts.ts'
import { limits } from './limits.ts'
import { readPdf } from './pdf/pdf.ts'

/** Hands on the texts of a file. What cannot be read as what it begins as is handed on as it is: it may be text all the same. */
export function readFileTexts(bytes: Uint8Array, sink: TextSink, budget: Budget): void {
  const texts = new FileTexts(sink, budget)
  const format = fileFormat(bytes, 0, bytes.length) ?? (hasHeaderBehind(bytes) ? 'pdf' : undefined)
  const isRead =
    (format === 'zip' && readArchive(bytes, texts)) || (format === 'pdf' && readPdf(bytes, texts))
  if (!isRead) texts.addBytes('', bytes)
}

/** Readers of PDF take a header that is not the first thing in the file (ISO 32000-1 annex H, note 13). */
function hasHeaderBehind(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, limits.headerBytes))
  return head.includes('%PDF-')
}
