import { compileRecognisers } from '../src/personal-data/compile.ts'
import type { FindingSink, PersonalDataDetector } from '../src/personal-data/detector.ts'
import { ScanMemory } from '../src/scan/scan-memory.ts'
import type { MatchSink, Pattern, Scanner } from '../src/scan/scanner.ts'
import { benignText, denseText, packedText } from './texts/web.ts'

/**
 * How fast contents are scanned for personal data, on one thread: the scanner alone, detection with the judgement of each
 * match, and the same expressions in V8's regular expressions, one after the other as a plain program would run them.
 */

const contentBytes = 8 * 1024 * 1024
const pieceBytes = 1448
const seconds = 1

export async function run(): Promise<void> {
  const memory = new ScanMemory()
  const started = performance.now()
  const detector = compileRecognisers(undefined, memory)
  const patterns = detector.scanner.patterns.length
  console.log(`compiled ${patterns} patterns in ${(performance.now() - started).toFixed(0)} ms`)
  for (const [name, text] of [
    ['benign', benignText(contentBytes)],
    ['dense', denseText(contentBytes)],
  ]) {
    measure(name, text, detector, memory)
    report(name, 'V8 regular expressions', text.length, regularExpressions(detector.scanner, text))
  }
  // V8 backtracks on it for minutes.
  measure('packed', packedText(contentBytes / 8), detector, memory)
}

function measure(name: string, text: string, detector: PersonalDataDetector, memory: ScanMemory): void {
  const { scanner } = detector
  const bytes = Buffer.from(text)
  const resident = memory.allocate(bytes.length)
  resident.set(bytes)
  const found = { matches: 0, findings: 0 }
  const matchSink = countMatches(found)
  const findingSink = countFindings(found)
  scanner.scan(bytes, 0, bytes.length, matchSink)
  detector.detect(bytes, 0, bytes.length, findingSink)
  const perMegabyte = (count: number): string => (count / (bytes.length / 1e6)).toFixed(0)
  console.log(
    `${name.padEnd(8)} ${perMegabyte(found.matches)} matches, ${perMegabyte(found.findings)} findings a MB`,
  )
  report(name, 'scan, where it lies', bytes.length, () =>
    scanner.scan(resident, 0, resident.length, matchSink),
  )
  report(name, 'scan, copied', bytes.length, () => scanner.scan(bytes, 0, bytes.length, matchSink))
  report(name, 'detect', bytes.length, () => detector.detect(bytes, 0, bytes.length, findingSink))
  const stream = detector.createStream()
  report(name, `detect, in pieces of ${pieceBytes}`, bytes.length, () => {
    stream.reset()
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      stream.write(bytes, at, Math.min(bytes.length, at + pieceBytes), findingSink)
    }
    stream.close(findingSink)
  })
  memory.release(resident)
}

function report(content: string, what: string, sizeBytes: number, once: () => void): void {
  once()
  let best = Infinity
  const until = performance.now() + seconds * 1000
  do {
    const started = performance.now()
    once()
    best = Math.min(best, performance.now() - started)
  } while (performance.now() < until)
  console.log(
    `${content.padEnd(8)} ${what.padEnd(26)} ${(sizeBytes / best / 1e6).toFixed(2).padStart(6)} GB/s`,
  )
}

function countMatches(found: { matches: number }): MatchSink {
  return {
    match: () => {
      found.matches++
      return true
    },
    pass: () => undefined,
  }
}

function countFindings(found: { findings: number }): FindingSink {
  return {
    pass: () => undefined,
    field: () => '',
    found: () => {
      found.findings++
    },
  }
}

function regularExpressions(scanner: Scanner, text: string): () => void {
  const toExpression = ({ expression, ignoreCase }: Pattern): RegExp =>
    new RegExp(`(?<![A-Za-z0-9])(?:${expression})(?![A-Za-z0-9])`, ignoreCase === true ? 'gi' : 'g')
  const expressions = scanner.patterns.map(toExpression)
  return () => {
    for (const expression of expressions) {
      expression.lastIndex = 0
      while (expression.exec(text) !== null);
    }
  }
}
