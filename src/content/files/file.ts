import { readArchive } from './archive.ts'
import type { Budget } from './budget.ts'
import { fileFormat } from './file-start.ts'
import { FileTexts, type TextSink } from './file-texts.ts'
import { readPdf } from './pdf/pdf.ts'

/** Hands on the texts of a file. What cannot be read as what it begins as is handed on as it is: it may be text all the same. */
export function readFileTexts(bytes: Uint8Array, sink: TextSink, budget: Budget): void {
  const texts = new FileTexts(sink, budget)
  const format = fileFormat(bytes, 0, bytes.length)
  const isRead =
    (format === 'zip' && readArchive(bytes, texts)) || (format === 'pdf' && readPdf(bytes, texts))
  if (!isRead) texts.addBytes('', bytes)
}
