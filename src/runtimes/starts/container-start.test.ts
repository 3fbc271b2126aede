import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { anyText } from '../../../test/support/any-text.ts'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { readContainerState } from './container-start.ts'

const state = {
  ociVersion: '1.0.2-dev',
  id: 'shop',
  pid: 4711,
  status: 'created',
  bundle: '/run/b',
  rootfs: '/r',
}

test('what a runtime says of a container that waits is read; of any other nothing is', () => {
  const read = (change: object) => readContainerState(JSON.stringify({ ...state, ...change }))
  assert.deepEqual(read({ annotations: { a: 'b' } }), { id: 'shop', pid: 4711, bundle: '/run/b' })
  const others: object[] = [
    { status: 'running' },
    { status: 'stopped', pid: 0 },
    { pid: '4711' },
    { pid: -1 },
    { pid: 1.5 },
    { id: '' },
    { id: 'x'.repeat(257) },
    { id: null },
    { bundle: undefined },
  ]
  for (const change of others) assert.equal(read(change), undefined, JSON.stringify(change))
  for (const text of ['', '{', 'null', '[]', '"created"']) assert.equal(readContainerState(text), undefined)
})

test('no text makes it throw', () => {
  const texts = fc.oneof(anyText(60), fc.json(), fc.constant(JSON.stringify(state).slice(0, 60)))
  fc.assert(
    fc.property(texts, (text) => void readContainerState(text)),
    { numRuns: fuzzRuns },
  )
})
