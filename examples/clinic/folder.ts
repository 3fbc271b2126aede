import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { partnerName } from './plan.ts'

const versions = '/usr/lib/postgresql'
/** The folder is in memory on most machines, and nothing in it is meant to last. */
const settings = {
  listen_addresses: '*',
  ssl: 'off',
  fsync: 'off',
  shared_buffers: '16MB',
  min_wal_size: '32MB',
  max_wal_size: '64MB',
}

/** What the clinic keeps while it runs; nothing of it outlives it. */
export class ClinicFolder {
  readonly path: string
  readonly data: string
  readonly log: string

  private constructor(path: string) {
    this.path = path
    this.data = join(path, 'data')
    this.log = join(path, 'log')
  }

  /** @throws where another clinic runs: there is one on a machine */
  static take(path: string): ClinicFolder {
    const running = runningIn(path)
    if (running !== undefined)
      throw new Error(`the clinic runs already, as process ${running}; stop it first`)
    mkdirSync(path, { recursive: true, mode: 0o755 })
    writeFileSync(join(path, 'pid'), String(process.pid))
    return new ClinicFolder(path)
  }

  /** Removes what a clinic that was killed has left in the way. */
  clear(): void {
    rmSync(this.data, { recursive: true, force: true })
    rmSync(this.log, { force: true })
  }

  /** Removes all but the log, for whoever looks why the clinic came to an end. */
  keepLog(): void {
    if (!existsSync(this.log)) return this.remove()
    for (const name of readdirSync(this.path))
      if (name !== basename(this.log)) rmSync(join(this.path, name), { recursive: true, force: true })
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }

  makeCertificate(): void {
    const files = ['-keyout', join(this.path, 'partner.key'), '-out', join(this.path, 'partner.pem')]
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const names = ['-subj', `/O=Laboratory/CN=${partnerName}`, '-addext', `subjectAltName=DNS:${partnerName}`]
    execFileSync('openssl', ['req', '-x509', '-days', '30', ...key, ...names, ...files], { stdio: 'ignore' })
  }

  /**
   * A fresh database, which trusts whoever is in the clinic's network. Its language is not the machine's: that one may not
   * be installed, and by its messages the server is known to be ready.
   *
   * @returns what starts its server, which ends with whoever starts it
   */
  makeDatabase(subnets: readonly string[]): string[] {
    const bin = postgresqlPrograms()
    execFileSync('install', ['-d', '-o', 'postgres', '-g', 'postgres', '-m', '700', this.data])
    const initdb = [join(bin, 'initdb'), '-D', this.data, '-U', 'clinic', '-A', 'trust']
    const quickly = ['--locale=C', '--encoding=UTF8', '--no-sync', '--no-instructions']
    const [program, ...args] = [...asPostgres(), ...initdb, ...quickly]
    execFileSync(program, args, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
    const rules = subnets.map((subnet) => `host all all ${subnet} trust\n`).join('')
    writeFileSync(join(this.data, 'pg_hba.conf'), rules)
    const set = Object.entries({ ...settings, unix_socket_directories: this.data })
    return [
      ...asPostgres('--pdeathsig', 'INT'),
      ...[join(bin, 'postgres'), '-D', this.data],
      ...set.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]
  }
}

/** It refuses to be root's. */
function asPostgres(...more: string[]): string[] {
  return ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...more]
}

function postgresqlPrograms(): string {
  const found = existsSync(versions)
    ? readdirSync(versions).map((version) => join(versions, version, 'bin'))
    : []
  const bin = found.find((folder) => existsSync(join(folder, 'postgres')))
  if (bin === undefined) throw new Error('PostgreSQL is not installed (apt-get install postgresql)')
  return bin
}

/** Its number alone is no proof: numbers are used again. */
function runningIn(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(path, 'pid'), 'utf8'))
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('clinic/main.ts') ? pid : undefined
  } catch {
    return undefined
  }
}
