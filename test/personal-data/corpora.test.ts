import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { documentFormat } from '../../src/content/document-format.ts'
import { DocumentDetector, type DocumentFinding } from '../../src/inspect/document-detector.ts'
import { compileRecognisers } from '../../src/personal-data/compile.ts'
import { corporaFolder, noCorpora } from '../support/corpora.ts'

interface Span {
  start: number
  end: number
  identifier: string
}

interface Labelled {
  text: string
  spans: Span[]
}

interface Score {
  right: number
  missed: number
  wrong: number
}

const folder = corporaFolder('personal-data')
const skip = folder === undefined ? noCorpora : false

/** They overlap by at least half of the longer. */
function overlap(a: Span, b: DocumentFinding): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return shared >= 0.5 * Math.max(a.end - a.start, b.end - b.start)
}

/** By identifier, of those that are labelled anywhere in the file. */
function scoresOf(file: string): Map<string, Score> {
  const lines = readFileSync(join(folder ?? '', file), 'utf8')
    .trim()
    .split('\n')
  const documents = lines.map((line) => JSON.parse(line) as Labelled)
  const scores = new Map<string, Score>()
  for (const { identifier } of documents.flatMap(({ spans }) => spans)) {
    scores.set(identifier, { right: 0, missed: 0, wrong: 0 })
  }
  const detector = new DocumentDetector(compileRecognisers())
  for (const { text, spans } of documents) {
    const bytes = Buffer.from(text)
    const unused = new Set(detector.detect(bytes, documentFormat(bytes)))
    for (const span of spans) {
      const hit = [...unused].find((found) => found.identifier === span.identifier && overlap(span, found))
      if (hit !== undefined) unused.delete(hit)
      const score = scores.get(span.identifier)
      if (score !== undefined) score[hit === undefined ? 'missed' : 'right']++
    }
    for (const { identifier } of unused) {
      const score = scores.get(identifier)
      if (score !== undefined) score.wrong++
    }
  }
  return scores
}

function f1({ right, missed, wrong }: Score): number {
  return (2 * right) / (2 * right + missed + wrong)
}

test('of labelled payloads at least 95 % of each kind and 97 % of all are told right', { skip }, () => {
  const scores = scoresOf('payloads.jsonl')
  const total = { right: 0, missed: 0, wrong: 0 }
  for (const [identifier, score] of scores) {
    assert.ok(f1(score) >= 0.95, `${identifier}: ${JSON.stringify(score)}`)
    total.right += score.right
    total.missed += score.missed
    total.wrong += score.wrong
  }
  assert.ok(f1(total) >= 0.97, JSON.stringify(total))
})

test('in labelled sentences names and addresses are told as well as words alone tell them', { skip }, () => {
  const scores = scoresOf('sentences.jsonl')
  for (const [identifier, least, leastPrecision] of [
    ['name', 0.78, 0.95],
    ['postal-address', 0.43, 0.7],
  ] as const) {
    const score = scores.get(identifier) ?? { right: 0, missed: 0, wrong: 0 }
    assert.ok(f1(score) >= least, `${identifier}: ${JSON.stringify(score)}`)
    assert.ok(score.right / (score.right + score.wrong) >= leastPrecision, JSON.stringify(score))
  }
})

test('in labelled sentences what has a form is told right', { skip }, () => {
  const scores = scoresOf('sentences.jsonl')
  for (const identifier of ['payment-card', 'phone', 'email', 'us-ssn', 'iban', 'ip-address']) {
    const score = scores.get(identifier)
    assert.ok(score !== undefined && f1(score) >= 0.95, `${identifier}: ${JSON.stringify(score)}`)
  }
})
