import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../test/support/built-in-detector.ts'
import { detectAll } from '../../../test/support/detect-all.ts'
import { limits } from '../limits.ts'

const long = 'A'.repeat(limits.arrayValueBytes + 1)

const cases: [name: string, text: string, found: string[]][] = [
  ['every value', '{"names":["Anna Meier","Bernd Maier"]}', ['Anna Meier', 'Bernd Maier']],
  ['given names', '{"given":["Peter","James"]}', ['Peter', 'James']],
  ['several lines', '{"lastNames": [\n    "Meier",\r\n\t"Maier"\n  ]}', ['Meier', 'Maier']],
  ['arrays in arrays', '{"lastNames":[["Meier"],[["Maier"],"Mayer"]]}', ['Meier', 'Maier', 'Mayer']],
  ['numbers', '{"pin":[4821,7314]}', ['4821', '7314']],
  ['literals', '{"pregnant":[true,null,false]}', ['true', 'false']],
  ['a string to its quote', String.raw`{"lastNames":["4711\",\"Meier","Maier"]}`, ['Maier']],
  ['only what can be it', '{"lastNames":["4711","","Maier",null]}', ['Maier']],
  ['what has a form is that', '{"lastNames":["anna@example.org","Maier"]}', ['anna@example.org', 'Maier']],
  ['a vector once', '{"faceEmbedding":[0.1234567,-0.2345678,0.3456789]}', ['0.1234567']],
  ['nothing too long', `{"lastNames":["${long}","Maier"]}`, ['Maier']],
  ['an array without an end', '{"lastNames":["Meier","Maier"', ['Meier', 'Maier']],
  ['nothing behind the array', '{"lastNames":["Meier"],"x":["Maier"],"y":"Mayer"}', ['Meier']],
  ['not what an object in it holds', '{"lastNames":["Meier",{"x":"Maier"},"Mayer"]}', ['Meier']],
  ['one array after the other', '{"lastNames":["Meier"],"given":["Peter"]}', ['Meier', 'Peter']],
  ['nothing of another field', '{"productNames":["Anna Meier","Bernd Maier"]}', []],
  ['nothing of a program', 'const a = {"names":[first, last]}', []],
]

for (const [name, text, found] of cases) {
  test(`of the array of a field is found: ${name}`, () => {
    const textsIn = (cuts: number[]) => detectAll(detector, text, '', cuts).map((each) => each.text)
    assert.deepEqual(textsIn([]), found)
    for (const size of [1, 5, 17])
      assert.deepEqual(textsIn(Array.from({ length: Math.ceil(text.length / size) }, () => size)), found)
  })
}

test('a template in an array is found by how it begins', () => {
  const template = Buffer.from('template of a finger '.repeat(20)).toString('base64')
  const found = detectAll(detector, `{"fingerprintTemplate":["${template}","${template}"]}`)
  assert.deepEqual(
    found.map(({ id, text }) => [id, template.startsWith(text)]),
    [
      ['biometric', true],
      ['biometric', true],
    ],
  )
})
