import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { LabNode } from './network-lab.ts'

const versions = '/usr/lib/postgresql'
const isRoot = process.geteuid?.() === 0

/** Why no server can be started here; false when one can. */
export const cannotStartPostgresql =
  programs() === undefined && 'postgres is not installed (Debian: postgresql)'

export interface PostgresqlServer {
  port: number
  user: string
  /** Ends it as a crash would, and lets it run again. */
  crash: () => Promise<void>
  start: () => Promise<void>
}

/**
 * A PostgreSQL server of the test's own on the loopback, or in a node of a lab on its usual port, from Debian's package; gone
 * when the test ends. It refuses to run as root, so there it runs as the user of Debian's package.
 */
export async function startPostgresql(
  t: Pick<TestContext, 'after'>,
  node?: LabNode,
): Promise<PostgresqlServer> {
  const bin = programs()
  if (bin === undefined) throw new Error('postgres is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'pavise-postgresql-'))
  const user = isRoot ? 'postgres' : userInfo().username
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8' })),
  )
  chownSync(folder, uid, gid)
  const as = isRoot ? { uid, gid } : {}
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', user, '--no-sync'], {
    ...as,
    cwd: folder,
    stdio: 'ignore',
  })
  const port = node === undefined ? await freePort() : 5432
  if (node !== undefined) appendFileSync(join(data, 'pg_hba.conf'), `host all all ${node.address}/24 trust\n`)
  const options = [
    '-c',
    `unix_socket_directories=${folder}`,
    '-c',
    'fsync=off',
    '-c',
    `listen_addresses=${node?.address ?? '127.0.0.1'}`,
  ]
  const command = [join(bin, 'postgres'), '-D', data, '-p', String(port), ...options]
  const [program, ...args] = node === undefined ? command : inside(node, user, command)
  const run = () =>
    spawn(program, args, {
      ...(node === undefined ? as : {}),
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  let server = run()
  const stop = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exited = once(server, 'exit')
    server.kill(signal)
    await exited
  }
  t.after(async () => {
    await stop('SIGINT') // ends its sessions
    rmSync(folder, { recursive: true, force: true })
  })
  await isReady(server)
  const crash = () => stop('SIGQUIT')
  const start = () => isReady((server = run()))
  return { port, user, crash, start }
}

async function isReady(server: ChildProcess): Promise<void> {
  for await (const chunk of server.stderr ?? []) if (String(chunk).includes('ready to accept')) return
  throw new Error('postgres ended before it was ready')
}

/** Only root enters a namespace, and then becomes someone else. */
function inside({ path }: LabNode, user: string, command: readonly string[]): string[] {
  const as = [`--reuid=${user}`, `--regid=${user}`, '--clear-groups']
  return ['nsenter', `--net=${path}`, 'setpriv', ...as, ...command]
}

function programs(): string | undefined {
  if (!existsSync(versions)) return undefined
  const folders = readdirSync(versions).map((version) => join(versions, version, 'bin'))
  return folders.find((folder) => existsSync(join(folder, 'postgres')))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
