import { spawn } from 'node:child_process'

/** How much of what a command says is kept for when it fails. */
const KEPT_CHARACTERS = 256 * 1024

/**
 * Runs a command without showing what it says.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>} what it said on both outputs, the last of it where
 *   that is much; it never rejects
 */
export function runQuietly(command, args, options = {}) {
  const start = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) =>
      (output = (output + chunk.toString()).slice(-KEPT_CHARACTERS))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const end = (/** @type {boolean} */ ok) =>
      resolve({ ok, output: output.trimEnd(), seconds: (performance.now() - start) / 1000 })
    child.once('error', (error) => {
      output += error.message
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}
