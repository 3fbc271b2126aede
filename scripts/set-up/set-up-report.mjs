import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Nothing can be run without it. */
export class SetUpError extends Error {}

/** One line a thing that is done or lacking, on standard error: standard output is the program's. @param {string} what */
export function say(what) {
  process.stderr.write(`set-up: ${what}\n`)
}

/**
 * Says what is done before it is done, and how long it took after.
 *
 * @param {string} what
 * @param {() => Promise<{ ok: boolean, output: string, seconds: number }>} act
 * @returns {Promise<{ ok: boolean, output: string }>} what came of it
 */
export async function sayWhile(what, act) {
  process.stderr.write(`set-up: ${what} … `)
  const result = await act()
  process.stderr.write(result.ok ? `${result.seconds.toFixed(0)} s\n` : 'failed\n')
  return result
}

/** How a command failed: npm says it first, apt last. @param {string} output */
export function excerpt(output) {
  const lines = output.split('\n')
  return lines.length <= 24 ? output : [...lines.slice(0, 12), '…', ...lines.slice(-12)].join('\n')
}
