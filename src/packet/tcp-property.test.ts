import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { client, handshake, type Segment, serverAck, TcpPlay } from './tcp-fixtures.ts'
import type { SegmentOverlapPolicy } from './segment-queues.ts'

/** Near the wraps of 32 bits, signed and unsigned, as often as anywhere. */
const initial = fc.oneof(
  fc.nat(0xffff_ffff),
  fc.nat(3000).map((n) => 0xffff_ffff - n),
  fc.nat(3000).map((n) => 0x7fff_ffff - n),
)

/** A part of a text by its start and length in thousandths, so that it does not depend on the text. */
const part = fc.record({ from: fc.nat(999), length: fc.integer({ min: 1, max: 300 }) })
const text = fc.integer({ min: 1, max: 3000 }).map(textOf)
const parts = fc.array(part, { maxLength: 60, size: 'max' })

/** Letters without a short period, so that bytes in a wrong place are seen. */
function textOf(length: number): string {
  return Array.from({ length }, (_, i) => 'abcdefgh'[(i * i * 7 + (i >> 3) + (i >> 7)) & 7]).join('')
}

interface Piece {
  at: number
  data: string
}

function pieceOf(whole: string, { from, length }: { from: number; length: number }): Piece {
  const start = Math.floor((from * whole.length) / 1000)
  return {
    at: start,
    data: whole.slice(start, start + Math.max(1, Math.floor((length * whole.length) / 1000))),
  }
}

/** Consecutive pieces that make up the text. */
function segmented(whole: string, sizes: readonly number[]): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < whole.length;) {
    const data = whole.slice(at, at + sizes[pieces.length % sizes.length])
    pieces.push({ at, data })
    at += data.length
  }
  return pieces
}

/** What a receiver that sees the pieces would acknowledge after each. */
class Receiver {
  readonly #seen: Uint8Array
  #next = 0

  constructor(length: number) {
    this.#seen = new Uint8Array(length)
  }

  take(piece: Piece): number {
    this.#seen.fill(1, piece.at, piece.at + piece.data.length)
    while (this.#seen[this.#next] === 1) this.#next++
    return 1 + this.#next
  }
}

const toSegment = (piece: Piece): Segment => client(1 + piece.at, piece.data)
const heardFrom = (log: readonly string[]): string[] => log.filter((line) => line.startsWith('> '))

test('any segmentation, order, repetition and overlap of the same bytes gives the bytes', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 10 })
  const order = fc.array(fc.nat(), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(text, sizes, parts, order, initial, (whole, lengths, extra, swaps, number) => {
      const pieces = [...segmented(whole, lengths), ...extra.map((some) => pieceOf(whole, some))]
      const shuffled = pieces.toSorted((a, b) => swaps[a.at % swaps.length] - swaps[b.at % swaps.length])
      const receiver = new Receiver(whole.length)
      // A single byte that waits takes a chunk: the longest text of such must fit.
      const play = new TcpPlay({ heldBytesPerStream: 8 * 1024 * 1024 }, number).play(...handshake)
      for (const piece of shuffled) play.play(toSegment(piece), serverAck(receiver.take(piece)))
      assert.equal(play.reassembler.heldBytes, 0)
      assert.deepEqual(play.finish(), [`> ${whole}`, '> abandoned', '< abandoned'])
    }),
    { numRuns: fuzzRuns },
  )
})

test('what the capture lost is a gap, there and as long as it was', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 10 })
  const losses = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(
      text,
      sizes,
      losses,
      fc.boolean(),
      initial,
      (whole, lengths, lost, isAcknowledged, number) => {
        const play = new TcpPlay({}, number).play(...handshake)
        const expected: string[] = []
        let missing = 0
        for (const [i, piece] of segmented(whole, lengths).entries()) {
          if (lost[i % lost.length]) {
            missing += piece.data.length
          } else {
            play.play(toSegment(piece))
            if (missing > 0) expected.push(`(${missing})`)
            expected.push(piece.data)
            missing = 0
          }
          if (isAcknowledged) play.play(serverAck(1 + piece.at + piece.data.length))
        }
        assert.equal(heardFrom(play.finish()).join('').replaceAll('> ', ''), `${expected.join('')}abandoned`)
      },
    ),
    { numRuns: fuzzRuns },
  )
})

/** Which bytes count by the policy, byte by byte: what lies before the first hole was given on and is fixed. */
class ByteModel {
  readonly bytes: string[] = []
  #given = 0
  readonly #policy: SegmentOverlapPolicy

