import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command, Option } from 'commander'
import { startedWith } from './started-with.ts'

test('what a program was started with is told as one would write it, with who said so, and without secrets', () => {
  const command = new Command('up')
    .option('--keep <time>', 'how long', Number)
    .addOption(new Option('--size <bytes>', 'how large').default(2 ** 31, '2GiB'))
    .addOption(new Option('--port <number>', 'where').env('STARTED_WITH_TEST_PORT'))
    .option('--hook <url...>', 'who is told')
    .option('--role <value=role>', 'who may', () => new Map([['team', 'reader']]))
    .option('--file <file>', 'not given')
    .exitOverride()
  process.env.STARTED_WITH_TEST_PORT = '7440'
  const hooks = ['--hook', 'https://me:secret@hooks.example/x?token=secret', '--hook', 'file']
  command.parse(['--keep', '86400000', '--role', 'x', ...hooks], { from: 'user' })
  delete process.env.STARTED_WITH_TEST_PORT
  const told = startedWith(command).map(({ option, value, origin }) => [option, value, origin])
  assert.deepEqual(told, [
    ['--keep', '1d', 'flag'],
    ['--size', '2GiB', 'default'],
    ['--port', '7440', 'environment'],
    ['--hook', 'https://hooks.example/x?…, file', 'flag'],
    ['--role', 'team=reader', 'flag'],
    ['--file', null, 'default'],
  ])
})
