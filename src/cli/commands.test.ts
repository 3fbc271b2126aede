import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommanderError } from 'commander'
import { commands } from './commands.ts'

test('every command is what the table says, and its help begins with examples', async () => {
  for (const { name, summary, load } of commands) {
    const command = (await load()).exitOverride()
    assert.equal(command.name(), name)
    assert.match(summary, /^[a-z].*[^.]$/, name)
    let help = ''
    command.configureOutput({ writeOut: (text) => (help += text) })
    assert.throws(() => command.parse(['--help'], { from: 'user' }), CommanderError)
    assert.match(help, new RegExp(`^Examples:\n {2}\\$ .*pavise ${name}`), name)
  }
})
