import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_TRAITS } from './connection-traits.ts'
import { limits } from './limits.ts'

test('connections that say the same in the same order share what they say', () => {
  const one = NO_TRAITS.with('version', 11).with('methods', 'GET').with('host', 'a.example')
  const other = NO_TRAITS.with('version', 11).with('methods', 'GET').with('host', 'a.example')
  assert.equal(one, other)
  assert.notEqual(one, one.with('host', 'b.example'))
  assert.deepEqual([one.version, one.host, one.methods, one.server], [11, 'a.example', ['GET'], undefined])
  assert.deepEqual(one.with('methods', 'PUT').methods, ['GET', 'PUT'])
})

test('what traffic makes up is right, and not kept beyond the limit', () => {
  for (let i = 0; i <= limits.sharedTraits; i++) NO_TRAITS.with('host', `${i}.example`)
  const made = NO_TRAITS.with('host', 'new.example')
  assert.equal(made.host, 'new.example')
  assert.notEqual(made, NO_TRAITS.with('host', 'new.example'))
})
