import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { Argument, Command } from 'commander'
import { completionScripts } from './scripts.ts'
import { placesOf } from './words.ts'

function program(): Command {
  const shell = new Command('completion').addArgument(
    new Argument('<shell>', 'for which').choices(['bash', 'zsh']),
  )
  const policy = new Command('policy')
    .description('the operator\'s "rules": $HOME `x`')
    .option('-q, --quiet', 'less')
  policy.addCommand(new Command('apply').option('--dry-run', 'only say'))
  return new Command('pavise')
    .addCommand(shell)
    .addCommand(policy)
    .helpCommand(false)
    .version('1', '--version')
}

/** What bash offers for the last word of a line. */
function completed(line: string): string[] {
  const words = line.split(' ')
  const script = `${completionScripts.bash(placesOf(program()))}
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
    _pavise; echo "\${COMPREPLY[*]}"`
  const { status, stdout, stderr } = spawnSync('bash', ['-eu', '-c', script], { encoding: 'utf8' })
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' })
  return stdout.trim().split(' ').filter(Boolean)
}

test('bash completes commands, choices and options where they may stand', () => {
  const rows: [line: string, words: string[]][] = [
    ['pavise ', ['completion', 'policy', '--version', '--help']],
    ['pavise po', ['policy']],
    ['pavise completion ', ['bash', 'zsh', '--help']],
    ['pavise policy ', ['apply', 'help', '--quiet', '--help']],
    ['pavise policy --quiet a', ['apply']],
    ['pavise policy apply file --d', ['--dry-run']],
    ['pavise nothing po', ['policy']],
  ]
  for (const [line, words] of rows) assert.deepEqual(completed(line), words, line)
})

test('no description can end a quotation in a script', () => {
  const places = placesOf(program())
  const policy = places[0].words.find(({ name }) => name === 'policy')
  assert.equal(policy?.summary, 'the operator s  rules    HOME  x ')
  for (const script of Object.values(completionScripts)) assert.ok(!script(places).includes('HOME `'))
})
