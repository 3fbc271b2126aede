import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findCycles } from '../../scripts/import-rules/cycles.mjs'
import { checkImports } from '../../scripts/import-rules.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What is wrong in a tree of these files. */
function problemsOf(t: TestContext, files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-imports-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return checkImports(folder)
}

suite('the invariants of the import graph', () => {
  test('hold for this project', () => {
    assert.deepEqual(checkImports(root), [])
  })

  test('are broken by a console that imports more than types of the API', (t) => {
    assert.deepEqual(
      problemsOf(t, {
        'src/lib/a.ts': 'export const a = 1',
        'src/api/contract/types.ts': 'export type A = 1',
        'console/src/b.tsx':
          "import type { A } from '../../src/api/contract/types.ts'\nexport const b: A = 1",
        'console/src/c.tsx':
          "import { b } from './b.tsx'\nimport { a } from '../../src/lib/a.ts'\nexport const c = a + b",
      }),
      ['console/src/c.tsx:2: the console may import src/api/contract/types.ts only'],
    )
  })

  test('are broken by one line in one file', (t) => {
    const rows: [path: string, line: string, problem: string][] = [
      [
        'src/packet/a.ts',
        "import { readFileSync } from 'node:fs'",
        'packet is pure and may not import node:fs',
      ],
      ['src/packet/a.ts', "export * from 'node:net'", 'packet is pure and may not import node:net'],
      [
        'src/scan/a.ts',
        "await import('node:worker_threads')",
        'scan is pure and may not import node:worker_threads',
      ],
      [
        'src/content/a.ts',
        "import { randomUUID } from 'node:crypto'",
        'content is pure and may not import randomUUID',
      ],
      ['src/content/a.ts', "import 'node:timers/promises'", 'content is pure and may not import node:timers'],
      [
        'src/protocols/x/a.ts',
        'export const now = () => Date.now()',
        'protocols is pure and may not use Date.now',
      ],
      [
        'src/protocols/x/a.ts',
        'export const now = () => new Date()',
        'protocols is pure and may not use Date()',
      ],
      ['src/packet/a.ts', 'export const seed = Math.random()', 'packet is pure and may not use Math.random'],
      [
        'src/packet/a.ts',
        'export const t = [performance][0].now()',
        'packet is pure and may not use performance',
      ],
      ['src/packet/a.ts', "console.log('seen')", 'packet is pure and may not use console'],
      [
        'src/packet/a.ts',
        'export const e = (process as { pid: number }).pid',
        'packet is pure and may not use process',
      ],
      [
        'src/packet/a.ts',
        "export const f = () => { throw new Error('x') }",
        'packet is pure and never throws on input',
      ],
      ['src/inspect/a.ts', "import koffi from 'koffi'", 'only kernel may import koffi'],
      [
        'src/cli/a.ts',
        "import type { DatabaseSync } from 'node:sqlite'",
        'only store may import node:sqlite',
      ],
      ['src/controller/a.ts', "import { Pool } from 'pg'", 'only store may import pg'],
      ['src/controller/a.ts', "import fastify from 'fastify'", 'only api may import fastify'],
      ['src/runtimes/a.ts', "import { Command } from 'commander'", 'only main and cli may import commander'],
      ['src/lib/a.ts', "import './gone.ts'", './gone.ts does not exist'],
    ]
    for (const [path, line, problem] of rows) {
      assert.deepEqual(problemsOf(t, { [path]: `\n${line}\n` }), [`${path}:2: ${problem}`], line)
    }
  })

  test('let imports go downwards only', (t) => {
    const rows: [from: string, to: string, problem: string | null][] = [
      ['cli', 'api', null],
      ['inspect', 'packet', null],
      ['packet', 'packet', null],
      ['lib', 'model', 'lib may not import model: imports go downwards'],
      ['scan', 'packet', 'scan may not import packet: imports go downwards'],
      ['controller', 'enforcer', 'controller may not import enforcer: imports go downwards'],
      ['enforcer', 'api', 'enforcer may not import api: imports go downwards'],
      ['enforcer', 'store', 'enforcer may not import store: it talks to the controller over one connection'],
      ['misc', 'lib', 'misc has no place in the layers of import-rules/rules.mjs'],
    ]
    for (const [from, to, problem] of rows) {
      for (const line of [
        `import type { A } from '../${to}/a.ts'`,
        `new URL('../${to}/a.ts', import.meta.url)`,
      ]) {
        const problems = problemsOf(t, {
          [`src/${from}/b.ts`]: line,
          [`src/${to}/a.ts`]: 'export type A = 1',
        })
        assert.equal(problems.length, problem === null ? 0 : 1, line)
        assert.ok(
          (problems[0] ?? '').startsWith(problem === null ? '' : `src/${from}/b.ts:1: ${problem}`),
          problems[0],
        )
      }
    }
  })

  test('allow no cycle, of types neither', (t) => {
    const files = {
      'src/lib/a.ts': "import './b.ts'",
      'src/lib/b.ts': "import type { C } from './c.ts'",
      'src/lib/c.ts': "export * from './a.ts'",
      'src/lib/d.ts': "import './a.ts'",
    }
    assert.deepEqual(problemsOf(t, files), [
      'src/lib/a.ts: a cycle of src/lib/a.ts, src/lib/b.ts, src/lib/c.ts',
    ])
  })

  test('keep the contract fit for the console', (t) => {
    const files = {
      'src/api/contract/a.ts': "import '../server.ts'\nimport 'node:http'\nimport '../../model/m.ts'",
      'src/api/server.ts': '',
      'src/model/m.ts': '',
    }
    assert.deepEqual(problemsOf(t, files), [
      'src/api/contract/a.ts:1: src/api/contract/ is shared with the console and may not import src/api/server.ts',
      'src/api/contract/a.ts:2: src/api/contract/ is shared with the console and may not import node:http',
    ])
  })

  test('keep what starts the program light, whatever it loads later', (t) => {
    const tree = (load: string) => ({
      'src/main.ts': "import './cli/commands.ts'",
      'src/cli/commands.ts': load,
      'src/cli/up.ts': "import '../api/server.ts'",
      'src/api/server.ts': "import 'fastify'",
    })
    assert.deepEqual(problemsOf(t, tree("import('./up.ts')")), [])
    assert.deepEqual(problemsOf(t, tree("import type { A } from './up.ts'")), [])
    assert.deepEqual(problemsOf(t, tree("import './up.ts'")), [
      'src/api/server.ts: src/main.ts may not load fastify when it starts',
    ])
  })

  test('do not take a name for the global, nor tests for the program', (t) => {
    const pure = `
      import { createHmac } from 'node:crypto'
      interface Options { process: string, performance(): number }
      const options = { process: 1, fetch() { return new Date(0) } }
      export const used = [options.process, options.fetch().now, createHmac]
      export type Timer = typeof setTimeout
    `
    const files = {
      'src/packet/a.ts': pure,
      'src/packet/a.test.ts': "import 'node:fs'",
      'src/packet/decode/fixtures.ts': "import 'node:assert/strict'",
    }
    assert.deepEqual(problemsOf(t, files), [])
  })
})

test('cycles are found wherever they stand, each once', () => {
  const graph = new Map([
    ['a', ['b', 'c']],
    ['b', ['a']],
    ['c', ['d', 'e']],
    ['d', ['c', 'outside']],
    ['e', ['e']],
    ['f', ['a', 'e']],
  ])
  assert.deepEqual(
    findCycles(graph)
      .map((cycle) => cycle.join(''))
      .toSorted(),
    ['ab', 'cd', 'e'],
  )
})
