import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldName } from '../content/field-name.ts'
import { builtInRecognisers } from '../personal-data/recognisers/index.ts'

for (const { id, examples } of builtInRecognisers) {
  test(`${id}: a value as the name of a field is not shown`, () => {
    for (const value of examples.good) assert.equal(fieldName(value), '*', `an example of ${id}`)
  })
}
