import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { hasTextMember } from './json-object.ts'

const name = Buffer.from('alg')

function has(text: string | Uint8Array, isWhole = true): boolean {
  const bytes = Buffer.from(text)
  return hasTextMember(bytes, 0, bytes.length, { name, isWhole })
}

test('a member with a text is found, whatever stands around it', () => {
  const table: [text: string, expected: boolean][] = [
    ['{"alg":"HS256"}', true],
    ['{ "typ" : "JWT",\n"alg" : "none" }', true],
    ['{"x":{"y":[1,"}"]},"alg":"a"}', true],
    ['{"x":"\\"","alg":"a"}', true],
    ['{"alg":1}', false],
    ['{"x":{"alg":"a"}}', false],
    ['{"x":"alg","y":"a"}', false],
    ['{"x":"\\"alg\\":\\"a\\""}', false],
    ['["alg","a"]', false],
    ['{"alg":"a"', false],
    ['{"alg":"a"}}', false],
    ['{"alg":"a', false],
    ['{"alg\u0000":"a"}', false],
    ['', false],
  ]
  for (const [text, expected] of table) assert.equal(has(text), expected, text)
})

test('of an object that is cut off, what comes before the cut counts', () => {
  for (const text of ['{"alg":"a","x":"b', '{"alg":"a","x"', '{"alg":"a",'])
    assert.equal(has(text, false), true, text)
  for (const text of ['{"al', '{"x":"b","alg":', '{"x":{"alg":"a"'])
    assert.equal(has(text, false), false, text)
})

test('agrees with JSON.parse on any object', () => {
  const key = fc.oneof(fc.constant('alg'), fc.string())
  const value = fc.oneof(fc.string(), fc.jsonValue())
  const property = fc.property(fc.dictionary(key, value), fc.boolean(), (object, isSpaced) => {
    const isText = Object.hasOwn(object, 'alg') && typeof object['alg'] === 'string'
    assert.equal(has(JSON.stringify(object, undefined, isSpaced ? 2 : undefined)), isText)
  })
  fc.assert(property, { numRuns: fuzzRuns })
})

test('any bytes are read without failing', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, isWhole) => {
    has(Buffer.concat([Buffer.from('{"alg":'), bytes]), isWhole)
  })
  fc.assert(property, { numRuns: fuzzRuns })
})
