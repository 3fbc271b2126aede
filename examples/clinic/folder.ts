import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { partnerName } from './plan.ts'

const versions = '/usr/lib/postgresql'

/** What the clinic keeps while it runs; nothing of it outlives it. */
export class ClinicFolder {
  readonly path: string
  readonly data: string
  readonly log: string

  /** @throws where another clinic runs */
  constructor(path: string) {
    this.path = path
    this.data = join(path, 'data')
    this.log = join(path, 'log')
    const running = runningIn(path)
    if (running !== undefined)
      throw new Error(`the clinic runs already, as process ${running}; stop it first`)
    mkdirSync(path, { recursive: true, mode: 0o755 })
    writeFileSync(join(path, 'pid'), String(process.pid))
  }

  /** What the one before could not take away itself, because it was killed, is in the way. */
  clear(): void {
    rmSync(this.data, { recursive: true, force: true })
    rmSync(this.log, { force: true })
  }

  /** What it did not come to be is kept for whoever looks why: its log. */
  forget(): void {
    rmSync(this.data, { recursive: true, force: true })
    rmSync(join(this.path, 'pid'), { force: true })
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

  /** A fresh database, which trusts whoever is in the clinic's network. @returns what starts its server */
  makeDatabase(subnets: readonly string[]): string[] {
    const bin = postgresqlPrograms()
    execFileSync('install', ['-d', '-o', 'postgres', '-g', 'postgres', '-m', '700', this.data])
    const asPostgres = ['--reuid=postgres', '--regid=postgres', '--clear-groups']
    const options = ['-D', this.data, '-U', 'clinic', '-A', 'trust', '--no-sync', '--no-instructions']
    execFileSync('setpriv', [...asPostgres, join(bin, 'initdb'), ...options], {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const rules = subnets.map((subnet) => `host all all ${subnet} trust\n`).join('')
    writeFileSync(join(this.data, 'pg_hba.conf'), rules)
    const settings = { listen_addresses: '*', unix_socket_directories: this.data, fsync: 'off', ssl: 'off' }
    const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    return [join(bin, 'postgres'), '-D', this.data, ...set]
  }
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
