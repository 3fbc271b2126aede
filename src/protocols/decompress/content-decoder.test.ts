import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import test from 'node:test'
import zlib from 'node:zlib'
import * as fc from 'fast-check'
import type { Coding, DecodeProblem } from './content-decoder.ts'
import { ContentDecoder } from './content-decoder.ts'
import { limits } from './limits.ts'
import { canDecode, decoderMemoryBytes } from './stream-decoder.ts'

const TEXT = Buffer.from(
  JSON.stringify(Array.from({ length: 300 }, (_, i) => ({ id: i, name: `name ${i * 7919}` }))),
)

interface Outcome {
  text: Buffer
  whole: boolean
  problems: DecodeProblem[]
}

/** Decodes `input` given in pieces that end at `cuts`. */
function decode(codings: Coding[], input: Uint8Array, cuts: number[] = []): Outcome {
  const pieces: Buffer[] = []
  const problems: DecodeProblem[] = []
  const decoder = ContentDecoder.open(codings, {
    decoded: (bytes, start, end) => pieces.push(Buffer.from(bytes.subarray(start, end))),
    undecodable: (problem) => problems.push(problem),
  })
  let at = 0
  for (const cut of [...cuts, input.length]) {
    if (cut <= at || cut > input.length) continue
    decoder.write(input, at, cut)
    at = cut
  }
  const whole = decoder.end()
  return { text: Buffer.concat(pieces), whole, problems }
}

const gzip = zlib.gzipSync(TEXT)
const windowOf16MiB = { params: { [zlib.constants.BROTLI_PARAM_LGWIN]: 24 } }
const everyHeaderPart = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 4, 0, 1, 2, 3, 4]),
  Buffer.from('name\0comment\0xx'),
  zlib.deflateRawSync(TEXT),
  gzip.subarray(-8),
])

const CASES: [name: string, codings: Coding[], input: Buffer, problems: DecodeProblem[], whole: boolean][] = [
  ['gzip', ['gzip'], gzip, [], true],
  ['gzip with extra, name, comment and header check', ['gzip'], everyHeaderPart, [], true],
  ['gzip with zero padding', ['gzip'], Buffer.concat([gzip, Buffer.alloc(9)]), ['trailing'], true],
  ['gzip with trailing text', ['gzip'], Buffer.concat([gzip, Buffer.from('and more')]), ['trailing'], true],
  ['gzip declared as deflate', ['deflate'], gzip, [], true],
  ['plain declared as gzip', ['gzip'], TEXT, ['mismatch'], true],
  ['plain declared as zstd', ['zstd'], TEXT, ['mismatch'], true],
  ['plain declared as brotli', ['br'], TEXT, ['mismatch'], true],
  ['plain declared as brotli in gzip', ['gzip', 'br'], gzip, ['mismatch'], true],
  ['deflate in zlib form', ['deflate'], zlib.deflateSync(TEXT), [], true],
  ['deflate in raw form', ['deflate'], zlib.deflateRawSync(TEXT), [], true],
  [
    'raw deflate with trailing text',
    ['deflate'],
    Buffer.concat([zlib.deflateRawSync(TEXT), TEXT]),
    ['trailing'],
    true,
  ],
  ['brotli', ['br'], zlib.brotliCompressSync(TEXT), [], true],
  ['brotli with a window of 16 MiB', ['br'], zlib.brotliCompressSync(TEXT, windowOf16MiB), [], true],
  [
    'brotli with trailing text',
    ['br'],
    Buffer.concat([zlib.brotliCompressSync(TEXT), TEXT]),
    ['trailing'],
    true,
  ],
  ['zstd', ['zstd'], zlib.zstdCompressSync(TEXT), [], true],
  ['gzip in brotli', ['br', 'gzip'], zlib.brotliCompressSync(gzip), [], true],
  ['zstd in gzip', ['gzip', 'zstd'], zlib.gzipSync(zlib.zstdCompressSync(TEXT)), [], true],
]

for (const [name, codings, input, problems, whole] of CASES) {
  test(`decodes ${name}`, () => {
    const outcome = decode(codings, input)
    assert.equal(outcome.text.toString('latin1'), TEXT.toString('latin1'))
    assert.deepEqual(outcome.problems, problems)
    assert.equal(outcome.whole, whole)
  })
}

test('decodes the same wherever the input is cut', () => {
  for (const [name, codings, input] of CASES) {
    const everyByte = Array.from({ length: input.length }, (_, i) => i)
    assert.deepEqual(decode(codings, input, everyByte), decode(codings, input), name)
  }
})

test('reads concatenated members and frames as one content', () => {
  const twice = Buffer.concat([TEXT, TEXT]).toString()
  assert.equal(decode(['gzip'], Buffer.concat([gzip, gzip])).text.toString(), twice)
  const frame = zlib.zstdCompressSync(TEXT)
  assert.equal(decode(['zstd'], Buffer.concat([frame, frame])).text.toString(), twice)
})

test('what gives nothing before it fails was never compressed, and is handed on as it is', () => {
  const text = Buffer.from('World, which is no deflate')
  for (const cuts of [[], [1], [2], [3, 5]]) {
    assert.deepEqual(decode(['deflate'], text, cuts), { text, whole: true, problems: ['mismatch'] })
  }
})

