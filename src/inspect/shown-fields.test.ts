import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldName } from '../content/field-name.ts'
import { builtInRecognisers } from '../personal-data/recognisers/index.ts'

/** One word of letters, as a diagnosis may be, cannot be told from the name of a field by how it looks. */
const isWord = (value: string): boolean => /^\p{L}+$/u.test(value)

for (const { id, examples } of builtInRecognisers) {
  test(`${id}: a value as the name of a field is not shown`, () => {
    for (const value of examples.good) {
      if (!isWord(value)) assert.match(fieldName(value), /^[*[\]]+$/, `an example of ${id}`)
    }
  })
}
