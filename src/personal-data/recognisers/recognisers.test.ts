import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../test/support/built-in-detector.ts'
import { detectAll } from '../../../test/support/detect-all.ts'
import { ibanRegistry } from './generic/iban-registry.ts'
import { builtInRecognisers } from './index.ts'

/** In the middle of other fields, as values come. */
const around = (field: string, value: string): [text: string, start: number] => {
  const before = `{"${field.replaceAll(' ', '_')}":"`
  return [`${before}${value}","y":1}`, Buffer.byteLength(before)]
}

for (const { id, fieldNames, examples } of builtInRecognisers) {
  test(`${id}: each good example is found, whole, under its field's name`, () => {
    for (const value of examples.good) {
      const [text, start] = around(fieldNames[0], value)
      const found = detectAll(detector, text, fieldNames[0])
      const end = start + Buffer.byteLength(value)
      assert.deepEqual(
        found.map((finding) => [finding.id, finding.start, finding.end]),
        [[id, start, end]],
        value,
      )
    }
  })

  test(`${id}: no bad example is found, even under its field's name`, () => {
    for (const value of examples.bad) {
      const found = detectAll(detector, around(fieldNames[0], value)[0], fieldNames[0])
      assert.ok(!found.some((finding) => finding.id === id), value)
    }
  })
}

test('every recogniser has a name of its own and is documented', () => {
  const ids = builtInRecognisers.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const { id, source, examples, forms } of builtInRecognisers) {
    assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    assert.ok(source.length > 10 && examples.good.length > 2 && examples.bad.length > 2, id)
    for (const { confidence } of forms) assert.ok(confidence > 0 && confidence < 1, id)
  }
})

test('the IBAN registry is whole', () => {
  assert.equal(Object.keys(ibanRegistry).length, 89)
  const lengths: Record<string, number> = {
    AD: 24,
    DE: 22,
    FR: 27,
    GB: 22,
    LC: 32,
    MT: 31,
    NO: 15,
    RU: 33,
    SC: 31,
    YE: 30,
  }
  for (const [country, length] of Object.entries(lengths)) {
    const digits = [...ibanRegistry[country].matchAll(/\d+/g)].map(Number)
    assert.equal(
      digits.reduce((sum, count) => sum + count, 4),
      length,
      country,
    )
  }
})
