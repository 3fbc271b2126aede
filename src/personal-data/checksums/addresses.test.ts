import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { base58AddressVersion } from './base58.ts'
import { isBech32, isBech32m } from './bech32.ts'
import { keccak256, keccakMostBytes } from './keccak256.ts'
import { sha256, sha256MostBytes } from './sha256.ts'

const out = new Uint8Array(32)

test('SHA-256 is that of FIPS 180-4', () => {
  const property = fc.property(fc.uint8Array({ maxLength: sha256MostBytes }), (text) => {
    sha256(text, text.length, out)
    assert.equal(Buffer.from(out).toString('hex'), createHash('sha256').update(text).digest('hex'))
  })
  fc.assert(property, { numRuns: fuzzRuns })
})

test('Keccak-256 is that of Ethereum', () => {
  const table: [text: string, digest: string][] = [
    ['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
    ['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
    ['Transfer(address,address,uint256)', 'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'],
  ]
  for (const [text, digest] of table) {
    keccak256(Buffer.from(text), text.length, out)
    assert.equal(Buffer.from(out).toString('hex'), digest, text)
  }
  keccak256(new Uint8Array(keccakMostBytes), keccakMostBytes, out)
})

test('addresses to the base of 58 are told by their checksum', () => {
  const table: [address: string, version: number][] = [
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 0],
    ['1BoatSLRHtKNngkdXEeobR76b53LETtpyT', 0],
    ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 5],
    ['1111111111111111111114oLvT2', 0],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', -1],
    ['11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', -1],
    ['A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', -1],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7Div0Na', -1],
    ['zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz', -1],
    ['', -1],
  ]
  for (const [address, version] of table)
    assert.equal(base58AddressVersion(Buffer.from(address), 0, address.length), version, address)
})

test('addresses in Bech32 and Bech32m have each their own checksum', () => {
  const table: [address: string, is: boolean, isM: boolean][] = [
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', true, false],
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', true, false],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0', false, true],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', false, false],
  ]
  for (const [address, is, isM] of table) {
    const bytes = Buffer.from(address)
    assert.equal(isBech32(bytes, 0, 2, bytes.length), is, address)
    assert.equal(isBech32m(bytes, 0, 2, bytes.length), isM, address)
  }
})
