import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLoopbackHost } from './host-check.ts'

const cases: [host: string | undefined, accepted: boolean][] = [
  ['127.0.0.1:7440', true],
  ['127.0.0.1', true],
  ['localhost:8080', true],
  ['LOCALHOST:7440', true],
  ['[::1]:7440', true],
  [undefined, false],
  ['', false],
  ['evil.example', false],
  ['evil.example:7440', false],
  ['localhost.evil.example:7440', false],
  ['127.0.0.1.evil.example', false],
  ['127.0.0.1:7440@evil.example', false],
  ['evil.example#127.0.0.1', false],
  ['127.0.0.1:', false],
  ['[::1', false],
  ['0.0.0.0:7440', false],
]

test('only names of the loopback are accepted', () => {
  for (const [host, accepted] of cases) assert.equal(isLoopbackHost(host), accepted, String(host))
})
