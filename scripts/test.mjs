// `npm test`: check, then the tests beside the code in a few processes, then those in test/ each in its own.
// `npm test -- src/packet test/store`: the tests there only.
import { availableParallelism } from 'node:os'
import { check } from './check.mjs'
import { setUp } from './set-up.mjs'
import { buildConsole } from './set-up/console.mjs'
import { allowedSkips } from './test/allowed-skips.mjs'
import { findTests } from './test/find-tests.mjs'
import { runTests } from './test/run-tests.mjs'

/**
 * @typedef {import('./test/run-tests.mjs').TestResult} TestResult
 * @typedef {import('./test/run-tests.mjs').Skip} Skip
 */

const UNIT_TESTS_MS = 600_000
const SYSTEM_TESTS_MS = 2_400_000

/** Processes of the tests beside the code. */
const shares = Math.min(4, availableParallelism())

/** Tests that start programs and containers and measure times get in each other's way. */
const concurrency = Math.max(1, Math.floor(availableParallelism() / 2))

/** @param {string} node @param {string[]} files @returns {Promise<TestResult[]>} */
async function runAll(node, files) {
  const unit = await runUnitTests(
    node,
    files.filter((file) => !file.startsWith('test/')),
  )
  const system = files.filter((file) => file.startsWith('test/'))
  if (system.length === 0) return unit
  const options = [`--test-concurrency=${concurrency}`]
  return [...unit, await runTests(node, { files: system, options, timeoutMs: SYSTEM_TESTS_MS })]
}

/** @param {string} node @param {string[]} files @returns {Promise<TestResult[]>} */
async function runUnitTests(node, files) {
  const shared = Array.from({ length: shares }, (_, share) => files.filter((_, i) => i % shares === share))
  const runs = shared
    .filter((share) => share.length > 0)
    .map((share, i) =>
      runTests(node, {
        files: share,
        options: ['--test-isolation=none'],
        timeoutMs: UNIT_TESTS_MS,
        holdsBack: i > 0,
      }),
    )
  const results = await Promise.all(runs)
  for (const { output } of results) process.stdout.write(output)
  return results
}

/** Says what was skipped and why. @param {Skip[]} skips @returns {boolean} whether each has a reason that is allowed */
function reportSkips(skips) {
  const isAllowed = (/** @type {Skip} */ skip) => allowedSkips.some(({ reason }) => reason.test(skip.reason))
  for (const skip of skips) {
    const label = isAllowed(skip) ? 'skipped' : 'SKIPPED'
    console.log(`${label}: ${skip.name}: ${skip.reason || 'no reason is given'}`)
  }
  return skips.every(isAllowed)
}

/** The counts of all runs together, in the form that node gives those of one. @param {TestResult[]} results */
function reportCounts(results) {
  const labels = { pass: 'passed', fail: 'failed', cancelled: 'cancelled', skipped: 'skipped', todo: 'todo' }
  for (const [label, count] of Object.entries({ tests: 'tests', suites: 'suites', ...labels })) {
    console.log(`ℹ ${label} ${results.reduce((sum, { counts }) => sum + (counts[count] ?? 0), 0)}`)
  }
}

const asked = process.argv.slice(2)
const files = (asked.length > 0 ? asked : ['src', 'test']).flatMap(findTests)
if (files.length === 0) {
  console.error(`There are no tests in ${asked.join(', ')}.`)
  process.exit(2)
}

const node = await setUp(['tests'])
await buildConsole(node)
const checked = asked.length > 0 || (await check(node))
const results = await runAll(node, files)
console.log('')
const skipsAreAllowed = reportSkips(results.flatMap(({ skips }) => skips))
reportCounts(results)
if (!checked) console.log('FAILED: npm run check')
if (!skipsAreAllowed && process.env.CI)
  console.log('FAILED: in CI, tests may be skipped for the known reasons only')
const ok = checked && results.every((result) => result.ok) && (skipsAreAllowed || !process.env.CI)
process.exitCode = ok ? 0 : 1
