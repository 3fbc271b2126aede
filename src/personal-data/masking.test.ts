import { anyText } from '../../test/support/any-text.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { maskEmail, maskMiddle, maxShownShare } from './masking.ts'
import { builtInRecognisers } from './recognisers/index.ts'
import { ipAddress } from './recognisers/generic/ip-address.ts'

const lettersAndDigits = (text: string): number => [...text].filter((c) => /[\p{L}\p{N}]/u.test(c)).length

/** Share of the letters and digits that a mask shows. */
function shownShare(value: string, mask: string): number {
  return lettersAndDigits(mask) / Math.max(1, lettersAndDigits(value))
}

/** Of an address without its last label, which nearly everyone shares. */
function shownShareOfEmail(value: string): number {
  const withoutLastLabel = (text: string): string => text.slice(0, text.lastIndexOf('.'))
  return shownShare(withoutLastLabel(value), withoutLastLabel(maskEmail(value)))
}

test('masks show enough to recognise one’s own', () => {
  const table: [id: string, value: string, mask: string][] = [
    ['iban', 'DE89 3704 0044 0532 0130 00', 'DE89 **** **** **** **30 00'],
    ['iban', 'NO9386011117947', 'NO93*********47'],
    ['payment-card', '4111-1111-1111-1234', '****-****-****-1234'],
    ['us-ssn', '274-90-1186', '***-**-**86'],
    ['phone', '+49 30 51751091', '+49 ** ******91'],
    ['email', 'anna.schmidt@example.com', 'a***@e***.com'],
    ['email', 'jo@ab.example', '***@***.example'],
    ['ip-address', '86.231.85.193', '86.*.*.*'],
    ['ip-address', '212.1.1.9', '*.*.*.*'],
    ['ip-address', '2001:db8:85a3::8a2e:370:7348', '2001:*:*::*:*:*'],
    ['ip-address', '123::1.2.3.4', '*::*'],
  ]
  for (const [id, value, mask] of table) {
    assert.equal(builtInRecognisers.find((recogniser) => recogniser.id === id)?.mask(value), mask)
  }
})

test('no mask of an example shows more than the stated share', () => {
  for (const { id, mask, examples } of builtInRecognisers) {
    for (const value of examples.good) {
      const share = id === 'email' ? shownShareOfEmail(value) : shownShare(value, mask(value))
      assert.ok(share <= maxShownShare, `${id}: ${mask(value)}`)
    }
  }
})

test('no mask of anything shows more than the stated share', () => {
  const check = (share: number): void => assert.ok(share <= maxShownShare)
  const value = anyText().filter((text) => text.isWellFormed() && lettersAndDigits(text) > 0)
  const counts = fc.nat(8)
  fc.assert(
    fc.property(value, counts, counts, (text, first, last) =>
      check(shownShare(text, maskMiddle(text, first, last))),
    ),
    { numRuns: fuzzRuns },
  )
  fc.assert(
    fc.property(fc.emailAddress(), (text) => check(shownShareOfEmail(text))),
    { numRuns: fuzzRuns },
  )
  for (const address of [fc.ipV4(), fc.ipV6()]) {
    const property = fc.property(address, (text) => check(shownShare(text, ipAddress.mask(text))))
    fc.assert(property, { numRuns: fuzzRuns })
  }
})
