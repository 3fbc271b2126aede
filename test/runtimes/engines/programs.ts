import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { programPath } from '../../../src/lib/program-path.ts'

const packages = {
  dockerd: 'docker.io',
  docker: 'docker.io',
  podman: 'podman',
  containerd: 'containerd',
  runc: 'runc',
  busybox: 'busybox-static',
} as const

type Program = keyof typeof packages

const run = promisify(execFile)

/** Why a test that starts an engine cannot run here; false when it can. */
export function cannotRun(...programs: Program[]): string | false {
  if (process.geteuid?.() !== 0) return 'containers and network namespaces take root'
  const missing = programs.find((program) => programPath(program) === undefined)
  return missing === undefined ? false : `${missing} is not installed (Debian: ${packages[missing]})`
}

/** What a program writes to standard output, without the spaces around it. */
export async function output(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, args, { encoding: 'utf8', timeout: 60_000 })
  return stdout.trim()
}

/** Resolves with the first value that is there. @throws when none is within `ms`. */
export async function eventually<Value>(
  what: string,
  ms: number,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> {
  for (const end = Date.now() + ms; ; await sleep(5)) {
    const value = await look()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`)
  }
}
