import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Nothing can be run without it. */
export class SetUpError extends Error {}

/** One line a thing that was done or is lacking, on standard error: standard output is the program's. @param {string} what */
export function say(what) {
  process.stderr.write(`set-up: ${what}\n`)
}

/** How a command failed: npm says it first, apt last. @param {string} output */
export function excerpt(output) {
  const lines = output.split('\n')
  return lines.length <= 24 ? output : [...lines.slice(0, 12), '…', ...lines.slice(-12)].join('\n')
}
