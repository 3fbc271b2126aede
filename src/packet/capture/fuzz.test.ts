import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { concatenate } from '../frames.ts'
import { interfaceBlock, pcap, pcapng, rawPcap, read, readInChunks, section } from './fixtures.ts'

const writtenPacket = fc.record({
  data: fc.uint8Array({ maxLength: 200, size: 'max' }),
  time: fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
  nanoseconds: fc.integer({ min: 0, max: 999 }),
  interfaceId: fc.integer({ min: 0, max: 2 }),
  comments: fc.array(fc.string({ maxLength: 20 }), { maxLength: 2 }),
})
const captureFile = fc
  .record({
    packets: fc.array(writtenPacket, { maxLength: 12, size: 'max' }),
    bigEndian: fc.boolean(),
    isPcapng: fc.boolean(),
  })
  .map(({ packets, bigEndian, isPcapng }) => {
    const nanoseconds = true
    const interfaces = [0, 1, 2].map((linkType) => ({ linkType, nanoseconds, name: `if${linkType}` }))
    return isPcapng
      ? pcapng({ bigEndian }, interfaces, packets)
      : pcap({ linkType: 1, nanoseconds, bigEndian }, packets)
  })
const chunkSizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 20 })

test('any packets come back as they were written', () => {
  const property = fc.property(
    fc.array(writtenPacket, { maxLength: 12, size: 'max' }),
    fc.boolean(),
    (packets, bigEndian) => {
      const interfaces = [0, 1, 2].map((linkType) => ({ linkType, nanoseconds: true }))
      const result = read(pcapng({ bigEndian }, interfaces, packets))
      assert.equal(result.problem, undefined)
      const expected = packets.map(({ data, time, nanoseconds, interfaceId, comments }) => {
        const originalLength = data.length
        return {
          data: Buffer.from(data).toString('latin1'),
          time,
          nanoseconds,
          originalLength,
          linkType: interfaceId,
          interfaceId,
          comments,
        }
      })
      assert.deepEqual(result.packets, expected)
    },
  )
  fc.assert(property, { numRuns: fuzzRuns })
})

test('where the input is cut makes no difference', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 })
  const property = fc.property(captureFile, damage, chunkSizes, fc.nat(), (file, changes, sizes, cut) => {
    const damaged = Uint8Array.from(file)
    for (const [at, value] of changes) damaged[at % damaged.length] = value
    const input = damaged.subarray(0, changes.length > 0 ? damaged.length - (cut % 8) : damaged.length)
    const whole = read(input)
    const cutUp = readInChunks(input, sizes)
    assert.deepEqual(cutUp.packets, whole.packets)
    assert.deepEqual(cutUp.problem?.offset, whole.problem?.offset)
    assert.deepEqual(cutUp.problem?.code, whole.problem?.code)
  })
  fc.assert(property, { numRuns: fuzzRuns })
})

test('random bytes behind a capture header never throw, and a problem lies within the file', () => {
  const starts = [
    rawPcap(0xa1b2c3d4, [2, 4], 1, new Uint8Array(0)),
    concatenate(section(), interfaceBlock(1, 0)),
  ]
  const property = fc.property(
    fc.constantFrom(...starts),
    fc.uint8Array({ maxLength: 300, size: 'max' }),
    (start, rest) => {
      const { problem } = read(concatenate(start, rest))
      assert.ok(
        problem === undefined ||
          (problem.offset >= start.length && problem.offset <= start.length + rest.length),
      )
    },
  )
  fc.assert(property, { numRuns: fuzzRuns })
})
