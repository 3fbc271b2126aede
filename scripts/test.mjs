// `npm test`: check, then the tests beside the code in two processes, then those in test/, each in its own, two at a time.
// `npm test -- src/packet test/store`: the tests there only.
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

const TESTS_MS = 2_400_000

/**
 * Tests that start containers, put rules in the kernel and measure times get in each other's way: those of these folders
 * run one after the other, and beside them, one after the other, the others. These take longer: a part of them comes after
 * the first, so that both end at about the same time.
 */
const machineTests = ['demo', 'enforcement', 'enforcer', 'kernel', 'processes', 'runtimes', 'threats'].map(
  (folder) => `test/${folder}/`,
)

/** The share of the others that does. */
const othersAfterwards = 0.15

/** @param {string} node @param {string[]} files @returns {Promise<TestResult[]>} */
async function runAll(node, files) {
  const unit = files.filter((file) => !file.startsWith('test/'))
  const onMachine = files.filter((file) => machineTests.some((folder) => file.startsWith(folder)))
  const others = files.filter((file) => file.startsWith('test/') && !onMachine.includes(file))
  const split = Math.round(others.length * (1 - othersAfterwards))
  const [beside, afterwards] = [others.slice(0, split), others.slice(split)]
  const shares = [0, 1].map((share) => unit.filter((_, i) => i % 2 === share))
  return [
    ...(await runBeside(node, shares, ['--test-isolation=none'])),
    ...(await runBeside(node, [[...onMachine, ...afterwards], beside], ['--test-concurrency=1'])),
  ]
}

/**
 * Runs shares of the tests at the same time; what the first one says is seen at once, that of others when all have ended.
 *
 * @param {string} node @param {string[][]} shares @param {string[]} options @returns {Promise<TestResult[]>}
 */
async function runBeside(node, shares, options) {
  const runs = shares
    .filter((share) => share.length > 0)
    .map((files, i) => runTests(node, { files, options, timeoutMs: TESTS_MS, holdsBack: i > 0 }))
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
