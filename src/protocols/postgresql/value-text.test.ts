import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { ValueText } from './value-text.ts'

/** OID and width of the integer types. */
const types: [oid: number, bits: number][] = [
  [21, 16],
  [23, 32],
  [20, 64],
]

function digits(oid: number, bits: number, value: bigint): string {
  const bytes = Buffer.from(
    BigInt.asUintN(bits, value)
      .toString(16)
      .padStart(bits / 4, '0'),
    'hex',
  )
  const run = {
    bytes: Buffer.concat([Buffer.from('##'), bytes, Buffer.from('##')]),
    start: 2,
    end: 2 + bytes.length,
  }
  assert.equal(new ValueText().of(oid, run), true)
  return Buffer.from(run.bytes.subarray(run.start, run.end)).toString()
}

it('integers in binary form are read as their digits', () => {
  for (const [oid, bits] of types) {
    const most = 2n ** BigInt(bits - 1)
    for (const value of [0n, 1n, -1n, 10n, most - 1n, -most, most / 2n, -255n, -256n])
      assert.equal(digits(oid, bits, value), String(value))
    fc.assert(
      fc.property(fc.bigInt({ min: -most, max: most - 1n }), (value) =>
        assert.equal(digits(oid, bits, value), String(value)),
      ),
      { numRuns: fuzzRuns },
    )
  }
})
