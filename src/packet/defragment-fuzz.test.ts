import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Defragmenter, type DefragmentOptions } from './defragment.ts'
import { assemble, decoded, fragment4, fragment6, START } from './defragment/fixtures.ts'
import { udp } from './frames.ts'
import { DecodeStatus } from './packet.ts'

test('any cuts, order and repetition give the datagram that was sent', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12, size: 'max' })
  const property = fc.property(
    fc.uint8Array({ minLength: 1, maxLength: 3000, size: 'max' }),
    cuts,
    fc.array(fc.nat(), { minLength: 1, maxLength: 40, size: 'max' }),
    fc.boolean(),
    (payload, cutUnits, order, isIpv4) => {
      const whole = udp({ sourcePort: 1, destinationPort: 2 }, payload)
      const ends = [...new Set(cutUnits.map((unit) => unit * 8).filter((at) => at < whole.length))].sort(
        (a, b) => a - b,
      )
      if (ends.length === 0) return
      const pieces = [...ends, whole.length].map((end, i) => {
        const offset = i === 0 ? 0 : ends[i - 1]
        return { offset, data: whole.subarray(offset, end), more: end < whole.length }
      })
      const defragmenter = new Defragmenter()
      // Some at random, then all of them: at the latest then it must have come whole.
      const sequence = [...order.map((n) => pieces[n % pieces.length]), ...pieces]
      const seen = assemble(defragmenter, sequence.map(isIpv4 ? fragment4 : fragment6))
      const texts = seen.filter((text) => text !== undefined)
      assert.ok(texts.length > 0)
      for (const text of texts) assert.equal(text, Buffer.from(payload).toString('latin1'))
      assert.equal(defragmenter.counters.overlaps, 0)
    },
  )
  fc.assert(property, { numRuns: fuzzRuns })
})

test('no fragments whatever break it, and memory keeps to its bound', () => {
  const piece = fc.record({
    offset: fc.integer({ min: 0, max: 8191 }).map((unit) => unit * 8),
    data: fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.constantFrom(new Uint8Array(1480), new Uint8Array(9000)),
    ),
    more: fc.boolean(),
    id: fc.integer({ min: 0, max: 5 }),
    protocol: fc.constantFrom(1, 4, 6, 17, 41, 44, 47),
  })
  const overlapPolicy = fc.constantFrom<DefragmentOptions['overlapPolicy'][]>('first', 'last', 'drop')
  const steps = fc.array(fc.tuple(piece, fc.boolean(), fc.integer({ min: -100, max: 100 })), {
    maxLength: 40,
    size: 'max',
  })
  const property = fc.property(steps, overlapPolicy, (sequence, policy) => {
    const defragmenter = new Defragmenter({ overlapPolicy: policy ?? 'first', heldBytes: 100_000 })
    for (const [part, isIpv4, seconds] of sequence) {
      const packet = decoded(isIpv4 ? fragment4(part) : fragment6(part), seconds)
      if (packet.status !== DecodeStatus.fragment) continue
      assert.notEqual(defragmenter.add(packet)?.status, DecodeStatus.fragment)
      assert.ok(defragmenter.heldBytes <= 100_000)
    }
    defragmenter.expire(START + 1e12)
    assert.equal(defragmenter.datagrams, 0)
  })
  fc.assert(property, { numRuns: fuzzRuns })
})
