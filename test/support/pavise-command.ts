import { type ChildProcess, execFile, spawn } from 'node:child_process'
import type { TestContext } from 'node:test'
import { LocalApi } from '../../src/cli/local-api.ts'
import { eventually } from '../controller/fixture.ts'

const upProgram = new URL('../controller/up-program.ts', import.meta.url).pathname
const main = new URL('../../src/main.ts', import.meta.url).pathname

interface Ended {
  code: number
  output: string
  errors: string
}

/** Runs `pavise` to its end. */
export function pavise(...parameters: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...parameters], (_error, output, errors) =>
      resolve({ code: child.exitCode ?? -1, output, errors }),
    )
  })
}

/** Pavise on a state folder, with the enforcer of the tests, once a listing of its API has something. */
export async function startUp(t: TestContext, state: string, listing: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [upProgram, state, '0', 'quiet'], { stdio: 'ignore' })
  t.after(() => child.kill('SIGKILL'))
  const api = new LocalApi(state)
  const found = () => api.get<{ items: unknown[] }>(listing).catch(() => ({ items: [] }))
  await eventually(async () => (await found()).items.length > 0, 'personal data is found', 60_000)
  return child
}
