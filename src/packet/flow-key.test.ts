import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packetOf } from './flow-fixtures.ts'
import { FlowKey, halfSipHash13 } from './flow-key.ts'

test('the hash is HalfSipHash-1-3', () => {
  // Vectors of Linux, lib/tests/siphash_kunit.c: bytes 0, 1, 2, … under the key 00 01 … 07; here lengths 0, 4, 17, 41.
  const vectors: [length: number, hash: number][] = [
    [0, 0x5814c896],
    [4, 0x7e059ea6],
    [17, 0x2b1cd04b],
    [41, 0xe110131c],
  ]
  const bytes = Uint8Array.from({ length: 64 }, (_, i) => i)
  const words = new Int32Array(bytes.buffer)
  for (const [length, hash] of vectors) {
    const blocks = length >> 2
    const tail = (length << 24) | (length % 4 === 0 ? 0 : bytes[4 * blocks])
    assert.equal(halfSipHash13(0x03020100, 0x07060504, words, blocks, tail) >>> 0, hash, `${length} bytes`)
  }
})

test('both directions have one key, and tell their sides apart', () => {
  const table: [string, string][] = [
    ['10.0.0.1:5000', '10.0.0.2:80'],
    ['10.0.0.1:5000', '10.0.0.1:80'],
    ['200.0.0.1:80', '10.0.0.1:80'],
    ['[2001:db8::1]:5000', '[2001:db8::2]:80'],
    ['[2001:db8::1]:5000', '[2001:db8::1]:80'],
    ['[fe80::1:0:0:1]:80', '[2001:db8::1]:80'],
  ]
  for (const [a, b] of table) {
    const there = keyOf(a, b)
    const back = keyOf(b, a)
    assert.deepEqual(there.words, back.words, a)
    assert.equal(there.hash(), back.hash())
    assert.notEqual(there.side, back.side, a)
  }
})

test('a key that follows one of the other family holds nothing of it', () => {
  const key = new FlowKey([1, 2])
  key.read(packetOf({ from: '[2001:db8::1]:5000', to: '[2001:db8::2]:80' }))
  key.read(packetOf({ from: '10.0.0.1:5000', to: '10.0.0.2:80' }))
  assert.deepEqual(key.words, keyOf('10.0.0.1:5000', '10.0.0.2:80').words)
})

test('another seed is another hash', () => {
  const packet = packetOf({ from: '10.0.0.1:5000', to: '10.0.0.2:80' })
  const hashes = [0, 1, 2].map((seed) => {
    const key = new FlowKey([seed, 0])
    key.read(packet)
    return key.hash()
  })
  assert.equal(new Set(hashes).size, 3)
})

function keyOf(from: string, to: string): FlowKey {
  const key = new FlowKey([1, 2])
  key.read(packetOf({ from, to }))
  return key
}
