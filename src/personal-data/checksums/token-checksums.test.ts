import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBech32 } from './bech32.ts'
import { base36, base62, crc32 } from './crc32.ts'

const bytesOf = (text: string): Uint8Array => Buffer.from(text)

test('CRC-32 is the one of zlib', () => {
  assert.equal(crc32(bytesOf('123456789'), 0, 9), 0xcbf43926)
  assert.equal(crc32(bytesOf('x123456789x'), 1, 10), 0xcbf43926)
  assert.equal(crc32(bytesOf(''), 0, 0), 0)
})

test('numbers of base 62 and 36 are read, and no other bytes', () => {
  assert.equal(base62(bytesOf('0Z'), 0, 2), 35)
  assert.equal(base62(bytesOf('10a'), 0, 3), 62 * 62 + 36)
  assert.ok(Number.isNaN(base62(bytesOf('1_'), 0, 2)))
  assert.equal(base36(bytesOf('0zz'), 0, 3), Number.parseInt('0zz', 36))
  assert.ok(Number.isNaN(base36(bytesOf('0Z'), 0, 2)))
})

test('Bech32 of BIP 173 is valid in either case, and one wrong character is noticed', () => {
  const valid = ['A12UEL5L', 'a12uel5l', 'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw', '?1ezyfcl']
  for (const text of valid) {
    const separator = text.lastIndexOf('1')
    assert.equal(isBech32(bytesOf(text), 0, separator, text.length), true, text)
    const wrong = `${text.slice(0, -1)}${text.endsWith('q') ? 'p' : 'q'}`
    assert.equal(isBech32(bytesOf(wrong), 0, separator, wrong.length), false, wrong)
  }
  assert.equal(isBech32(bytesOf('A12UELbL'), 0, 1, 8), false)
})
