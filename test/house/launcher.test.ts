import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import packageJson from '../../package.json' with { type: 'json' }
import { isNewEnough, oldestNode } from '../../bin/node-runtime.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const launcher = join(root, 'bin/pavise.mjs')
/** What looks like an older Node to the launcher, which reads only this. */
const asNode20 = [
  '--import',
  "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.1.0'})",
]

function run(args: string[], environment: Record<string, string> = {}) {
  const env = { ...process.env, ...environment }
  return spawnSync(process.execPath, args, { encoding: 'utf8', env, timeout: 20_000 })
}

/** The launcher in a folder of its own, with a main that does as it is told, and without or with a pinned Node. */
function installation(t: TestContext, main: string, pinned: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-launcher-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const node = join(folder, `node_modules/node-${process.platform}-${process.arch}/bin/node`)
  for (const path of [join(folder, 'bin'), join(folder, 'src'), dirname(node)])
    mkdirSync(path, { recursive: true })
  for (const name of ['pavise.mjs', 'node-runtime.mjs'])
    copyFileSync(join(root, 'bin', name), join(folder, 'bin', name))
  writeFileSync(join(folder, 'src/main.ts'), `export const main = async (args: string[]) => { ${main} }`)
  if (pinned) symlinkSync(process.execPath, node)
  return join(folder, 'bin/pavise.mjs')
}

suite('the launcher', () => {
  test('takes the versions that package.json asks for', () => {
    assert.equal(packageJson.engines.node, `>=${oldestNode}`)
    const rows: [version: string, isNewEnough: boolean][] = [
      ['16.20.2', false],
      ['24.10.9', false],
      ['24.11.0', true],
      ['25.0.0', true],
      ['26.1.0', true],
    ]
    for (const [version, expected] of rows) assert.equal(isNewEnough(version), expected, version)
  })

  test('on a Node that is too old hands over to the pinned one, with arguments, exit code and input', (t) => {
    const path = installation(t, 'process.stdout.write(args.join()); return 42', true)
    const { status, stdout, stderr } = run([...asNode20, path, 'inspect', 'a file'])
    assert.deepEqual({ status, stdout, stderr }, { status: 42, stdout: 'inspect,a file', stderr: '' })
  })

  test('ends by the signal by which the program ended', (t) => {
    const path = installation(t, "process.kill(process.pid, 'SIGTERM'); return new Promise(() => {})", true)
    assert.equal(run([...asNode20, path]).signal, 'SIGTERM')
  })

  test('says what to do where there is no Node that will do', (t) => {
    const path = installation(t, 'return 0', false)
    const { status, stderr } = run([...asNode20, path])
    assert.equal(status, 4)
    assert.match(stderr, /^NODE_TOO_OLD: Pavise needs Node 24\.11 or newer, this is 20\.1\.0\.\nRun npm ci /)
  })

  test('keeps compiled code where it is told to, and starts where it cannot', (t) => {
    const cache = mkdtempSync(join(tmpdir(), 'pavise-code-'))
    t.after(() => rmSync(cache, { recursive: true }))
    for (const folder of [join(cache, 'code'), '/dev/null/code']) {
      const { status, stdout } = run([launcher, '--version'], { NODE_COMPILE_CACHE: folder })
      assert.deepEqual({ status, stdout }, { status: 0, stdout: `${packageJson.version}\n` })
    }
    assert.ok(existsSync(join(cache, 'code')))
  })

  test('is plain JavaScript without anything that Node 16 lacks', () => {
    // Named imports fail at once where the module lacks the name; these are of Node 14 or older.
    const known = new Set(['spawn', 'existsSync', 'homedir', 'isAbsolute', 'join', 'fileURLToPath'])
    for (const name of ['pavise.mjs', 'node-runtime.mjs']) {
      const text = readFileSync(join(root, 'bin', name), 'utf8')
      for (const [, names] of text.matchAll(/import \{([^}]+)\} from 'node:/g)) {
        for (const each of names.split(',')) assert.ok(known.has(each.trim()), `${name}: ${each}`)
      }
    }
  })
})

test('a signal to npm reaches our scripts: the shell that npm starts gives way to them', () => {
  for (const [name, line] of Object.entries(packageJson.scripts)) assert.match(line, /^exec node /, name)
})
