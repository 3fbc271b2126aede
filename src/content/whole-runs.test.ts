import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from './limits.ts'
import { WholeRuns } from './whole-runs.ts'

type Run = [text: string, last: boolean]

function handedOn(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  const whole = new WholeRuns({
    value: (bytes, start, end, last) => {
      out.push([Buffer.from(bytes.subarray(start, end)).toString(), last])
    },
  })
  for (const [text, last] of runs) whole.value(Buffer.from(text), 0, text.length, last)
  return out
}

const most = 'x'.repeat(limits.valueBytes)

test('short values come in one run, long ones as they come', () => {
  assert.deepEqual(
    handedOn([
      ['ab', true],
      ['c', false],
      ['d', false],
      ['', true],
      ['e', true],
    ]),
    [
      ['ab', true],
      ['cd', true],
      ['e', true],
    ],
  )
  assert.deepEqual(
    handedOn([
      [most, false],
      ['', true],
      [most, false],
      ['y', false],
      ['z', true],
      ['a', false],
      ['b', true],
    ]),
    [
      [most, true],
      [most, false],
      ['y', false],
      ['z', true],
      ['ab', true],
    ],
  )
  assert.deepEqual(
    handedOn([
      [`${most}y`, false],
      ['z', true],
      ['a', false],
      ['b', true],
    ]),
    [
      [`${most}y`, false],
      ['z', true],
      ['ab', true],
    ],
  )
})