test('an empty content is whole, an empty compressed one too', () => {
  for (const coding of ['gzip', 'deflate', 'br', 'zstd'] as const)
    assert.equal(decode([coding], Buffer.alloc(0)).whole, true)
  const empty = Buffer.alloc(0)
  assert.deepEqual(decode(['gzip'], zlib.gzipSync(empty)), { text: empty, whole: true, problems: [] })
  assert.deepEqual(decode(['br'], zlib.brotliCompressSync(empty)), { text: empty, whole: true, problems: [] })
  assert.deepEqual(decode(['br'], Buffer.from([0x06])), { text: empty, whole: true, problems: [] })
})

test('a truncated content gives what was readable and is not whole', () => {
  for (const [name, codings, input] of CASES.filter(([, , , problems]) => problems.length === 0)) {
    const outcome = decode(codings, input.subarray(0, input.length - 12))
    assert.equal(outcome.whole, false, name)
    assert.ok(TEXT.subarray(0, outcome.text.length).equals(outcome.text), name)
  }
})

test('corrupt input ends the decoding and keeps what came before', () => {
  const large = Buffer.concat(
    Array.from({ length: 40 }, (_, i) => Buffer.from(TEXT.toString().replaceAll('name', `n${i}`))),
  )
  const input = zlib.gzipSync(large)
  input.fill(0xff, input.length >> 1, (input.length >> 1) + 64)
  const outcome = decode(['gzip'], input)
  assert.deepEqual(outcome.problems, ['corrupt'])
  assert.equal(outcome.whole, false)
  assert.ok(outcome.text.length > large.length / 4)
  assert.deepEqual(decode(['gzip'], Buffer.from([0x1f, 0x8b, 9, 0, 1, 2])).problems, ['corrupt'])
})

test('a bomb is stopped by its ratio, in one layer and in two', () => {
  const zeros = Buffer.alloc(64 * 1024 * 1024)
  const bound = limits.ratioFromBytes + limits.outputBytes
  const once = zlib.gzipSync(zeros)
  for (const [codings, input] of [
    [['gzip'], once],
    [['br'], zlib.brotliCompressSync(zeros, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } })],
    [['zstd'], zlib.zstdCompressSync(zeros)],
    [['gzip', 'gzip'], zlib.gzipSync(once)],
  ] as [Coding[], Buffer][]) {
    const outcome = decode(codings, input)
    assert.deepEqual(outcome.problems, ['ratio'])
    assert.ok(outcome.text.length <= Math.max(bound, input.length * limits.ratio + limits.outputBytes))
  }
})

test('a zstd window beyond what HTTP allows is refused', () => {
  const input = zlib.zstdCompressSync(Buffer.alloc(40_000_000, 'abc'), {
    params: { [zlib.constants.ZSTD_c_windowLog]: 25 },
  })
  assert.deepEqual(decode(['zstd'], input), { text: Buffer.alloc(0), whole: false, problems: ['corrupt'] })
})

test('decoders beyond the memory limit are not opened, and closing gives the memory back', () => {
  const taker = { decoded: () => undefined, undecodable: (problem: DecodeProblem) => problems.push(problem) }
  const problems: DecodeProblem[] = []
  const input = zlib.brotliCompressSync(TEXT, windowOf16MiB)
  const open: ContentDecoder[] = []
  while (problems.length === 0) {
    const decoder = ContentDecoder.open(['br'], taker)
    decoder.write(input, 0, limits.provingBytes)
    assert.ok(open.length < 100)
    open.push(decoder)
  }
  assert.deepEqual(problems, ['memory'])
  assert.equal(open.length, Math.floor(limits.memoryBytes / (16 * 1024 * 1024 + 16 * 1024)) + 1)
  for (const decoder of open) decoder.close()
  assert.equal(decoderMemoryBytes(), 0)
})

test('this Node can decode every format', () => {
  assert.deepEqual([canDecode('deflate-raw'), canDecode('br'), canDecode('zstd')], [true, true, true])
})

test('any input and any cut: no error, the same outcome, nothing left open', () => {
  const coding = fc.constantFrom<Coding>('gzip', 'deflate', 'br', 'zstd')
  const seeds = CASES.map(([, , input]) => input)
  fc.assert(
    fc.property(
      fc.array(coding, { minLength: 1, maxLength: 2 }),
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 3 }),
      fc.array(fc.nat(2000), { maxLength: 6 }),
      (codings, seed, changes, cuts) => {
        const input = Buffer.from(seed)
        for (const [at, value] of changes) if (at < input.length) input[at] = value
        const sorted = cuts.toSorted((a, b) => a - b)
        const cut = decode(codings, input, sorted)
        const uncut = decode(codings, input)
        assert.equal(cut.whole, uncut.whole)
        if (!uncut.problems.includes('corrupt')) assert.deepEqual(cut, uncut)
        assert.equal(decoderMemoryBytes(), 0)
      },
    ),
    { numRuns: fuzzRuns },
  )
})
