// The demonstration clinic: `node examples/clinic/main.ts [namespaces | docker]`. Says on standard output, on one line of
// JSON, when it is open; runs until its standard input ends or a signal comes.
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ClinicFolder } from './folder.ts'
import { addressOf, network, ports, roles, type Role } from './plan.ts'
import { DockerStage } from './stages/docker.ts'
import { NamespaceStage } from './stages/namespaces.ts'
import { type Service, type Stage, startService } from './stages/stage.ts'

const READY_MS = 30_000
/** For services to end in order. */
const STOP_MS = 3_000

const folder = new ClinicFolder('/run/pavise-clinic')
const kind = process.argv[2] ?? 'namespaces'
const stage: Stage = kind === 'docker' ? new DockerStage(folder.path) : new NamespaceStage(folder.path)
const services: Service[] = []
const ending = Promise.withResolvers<string>()

process.stdin.on('end', () => ending.resolve('')).resume()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.resolve(''))

async function open(): Promise<void> {
  folder.clear()
  await stage.open()
  folder.makeCertificate()
  // It refuses to be root's, and nobody would end it if we were killed.
  const asPostgres = [
    'setpriv',
    '--pdeathsig',
    'INT',
    '--reuid=postgres',
    '--regid=postgres',
    '--clear-groups',
  ]
  const server = [...asPostgres, ...folder.makeDatabase([network.subnet, network.subnet6])]
  for (const role of roles) await start(role, role === 'database' ? server : script(role))
}

function script(role: Role): string[] {
  const file = join(import.meta.dirname, 'services', `${role}.ts`)
  return [process.execPath, file, folder.path]
}

async function start(role: Role, command: readonly string[]): Promise<void> {
  const service = startService(role, stage.command(role, command), folder.log)
  services.push(service)
  void service.ended.then((how) => ending.resolve(`${role} ended: ${how}; ${folder.log} says why`))
  await Promise.race([isReady(service), failure(service), tooLate(role)])
}

/** PostgreSQL says so in its log, the others on standard output. */
async function isReady({ role, child }: Service): Promise<void> {
  const output = role === 'database' ? child.stderr : child.stdout
  if (output === null) return
  for await (const [chunk] of readings(output)) if (/ready/.test(String(chunk))) return
}

async function* readings(stream: NodeJS.ReadableStream): AsyncGenerator<unknown[]> {
  for (;;) yield (await once(stream, 'data')) as unknown[]
}

async function failure({ role, ended }: Service): Promise<never> {
  throw new Error(`${role} ended: ${await ended}; ${folder.log} says why`)
}

async function tooLate(role: Role): Promise<never> {
  await sleep(READY_MS, undefined, { ref: false })
  throw new Error(`${role} was not ready within ${READY_MS / 1000} s; ${folder.log} says why`)
}

async function close(): Promise<void> {
  for (const { role, child } of services.toReversed()) child.kill(role === 'database' ? 'SIGINT' : 'SIGTERM')
  const all = Promise.all(services.map(({ ended }) => ended))
  await Promise.race([all, sleep(STOP_MS, undefined, { ref: false })])
  for (const { child } of services) child.kill('SIGKILL')
  stage.close()
}

try {
  await Promise.race([open(), ending.promise])
  const web = `http://${addressOf('web')}:${ports.web}`
  process.stdout.write(`${JSON.stringify({ web, log: folder.log, arguments: stage.paviseArguments })}\n`)
  const reason = await ending.promise
  if (reason !== '') throw new Error(reason)
  await close()
  folder.remove()
  process.exit()
} catch (error) {
  await close().catch(() => undefined)
  folder.forget()
  process.stderr.write(`clinic: ${(error as Error).message}\n`)
  process.exit(4)
}
