import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import packageJson from '../../package.json' with { type: 'json' }

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))

function pavise(args: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}

suite('the program pavise', () => {
  test('says its version, and nothing else', () => {
    assert.deepEqual(pavise(['--version']), { status: 0, stdout: `${packageJson.version}\n`, stderr: '' })
  })

  test('shows examples first, then every command', () => {
    const { status, stdout } = pavise(['--help'])
    assert.equal(status, 0)
    assert.match(stdout, /^Examples:\n {2}\$ sudo pavise up/)
    assert.match(stdout, /\nCommands:\n {2}up /)
    assert.equal(pavise(['help', 'inspect']).stdout, pavise(['inspect', '--help']).stdout)
  })

  test('ends with 2 and says why where it is used wrongly, on standard error', () => {
    const rows: [args: string[], said: RegExp][] = [
      [[], /Usage: pavise/],
      [['inspct'], /unknown command 'inspct'\n\(Did you mean inspect\?\)/],
      [['--colour'], /unknown option '--colour'/],
      [['inspect', '--jsn'], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
      [['inspect', '--fail-on', 'x', 'f'], /Allowed choices are any, clear, none/],
    ]
    for (const [args, said] of rows) {
      const { status, stdout, stderr } = pavise(args)
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' }, args.join(' '))
      assert.match(stderr, said)
    }
  })

  test('says an error as code, cause and next step', () => {
    const { status, stdout, stderr } = pavise(['inspect', '/dev/null/day.pcap'])
    assert.deepEqual({ status, stdout }, { status: 4, stdout: '' })
    assert.match(stderr, /^CAPTURE_NOT_READABLE: .*\n.*pcapng.*\n$/)
  })

  test('doctor looks at everything, and ends with 1 only where something is lacking', () => {
    const { status, stdout, stderr } = pavise(['doctor', '--json'])
    const checks = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { about: string; state: string })
    assert.deepEqual(
      checks.map(({ about }) => about),
      ['node', 'kernel', 'privileges', 'engines', 'rules', 'disk', 'clock'],
    )
    assert.equal(status, checks.some(({ state }) => state === 'lacking') ? 1 : 0)
    assert.equal(stderr, '')
  })

  test('ends silently when nobody reads any more', async () => {
    const child = spawn(process.execPath, [launcher, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    assert.deepEqual({ status, said }, { status: 0, said: '' })
  })

  test('is not coloured unless it is shown on a terminal or asked for', () => {
    assert.ok(!pavise(['--help']).stdout.includes('\u001b'))
    assert.ok(pavise(['--help'], { FORCE_COLOR: '1' }).stdout.includes('\u001b[1mUsage:'))
    assert.ok(!pavise(['--help'], { NO_COLOR: '1' }).stdout.includes('\u001b'))
  })
})
