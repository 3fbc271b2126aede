import { spawnSync } from 'node:child_process'
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
 *
 * @typedef {object} TestResult
 * @property {boolean} ok
 * @property {Skip[]} skips
 * @property {Counts['counts']} counts
 */

/** A test that takes longer hangs. */
const TEST_TIMEOUT_MS = 180_000

/**
 * Runs tests with node's own runner, which says what it does on our standard output.
 *
 * @param {string} node path of the pinned Node
 * @param {TestRun} run
 * @returns {TestResult}
 */
export function runTests(node, { files, options, timeoutMs }) {
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
  const { status, error } = spawnSync(node, args, {
    cwd: root,
    stdio: 'inherit',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  })
  if (error) console.error(`The tests were ended: ${error.message}`)
  const records = readResults(results)
  rmSync(folder, { recursive: true })
  return {
    ok: status === 0,
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
