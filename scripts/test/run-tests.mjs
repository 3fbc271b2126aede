import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../set-up/set-up-report.mjs'

/**
 * @typedef {import('./result-reporter.mjs').Skip} Skip
 * @typedef {import('./result-reporter.mjs').Counts} Counts
 *
 * @typedef {object} TestRun
 * @property {string[]} files
 * @property {string[]} options of `node --test`
 * @property {number} timeoutMs for all together: a loop without end holds up the test runner's own clock
 * @property {boolean} [holdsBack] what it says is given back instead of shown, because another run speaks meanwhile
 *
 * @typedef {object} TestResult
 * @property {boolean} ok
 * @property {Skip[]} skips
 * @property {Counts['counts']} counts
 * @property {string} output what was held back
 */

/** A test that takes longer hangs. */
const TEST_TIMEOUT_MS = 180_000

/**
 * Runs tests with node's own runner, which says what it does on our standard output.
 *
 * @param {string} node path of the pinned Node
 * @param {TestRun} run
 * @returns {Promise<TestResult>}
 */
export async function runTests(node, { files, options, timeoutMs, holdsBack = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-test-'))
  const results = join(folder, 'results')
  const args = [
    '--test',
    `--test-timeout=${TEST_TIMEOUT_MS}`,
    ...options,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${join(root, 'scripts/test/result-reporter.mjs')}`,
    `--test-reporter-destination=${results}`,
    ...files,
  ]
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', holdsBack ? 'pipe' : 'inherit', 'inherit']
  const child = spawn(node, args, { cwd: root, stdio, timeout: timeoutMs, killSignal: 'SIGKILL' })
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text))
  const [status, signal] = await once(child, 'close')
  if (signal) console.error(`The tests were ended by ${signal}: they may take ${timeoutMs / 1000} s.`)
  const records = readResults(results)
  rmSync(folder, { recursive: true })
  return {
    ok: status === 0,
    output,
    skips: records.filter((record) => record.kind === 'skip'),
    counts: records.find((record) => record.kind === 'counts')?.counts ?? {},
  }
}

/** @param {string} path @returns {(Skip | Counts)[]} nothing where the runner did not get that far */
function readResults(path) {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line))
}
