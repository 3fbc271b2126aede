import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldName } from '../content/field-name.ts'
import { builtInRecognisers } from '../personal-data/recognisers/index.ts'

/** One word of letters cannot be told from the name of a field by how it looks. */
const isWord = (value: string): boolean => /^\p{L}+$/u.test(value)

for (const { id, forms, examples } of builtInRecognisers) {
  // What has no form of its own is often one word or a small number, which names of fields are as well.
  if (forms.length === 0) continue
  test(`${id}: a value as the name of a field is not shown`, () => {
    for (const value of examples.good) {
      if (!isWord(value)) assert.match(fieldName(value), /^[*[\]]+$/, `an example of ${id}`)
    }
  })
}

test('names and addresses as names of fields are not shown', () => {
  for (const value of ['Anna Meier', 'Meier, Anna', 'Lindenallee 67, 16809 Torino', '12 rue de la Paix'])
    assert.equal(fieldName(value), '*', value)
})
