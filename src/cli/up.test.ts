import assert from 'node:assert/strict'
import { test } from 'node:test'
import { upCommand } from './up.ts'
import { openStateFolder, usualStateFolder } from './up/state-folder.ts'

/** What commander says of arguments; every one here is wrong, so that nothing is started. */
async function refusal(args: string[]): Promise<string> {
  let said = ''
  const command = upCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => (said += text), writeOut: (text) => (said += text) })
  await assert.rejects(command.parseAsync(args, { from: 'user' }))
  return said
}

test('what is wrong with an argument is said with what it may be', async () => {
  const cases: [args: string[], said: RegExp][] = [
    [['--port', '70000'], /A port is a number from 0 to 65535/],
    [['--port', '-1'], /port/],
    [['--keep-flows', 'forever'], /A time is a number and a unit: 90s, 12h, 7d/],
    [['--store-size', '2'], /A size is a number and a unit/],
    [['--colour'], /unknown option/],
    [['more'], /too many arguments/],
  ]
  for (const [args, said] of cases) assert.match(await refusal(args), said, args.join(' '))
})

test('help names every option with its default and its variable', async () => {
  const help = await refusal(['--help'])
  for (const text of ['--state-dir', 'PAVISE_PORT', '7440', '7d', '30d', '2GiB', '--json', '--quiet']) {
    assert.ok(help.includes(text), text)
  }
})

test('the state folder is root’s or the user’s', () => {
  assert.equal(usualStateFolder({ XDG_STATE_HOME: '/x' }, true), '/var/lib/pavise')
  assert.equal(usualStateFolder({ XDG_STATE_HOME: '/x' }, false), '/x/pavise')
  assert.match(usualStateFolder({ XDG_STATE_HOME: 'relative' }, false), /\.local\/state\/pavise$/)
  assert.match(usualStateFolder({}, false), /\.local\/state\/pavise$/)
})

test('a state folder that cannot be made is named, with a way out', () => {
  assert.throws(() => openStateFolder('/proc/nowhere'), {
    code: 'STATE_FOLDER_UNUSABLE',
    nextStep: /--state-dir/,
  })
})
