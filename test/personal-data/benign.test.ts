import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentFormat } from '../../src/content/document-format.ts'
import { DocumentDetector } from '../../src/inspect/document-detector.ts'
import type { ContentFormat } from '../../src/model/content-format.ts'
import { compileRecognisers } from '../../src/personal-data/compile.ts'
import type { BenignText } from './benign-texts/benign-text.ts'
import { binaryTexts } from './benign-texts/binary.ts'
import { installedTexts } from './benign-texts/installed.ts'
import { interfaceTexts } from './benign-texts/interfaces.ts'
import { operationsTexts } from './benign-texts/operations.ts'
import { recordTexts } from './benign-texts/records.ts'
import { webTexts } from './benign-texts/web.ts'

/*
 * False findings in what crosses the wire without personal data. One in ten megabytes is what a person who looks at them
 * can live with: a service that sends a gigabyte an hour makes two a minute.
 */

const LEAST_BYTES = 20_000_000
const BYTES_PER_FINDING = 10_000_000
const MOST_SHOWN = 50

const detector = new DocumentDetector(compileRecognisers())

/** As `pavise detect` reads a document; what is no text is read as payload of an unknown protocol is. */
function formatOf({ bytes, format = documentFormat(bytes) }: BenignText): ContentFormat {
  return format === 'binary' ? 'text' : format
}

function* benignTexts(): Generator<BenignText> {
  yield* webTexts()
  yield* operationsTexts()
  yield* interfaceTexts()
  yield* recordTexts()
  yield* binaryTexts()
  yield* installedTexts()
}

test('what holds no personal data has fewer than one finding in ten megabytes', (t) => {
  const found: string[] = []
  let size = 0
  for (const text of benignTexts()) {
    const { name, bytes } = text
    const format = formatOf(text)
    size += bytes.length
    for (const { identifier, masked, confidence, start, field } of detector.detect(bytes, format)) {
      found.push(`${identifier} ${masked} (${confidence}) at byte ${start} of ${name}, ${format} ${field}`)
    }
  }
  const summary = `${found.length} in ${(size / 1e6).toFixed(0)} MB`
  t.diagnostic(summary)
  assert.ok(size >= LEAST_BYTES, `${size} bytes are too few to tell`)
  const shown = found.slice(0, MOST_SHOWN).join('\n')
  assert.ok(found.length < size / BYTES_PER_FINDING, `${summary}\n${shown}`)
})
