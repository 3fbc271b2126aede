import assert from 'node:assert/strict'
import { test } from 'node:test'
import { styleFor } from './style.ts'

test('colour is for terminals that have it, unless the environment says otherwise', () => {
  const rows: [isTerminal: boolean, environment: NodeJS.ProcessEnv, isColoured: boolean][] = [
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '0' }, false],
    [true, { TERM: 'dumb' }, false],
    [true, { FORCE_COLOR: '0' }, false],
    [false, {}, false],
    [false, { FORCE_COLOR: '' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ]
  for (const [isTerminal, environment, isColoured] of rows) {
    const expected = isColoured ? '\u001b[31mx\u001b[39m' : 'x'
    assert.equal(
      styleFor(isTerminal, environment).alarm('x'),
      expected,
      JSON.stringify({ isTerminal, environment }),
    )
  }
})
