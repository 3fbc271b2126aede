import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../scan/compile/set-plan.ts'
import { builtInRecognisers } from '../recognisers/index.ts'
import { keyPatterns } from './key-patterns.ts'

test('names of fields are looked for by the mark behind them, never by their letters', () => {
  const keys = keyPatterns(builtInRecognisers)
  const { groups } = planOf(
    keys.map(({ pattern }) => pattern),
    undefined,
  )
  // Read forwards from any letter that a name can begin with, they would cost fifty times as much.
  const forwards = groups.filter(({ backward }) => backward === undefined)
  assert.deepEqual(
    forwards.flatMap(({ branches }) => branches.map(({ pattern }) => keys[pattern].pattern.id)),
    [],
  )
})
