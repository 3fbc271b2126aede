import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { readStored } from './stored-container.ts'

const metadata = JSON.stringify({ 'image-name': 'docker.io/library/shop:1', 'image-id': 'f00', name: 'shop' })
const stored = [
  { id: 'aa', names: ['db'], metadata: '{}' },
  { id: 'bb', names: ['shop'], metadata },
  { id: '0123456789abcdef', metadata: 'not JSON' },
]

test('a container is known by what the storage keeps of it', () => {
  const rows: [id: string, known: [name: string, image: string | null] | undefined][] = [
    ['bb', ['shop', 'docker.io/library/shop:1']],
    ['aa', ['db', null]],
    ['0123456789abcdef', ['0123456789ab', null]],
    ['cc', undefined],
  ]
  for (const [id, known] of rows) {
    const found = readStored(JSON.stringify(stored), id)
    assert.deepEqual(found && [found.name, found.image], known, id)
  }
  for (const text of ['', '{}', 'null', '[null, 1]']) assert.equal(readStored(text, 'bb'), undefined, text)
})

test('whatever the file holds, it does not throw', () => {
  fc.assert(
    fc.property(fc.json(), (text) => void readStored(text, 'bb')),
    { numRuns: fuzzRuns },
  )
})
