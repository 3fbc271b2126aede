import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Debian's packages that it needs. */
export const whatItTakes = 'nginx, libnginx-mod-http-modsecurity and modsecurity-crs'

const NGINX = '/usr/sbin/nginx'
const MODULES = '/usr/lib/nginx/modules'
const RULES = '/usr/share/modsecurity-crs/rules'
const SETUP = '/etc/modsecurity/crs/crs-setup.conf'
/** Clock ticks of /proc/PID/stat: USER_HZ of Linux, 100 a second. */
const TICK_US = 10_000
const WAIT_MS = 10_000

export interface NginxFigures {
  /** Microseconds of processor time a request. */
  mean: number
  /** Microseconds until the answer is there. */
  p99: number
}

/**
 * Sends requests one after another to an nginx of one process on the loopback, with ModSecurity and the Core Rule Set and without,
 * both as Debian has them, at the rules' default level and without their audit log. Undefined where they are not installed.
 */
export async function measureModSecurity(
  requests: readonly Uint8Array[],
): Promise<{ with: NginxFigures; without: NginxFigures } | undefined> {
  const needed = [NGINX, `${MODULES}/ngx_http_modsecurity_module.so`, RULES, SETUP]
  if (!needed.every((path) => existsSync(path))) return undefined
  return { with: await measure(requests, true), without: await measure(requests, false) }
}

async function measure(requests: readonly Uint8Array[], filters: boolean): Promise<NginxFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-bench-nginx-'))
  const [port, backend] = [await freePort(), await freePort()]
  writeFileSync(join(folder, 'rules.conf'), rules())
  writeFileSync(join(folder, 'nginx.conf'), configuration({ folder, port, backend, filters }))
  const nginx = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
  const ended = once(nginx, 'exit')
  try {
    const socket = await connected(port)
    const client = new Client(socket)
    // Once over all: connections, caches and the just-in-time compiler of PCRE are warm.
    for (const request of requests.slice(0, 400)) await client.ask(request)
    const before = processorTicks(nginx.pid)
    const took: number[] = []
    for (const request of requests) took.push(await client.ask(request))
    const ticks = processorTicks(nginx.pid) - before
    socket.destroy()
    const sorted = took.toSorted((a, b) => a - b)
    const p99 = Math.round(sorted[Math.floor(sorted.length * 0.99)])
    return { mean: (ticks * TICK_US) / requests.length, p99 }
  } finally {
    nginx.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Asks on one connection, one request after another. */
class Client {
  readonly #socket: Socket
  #answer = ''
  #told: () => void = () => undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.#answer += text
      // What the backend says, whole.
      if (this.#answer.endsWith('\r\n\r\nok')) this.#told()
    })
  }

  /** @returns microseconds until the answer was there @throws Error where it is not the backend's */
  async ask(request: Uint8Array): Promise<number> {
    this.#answer = ''
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#told = () => resolve(undefined)
    const began = performance.now()
    this.#socket.write(request)
    const isLate = delay(WAIT_MS, true, { ref: false })
    if (await Promise.race([promise, isLate])) throw new Error(`nginx said ${JSON.stringify(this.#answer)}`)
    return (performance.now() - began) * 1000
  }
}

function rules(): string {
  const files = readdirSync(RULES).filter((name) => name.endsWith('.conf'))
  const engine = ['SecRuleEngine On', 'SecRequestBodyAccess On', 'SecAuditEngine Off', `Include ${SETUP}`]
  return [...engine, ...files.toSorted().map((name) => `Include ${join(RULES, name)}`)].join('\n')
}

interface Choice {
  folder: string
  port: number
  backend: number
  filters: boolean
}

/** The backend is of the same process: it costs the same with the rules and without. */
function configuration({ folder, port, backend, filters }: Choice): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ')
  return `load_module ${MODULES}/ngx_http_modsecurity_module.so;
daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log crit;
events { worker_connections 64; }
http {
  access_log off; keepalive_requests 1000000; ${temporary}
  server {
    listen 127.0.0.1:${port};
    ${filters ? `modsecurity on; modsecurity_rules_file ${folder}/rules.conf;` : ''}
    location / { proxy_pass http://127.0.0.1:${backend}; }
  }
  server { listen 127.0.0.1:${backend}; location / { return 200 ok; } }
}
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** It takes a second or two to read its rules. @throws Error where it does not come up */
async function connected(port: number): Promise<Socket> {
  const until = performance.now() + 3 * WAIT_MS
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return socket
    } catch (error) {
      if (performance.now() > until) throw error
      await delay(100)
    }
  }
}

/** Of user and system, as proc(5) has them behind the name of the program. */
function processorTicks(pid = 0): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return Number(fields[11]) + Number(fields[12])
}
