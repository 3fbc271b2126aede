import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import type { Recogniser } from '../recogniser.ts'
import { email } from '../recognisers/generic/email.ts'
import { iban } from '../recognisers/generic/iban.ts'
import { KeyedHash } from './keyed-hash.ts'

const key = Buffer.alloc(32, 7)

function hashOf(recogniser: Recogniser, text: string, secret: Uint8Array = key): string {
  const bytes = Buffer.from(`x${text}x`)
  return new KeyedHash(secret).hash({ recogniser, bytes, start: 1, end: bytes.length - 1 })
}

function fingerprintOf(hash: KeyedHash, recogniser: Recogniser, text: string): string {
  const bytes = Buffer.from(text)
  hash.fingerprint({ recogniser, bytes, start: 0, end: bytes.length })
  return `${hash.high} ${hash.low}`
}

test('a hash is the first half of the HMAC of identifier and canonical value', () => {
  const expected = createHmac('sha256', key).update('iban\0DE89370400440532013000').digest('hex').slice(0, 32)
  assert.equal(hashOf(iban, 'DE89 3704 0044 0532 0130 00'), expected)
})

test('the same value is the same however it is written, and another under another key', () => {
  assert.equal(hashOf(iban, 'de89-3704-0044-0532-0130-00'), hashOf(iban, 'DE89370400440532013000'))
  assert.equal(hashOf(email, 'Jan@Example.ORG'), hashOf(email, 'jan@example.org'))
  assert.notEqual(hashOf(email, 'jan@example.org'), hashOf(email, 'j.an@example.org'))
  assert.notEqual(
    hashOf(iban, 'DE89370400440532013000'),
    hashOf(iban, 'DE89370400440532013000', Buffer.alloc(32, 8)),
  )
})

test('fingerprints tell values apart as hashes do', () => {
  const hash = new KeyedHash(key)
  const canonical = fingerprintOf(hash, iban, 'DE89370400440532013000')
  assert.equal(fingerprintOf(hash, iban, 'DE89 3704 0044 0532 0130 00'), canonical)
  assert.notEqual(fingerprintOf(hash, iban, 'GB29NWBK60161331926819'), canonical)
  assert.notEqual(
    fingerprintOf(new KeyedHash(Buffer.alloc(32, 8)), iban, 'DE89370400440532013000'),
    canonical,
  )
})