  constructor(policy: SegmentOverlapPolicy) {
    this.#policy = policy
  }

  /** Whether it differs from bytes that still wait. */
  take(piece: Piece): boolean {
    let differs = false
    for (const [i, byte] of [...piece.data].entries()) {
      const at = piece.at + i
      if (at < this.#given) continue
      const known = this.bytes[at]
      if (known !== undefined && known !== byte) differs = true
      if (known === undefined || this.#policy === 'last') this.bytes[at] = byte
    }
    while (this.bytes[this.#given] !== undefined) this.#given++
    return differs
  }

  /** With gaps, as a sink hears it. */
  toString(): string {
    let line = ''
    for (let at = 0; at < this.bytes.length; at++) {
      const hole = at
      while (this.bytes[at] === undefined) at++
      line += at > hole ? `(${at - hole})${this.bytes[at]}` : this.bytes[at]
    }
    return line
  }
}

test('of differing bytes those count that the policy says, and the difference is told', () => {
  const pieces = fc.array(
    fc.record({
      at: fc.nat(120),
      data: fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 40 }),
    }),
    { maxLength: 40, size: 'max' },
  )
  const policy = fc.constantFrom<SegmentOverlapPolicy>('first', 'last')
  fc.assert(
    fc.property(pieces, policy, initial, (script, overlapPolicy, number) => {
      const model = new ByteModel(overlapPolicy)
      const play = new TcpPlay({ overlapPolicy }, number).play(...handshake)
      for (const piece of script) {
        const before = play.reassembler.counters.anomalies['tcp-overlap-differs']
        const differs = model.take(piece)
        play.play(toSegment(piece))
        // Differences from bytes given on already may be told too.
        if (differs) assert.ok(play.reassembler.counters.anomalies['tcp-overlap-differs'] > before)
      }
      assert.equal(heardFrom(play.finish()).join('').replaceAll('> ', ''), `${model.toString()}abandoned`)
    }),
    { numRuns: fuzzRuns },
  )
})

/** Follows what is given on against the text that was sent, and how the directions end. */
class CheckedPlay extends TcpPlay {
  readonly #whole: string
  #at = 0
  given = 0
  missing = 0
  ends = 0

  constructor(whole: string, heldBytes: number, number: number) {
    super({ heldBytes, heldBytesPerStream: heldBytes / 2 }, number)
    this.#whole = whole
  }

  override data(_flow: number, direction: number, bytes: Uint8Array, start: number, end: number): void {
    assert.deepEqual([direction, this.ends], [0, 0])
    const given = Buffer.from(bytes.subarray(start, end)).toString('latin1')
    assert.equal(given, this.#whole.slice(this.#at, this.#at + given.length))
    this.#at += given.length
    this.given += given.length
  }

  override gap(_flow: number, direction: number, length: number): void {
    assert.deepEqual([direction, this.ends], [0, 0])
    assert.ok(length > 0)
    this.#at += length
    this.missing += length
  }

  override ended(_flow: number, direction: number): void {
    if (direction === 0) this.ends++
    assert.equal(this.ends, 1)
  }
}

test('whatever comes, what is given on is in its place, within the memory allowed', () => {
  const whole = textOf(30_000)
  const step = fc.record({
    part: fc.record({ from: fc.nat(999), length: fc.integer({ min: 1, max: 120 }) }),
    flags: fc.constantFrom('A', 'A', 'A', 'A', 'A', 'A', 'FA', 'R', ''),
    captured: fc.nat(1000),
    ack: fc.nat(999),
    isCut: fc.boolean(),
  })
  const held = fc.constantFrom(4096, 16_384)
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), held, initial, (steps, heldBytes, number) => {
      const play = new CheckedPlay(whole, heldBytes, number).play(...handshake)
      for (const { part: some, flags, captured, ack, isCut } of steps) {
        const piece = pieceOf(whole, some)
        const cut = isCut ? { captured: Math.min(captured, piece.data.length) } : {}
        play.play(client(1 + piece.at, piece.data, { flags, ...cut }))
        play.play(serverAck(Math.floor((ack * whole.length) / 1000)))
        assert.ok(play.reassembler.heldBytes <= heldBytes)
      }
      play.finish()
      assert.deepEqual([play.ends, play.reassembler.heldBytes], [1, 0])
      assert.equal(play.reassembler.counters.gapBytes, play.missing)
    }),
    { numRuns: Math.min(fuzzRuns, 50 + fuzzRuns / 10) },
  )
})
