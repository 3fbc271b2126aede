import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Nothing can be run without it. */
export class SetUpError extends Error {}

/** One line a thing that was done or is lacking, on standard error: standard output is the program's. @param {string} what */
export function say(what) {
  process.stderr.write(`set-up: ${what}\n`)
}

/** The last lines of what a command said. @param {string} output */
export function tail(output) {
  return output.split('\n').slice(-15).join('\n')
}
