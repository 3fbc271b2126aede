import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { expectedOffers, type Accept, type Offer } from '../../test/support/match-oracle.ts'
import { compileScanner } from './compile.ts'
import { limits } from './limits.ts'
import { ScanMemory } from './scan-memory.ts'
import type { Match, MatchSink, Pattern, Scanner } from './scanner.ts'

const memory = new ScanMemory()

/** Collects offers and checks what every sink may rely on: order, context, and that each byte is passed once before it is needed. */
class RecordingSink implements MatchSink {
  readonly offers: Offer[] = []
  readonly #text: Buffer
  readonly #accept: Accept
  #passed = 0

  constructor(text: Buffer, accept: Accept) {
    this.#text = text
    this.#accept = accept
  }

  match({ pattern, bytes, start, end, from, to, offset }: Match): boolean {
    const until = offset + end - start
    assert.deepEqual(this.#slice(bytes, start, end), this.#slice(this.#text, offset, until))
    const contextFrom = Math.max(0, offset - limits.contextBytes)
    const contextTo = Math.min(this.#text.length, until + limits.contextBytes)
    assert.deepEqual(this.#slice(bytes, from, to), this.#slice(this.#text, contextFrom, contextTo))
    assert.ok(this.#passed <= offset && offset >= (this.offers.at(-1)?.[1] ?? 0))
    if (offset > 0) assert.equal(this.#passed, offset)
    this.offers.push([pattern, offset, until])
    return this.#accept(pattern, offset, until)
  }

  pass(bytes: Uint8Array, start: number, end: number): void {
    assert.deepEqual(
      this.#slice(bytes, start, end),
      this.#slice(this.#text, this.#passed, this.#passed + end - start),
    )
    this.#passed += end - start
  }

  get passed(): number {
    return this.#passed
  }

  #slice(bytes: Uint8Array, start: number, end: number): string {
    return Buffer.from(bytes.slice(start, end)).toString('latin1')
  }
}

/** No pattern here matches more; the simple matcher need not try it. */
const longest = 100

function scanWhole(scanner: Scanner, text: string, accept: Accept): Offer[] {
  const bytes = Buffer.from(text, 'latin1')
  const sink = new RecordingSink(bytes, accept)
  // Bytes around a content are not part of it.
  const within = Buffer.concat([Buffer.from('a1'), bytes, Buffer.from('1a@')])
  scanner.scan(within, 2, 2 + bytes.length, sink)
  return sink.offers
}

function scanPieces(scanner: Scanner, text: string, cuts: readonly number[], accept: Accept): Offer[] {
  const bytes = Buffer.from(text, 'latin1')
  const sink = new RecordingSink(bytes, accept)
  const stream = scanner.createStream()
  let at = 0
  for (const cut of cuts) {
    const end = Math.min(bytes.length, at + cut)
    stream.write(
      Buffer.concat([Buffer.from('1'), bytes.subarray(at, end), Buffer.from('1')]),
      1,
      1 + end - at,
      sink,
    )
    at = end
  }
  stream.write(bytes, at, bytes.length, sink)
  stream.close(sink)
  assert.equal(sink.passed, bytes.length)
  return sink.offers
}

const sets: Pattern[][] = [
  [{ id: 'digits', expression: '\\d{3}-\\d{2}' }],
  [
    { id: 'mail', expression: '[ab1.]{1,20}@[ab1-]{1,20}(?:\\.[ab]{1,9}){1,4}', ignoreCase: true },
    { id: 'number', expression: '(?:1-?){3,5}' },
    { id: 'plus', expression: '\\+1[1 -]{2,6}1' },
  ],
  [
    { id: 'loose', expression: 'a{1,20}b', boundary: 'none' },
    { id: 'letters then digits', expression: '[ab]{2}11(?: ?[ab1]{2}){1,3}' },
    { id: 'dotted', expression: '1{1,3}\\.1{1,3}\\.1{1,3}\\.1{1,3}' },
    { id: 'choice', expression: 'ab|aab|1(?:a|1b){0,20}|@@' },
  ],
  [
    { id: 'one byte', expression: '@', boundary: 'none' },
    { id: 'any', expression: '@.b', boundary: 'none' },
    { id: 'not', expression: '-[^-]{1,4}-' },
  ],
  [
    { id: 'words', expression: '(?:ab|ba|1ab|b1b1|a)[12]?@[ab]', boundary: 'none', anchorInside: true },
    { id: 'more words', expression: '(?:bb|b1a|é1)@.', ignoreCase: true, anchorInside: true },
    { id: 'a word', expression: '(?:ab1a|ba1b)-1' },
  ],
]
const scanners = sets.map((patterns) => compileScanner(patterns, memory))

/** What the sets look for, and the bytes that it is made of. */
const fragments = [
  ...'ab1.-@+ B',
  ...['111-11', 'ab.1@b-1.a.b', '1-11-1', '+11 -11', 'aaab', 'bb11 1a ba', '1.11.1.111', '-ab-', ' ', ' '],
]

/** Texts dense with matches and with what nearly is one. */
const text = (length: { minLength?: number; maxLength: number }): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...fragments), size: 'max', ...length })

/** Accepts or refuses for no reason, but the same match always alike. */
const arbitraryAccept = fc.nat().map(
  (seed): Accept =>
    (pattern, start, end) =>
      ((pattern * 31 + start * 17 + end * 7 + seed) % 5) % 2 === 0,
)

test('what is offered is what a simple matcher finds', () => {
  const property = fc.property(
    fc.nat(sets.length - 1),
    text({ maxLength: 40 }),
    fc.array(fc.nat(9), { size: 'max', maxLength: 12 }),
    arbitraryAccept,
    (set, content, cuts, accept) => {
      const expected = expectedOffers(sets[set], content, accept, longest)
      assert.deepEqual(scanWhole(scanners[set], content, accept), expected)
      assert.deepEqual(scanPieces(scanners[set], content, cuts, accept), expected)
    },
  )
  fc.assert(property, { numRuns: fuzzRuns })
})

test('long contents give the same however they are cut', () => {
  const property = fc.property(
    fc.nat(sets.length - 1),
    text({ minLength: 400, maxLength: 1200 }),
    fc.array(fc.nat(900), { size: 'max', minLength: 3, maxLength: 12 }),
    arbitraryAccept,
    (set, content, cuts, accept) => {
      const expected = expectedOffers(sets[set], content, accept, longest)
      assert.deepEqual(scanWhole(scanners[set], content, accept), expected)
      assert.deepEqual(scanPieces(scanners[set], content, cuts, accept), expected)
    },
  )
  fc.assert(property, { numRuns: Math.ceil(fuzzRuns / 10), endOnFailure: true })
})

test('contents beyond all buffers give the same copied and where they lie', () => {
  const property = fc.property(
    fc.nat(sets.length - 1),
    text({ minLength: 400, maxLength: 1200 }),
    fc.integer({ min: 1, max: 60 }),
    fc.array(fc.nat(20_000), { size: 'max', maxLength: 12 }),
    (set, part, repeats, cuts) => {
      const content = part.repeat(repeats)
      const accept: Accept = (pattern, start, end) => (pattern + end - start) % 3 > 0
      const whole = scanWhole(scanners[set], content, accept)
      assert.deepEqual(scanPieces(scanners[set], content, cuts, accept), whole)
      assert.deepEqual(scanInPlace(scanners[set], content, cuts, accept), whole)
    },
  )
  fc.assert(property, { numRuns: Math.ceil(fuzzRuns / 30), endOnFailure: true })
})

const region = memory.allocate(65_536)

/** Writes pieces that lie in the scanner's memory, and the rest in one. */
function scanInPlace(scanner: Scanner, content: string, cuts: readonly number[], accept: Accept): Offer[] {
  const bytes = Buffer.from(content, 'latin1')
  const sink = new RecordingSink(bytes, accept)
  const stream = scanner.createStream()
  const sizes = [...cuts]
  for (let at = 0; at < bytes.length;) {
    const size = Math.min(bytes.length - at, sizes.shift() ?? region.length)
    region.set(bytes.subarray(at, at + size))
    stream.write(region, 0, size, sink)
    at += size
  }
  stream.close(sink)
  return sink.offers
}
