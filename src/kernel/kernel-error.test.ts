import assert from 'node:assert/strict'
import { constants } from 'node:os'
import { test } from 'node:test'
import { kernelError, type KernelErrorCode } from './kernel-error.ts'

test('an error says what was to be done, why it was not, and of which kind that is', () => {
  const rows: [name: keyof typeof constants.errno, code: KernelErrorCode, nextStep: RegExp | undefined][] = [
    ['EPERM', 'not-permitted', /root/],
    ['EACCES', 'not-permitted', /root/],
    ['ENOMEM', 'no-memory', /smaller rings/],
    ['EMFILE', 'no-memory', /open files/],
    ['EAFNOSUPPORT', 'unsupported', /pavise doctor/],
    ['ENOPROTOOPT', 'unsupported', /pavise doctor/],
    ['EINVAL', 'failed', undefined],
  ]
  for (const [name, code, nextStep] of rows) {
    const error = kernelError('map the ring', constants.errno[name])
    assert.equal(error.code, code)
    assert.match(error.message, new RegExp(`^cannot map the ring \\(${name}: [a-z ]+\\)$`))
    if (nextStep === undefined) assert.equal(error.nextStep, undefined)
    else assert.match(error.nextStep ?? '', nextStep)
  }
})
