import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { ExitCode, PaviseError } from '../lib/errors.ts'
import { reportError } from './report-error.ts'

function report(error: unknown): { said: string; exitCode: ExitCode } {
  let said = ''
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      said += chunk.toString()
      done()
    },
  })
  return { exitCode: reportError(error, output), said }
}

function failureOf(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('It should have failed.')
}

test('what a person can do something about is said in two lines, with the exit code that belongs to it', () => {
  const rows: [error: PaviseError, said: string, exitCode: ExitCode][] = [
    [
      new PaviseError('STORE_LOCKED', 'Process 7 uses it.', { nextStep: 'Stop that one.' }),
      'STORE_LOCKED: Process 7 uses it.\nStop that one.\n',
      ExitCode.unreachable,
    ],
    [new PaviseError('X', 'y', { exitCode: ExitCode.incomplete }), 'X: y\n', ExitCode.incomplete],
  ]
  for (const [error, said, exitCode] of rows) assert.deepEqual(report(error), { said, exitCode })
})

test('what the system refuses is said as the system says it', () => {
  const { said, exitCode } = report(failureOf(() => readFileSync('/nowhere/x.pcap')))
  assert.equal(said, "ENOENT: no such file or directory, open '/nowhere/x.pcap'\n")
  assert.equal(exitCode, ExitCode.unreachable)
})

test('what nobody foresaw comes with its stack and where to send it', () => {
  const { said, exitCode } = report(new TypeError('x is not a function'))
  assert.match(said, /^INTERNAL_ERROR: TypeError: x is not a function\n {4}at .*report-error\.test\.ts/)
  assert.match(said, /Please report it/)
  assert.equal(exitCode, ExitCode.incomplete)
  assert.match(report('text').said, /^INTERNAL_ERROR: text\n/)
})
