import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

const versions = '/usr/lib/postgresql'
const isRoot = process.geteuid?.() === 0

/** Why no server can be started here; false when one can. */
export const cannotStartPostgresql =
  programs() === undefined && 'postgres is not installed (Debian: postgresql)'

export interface PostgresqlServer {
  port: number
  user: string
}

/**
 * A PostgreSQL server of the test's own on the loopback, from Debian's package; gone when the test ends. It refuses to run
 * as root, so there it runs as the user of Debian's package.
 */
export async function startPostgresql(t: TestContext): Promise<PostgresqlServer> {
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
  const port = await freePort()
  const options = [
    '-c',
    `unix_socket_directories=${folder}`,
    '-c',
    'fsync=off',
    '-c',
    'listen_addresses=127.0.0.1',
  ]
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...options], {
    ...as,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(server, 'exit')
  t.after(async () => {
    server.kill('SIGINT') // ends its sessions
    await exited
    rmSync(folder, { recursive: true })
  })
  for await (const chunk of server.stderr) if (String(chunk).includes('ready to accept')) break
  return { port, user }
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
