import { compileRecognisers } from '../src/personal-data/compile.ts'
import type { FindingSink, PersonalDataDetector } from '../src/personal-data/detector.ts'
import { compileScanner } from '../src/scan/compile.ts'
import { ScanMemory } from '../src/scan/scan-memory.ts'
import type { MatchSink, Pattern } from '../src/scan/scanner.ts'
import type { Content, Engine, OpenEngine } from './scan/engine.ts'
import { openHyperscan, openHyperscanWithStarts } from './scan/hyperscan.ts'
import { openRe2, openRe2AsOne } from './scan/re2.ts'
import { syntheticPatterns } from './scan/synthetic-patterns.ts'
import { openV8 } from './scan/v8.ts'
import { benignText, denseText, packedText } from './texts/web.ts'

/**
 * How fast contents are scanned for personal data, on one thread: the scanner alone, detection with the judgement of each
 * match, and the same expressions with the same boundaries in other engines, of those that are installed. How long
 * compiling takes stands before it.
 */

const contentBytes = 2 * 1024 * 1024
const pieceBytes = 1448
const seconds = 1
const compilations = 5
const manyPatterns = 500
const others: readonly OpenEngine[] = [openV8, openRe2, openRe2AsOne, openHyperscan, openHyperscanWithStarts]

export async function run(): Promise<void> {
  const memory = new ScanMemory()
  const started = performance.now()
  const detector = compileRecognisers(undefined, memory)
  const { patterns } = detector.scanner
  reportCompilation(`${patterns.length} built-in patterns`, performance.now() - started, patterns)
  const many = syntheticPatterns(manyPatterns)
  reportCompilation(`${manyPatterns} synthetic patterns`, compileTime(many), many)
  const engines = openEngines(patterns)
  for (const [name, text] of [
    ['benign', benignText(contentBytes)],
    ['dense', denseText(contentBytes)],
    ['packed', packedText(contentBytes / 2)],
  ]) {
    const content = { text, bytes: Buffer.from(text) }
    const ours = measure(name, content.bytes, detector, memory)
    for (const engine of engines) compare(name, content, engine, ours)
  }
  for (const engine of engines) engine.close()
}

/** The first is what a start pays; the best of more what a change of the set does. */
function reportCompilation(what: string, firstMs: number, patterns: readonly Pattern[]): void {
  const best = Math.min(...Array.from({ length: compilations }, () => compileTime(patterns)))
  console.log(`${what} compile in ${firstMs.toFixed(0)} ms, again in ${best.toFixed(0)} ms`)
}

/** In ms. */
function compileTime(patterns: readonly Pattern[]): number {
  const started = performance.now()
  const scanner = compileScanner(patterns)
  const taken = performance.now() - started
  scanner.release()
  return taken
}

function openEngines(patterns: readonly Pattern[]): Engine[] {
  return others.flatMap((open) => {
    const engine = open(patterns)
    if ('missing' in engine) {
      console.log(`${engine.name}: left out, ${engine.missing}`)
      return []
    }
    const { name, refused, compileMs } = engine
    const not = refused.length === 0 ? '' : `, not ${refused.map(({ id }) => id).join(', ')}`
    const taken = patterns.length - refused.length
    console.log(`${name}: compiles ${taken} of ${patterns.length}${not}, in ${compileMs.toFixed(0)} ms`)
    return [engine]
  })
}

/** @param ours speed of the scanner on the same content, in GB/s */
function compare(name: string, content: Content, engine: Engine, ours: number): void {
  const scan = engine.prepare(content)
  const count = (scan() / (content.bytes.length / 1e6)).toFixed(0)
  const theirs = fastest(content.bytes.length, scan)
  const ratio = `ours is ${(ours / theirs).toFixed(1)} times as fast`
  reportSpeed(name, engine.name, theirs, `${ratio}; ${count} ${engine.counts} a MB`)
}

/** @returns speed of the scanner alone, in GB/s */
function measure(name: string, bytes: Buffer, detector: PersonalDataDetector, memory: ScanMemory): number {
  const { scanner } = detector
  const { length } = bytes
  const resident = memory.allocate(length)
  resident.set(bytes)
  const found = { matches: 0, findings: 0 }
  const matchSink = countMatches(found)
  const findingSink = countFindings(found)
  scanner.scan(bytes, 0, length, matchSink)
  detector.detect(bytes, 0, length, findingSink)
  const perMegabyte = (count: number): string => (count / (length / 1e6)).toFixed(0)
  const counts = `${perMegabyte(found.matches)} matches, ${perMegabyte(found.findings)} findings a MB`
  const inPlace = fastest(length, () => scanner.scan(resident, 0, length, matchSink))
  reportSpeed(name, 'scan, where it lies', inPlace, counts)
  reportSpeed(
    name,
    'scan, copied',
    fastest(length, () => scanner.scan(bytes, 0, length, matchSink)),
  )
  reportSpeed(
    name,
    'detect',
    fastest(length, () => detector.detect(bytes, 0, length, findingSink)),
  )
  const stream = detector.createStream()
  const inPieces = fastest(length, () => {
    stream.reset()
    for (let at = 0; at < length; at += pieceBytes) {
      stream.write(bytes, at, Math.min(length, at + pieceBytes), findingSink)
    }
    stream.close(findingSink)
  })
  reportSpeed(name, `detect, in pieces of ${pieceBytes}`, inPieces)
  memory.release(resident)
  return inPlace
}

/** The best speed of a second of runs, in GB/s. It should have run before. */
function fastest(sizeBytes: number, once: () => void): number {
  let best = Infinity
  const until = performance.now() + seconds * 1000
  do {
    const started = performance.now()
    once()
    best = Math.min(best, performance.now() - started)
  } while (performance.now() < until)
  return sizeBytes / best / 1e6
}

function reportSpeed(content: string, what: string, speed: number, remark = ''): void {
  const line = `${content.padEnd(8)} ${what.padEnd(26)} ${speed.toFixed(3).padStart(7)} GB/s  ${remark}`
  console.log(line.trimEnd())
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
