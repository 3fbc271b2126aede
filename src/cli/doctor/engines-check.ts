import { request } from 'node:http'
import { createConnection } from 'node:net'
import { type Check, limited, ok } from './check.ts'
import { doctorLimits } from './limits.ts'

/** A container engine of this machine. */
export interface Engine {
  name: 'Docker' | 'containerd' | 'Podman'
  socket: string
  /** Docker's API over HTTP, which Podman speaks as well; of others it is enough that they listen. */
  speaks: 'docker' | 'grpc'
}

export interface EngineAnswer {
  engine: Engine
  /** Its version where it says one, otherwise ''; the code of the error where it does not answer. */
  answer: { version: string } | { error: string }
}

export const engines: readonly Engine[] = [
  { name: 'Docker', socket: '/run/docker.sock', speaks: 'docker' },
  { name: 'containerd', socket: '/run/containerd/containerd.sock', speaks: 'grpc' },
  { name: 'Podman', socket: '/run/podman/podman.sock', speaks: 'docker' },
]

/** Asks each; never rejects. */
export function probeEngines(list: readonly Engine[] = engines): Promise<EngineAnswer[]> {
  return Promise.all(
    list.map(async (engine) => {
      const ask = engine.speaks === 'docker' ? askVersion : listens
      const answer = await ask(engine.socket).catch((error: NodeJS.ErrnoException) => ({
        error: error.code ?? error.message,
      }))
      return { engine, answer }
    }),
  )
}

export function checkEngines(answers: EngineAnswer[]): Check {
  const answering = answers.filter(({ answer }) => 'version' in answer)
  const silent = answers.filter(({ answer }) => 'error' in answer && answer.error !== 'ENOENT')
  const found = [...answering, ...silent].map(describe).join(', ') || 'none'
  if (silent.length > 0) {
    return limited('engines', {
      found,
      costs: `What ${silent.map(({ engine }) => engine.name).join(' and ')} runs is not seen.`,
      nextStep: 'Start it, or run Pavise as a user who may use its socket.',
    })
  }
  if (answering.length > 0) return ok('engines', found)
  return limited('engines', {
    found,
    costs: 'No containers are seen, only bare network namespaces.',
    nextStep: 'Start Docker, containerd or Podman (podman system service).',
  })
}

function describe({ engine, answer }: EngineAnswer): string {
  if ('error' in answer) return `${engine.name} does not answer (${answer.error})`
  return `${engine.name} ${answer.version}`.trimEnd()
}

function askVersion(socketPath: string): Promise<{ version: string }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(doctorLimits.engineAnswerMs)
    const asked = request({ socketPath, path: '/version', signal }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
        if (body.length > doctorLimits.engineAnswerBytes) response.destroy(new Error('says too much'))
      })
      response.on('error', reject)
      response.on('end', () => resolve({ version: versionIn(body) }))
    })
    asked.on('error', reject).end()
  })
}

function versionIn(body: string): string {
  const version = /"Version":\s*"([\w.+~-]{1,40})"/.exec(body)
  return version?.[1] ?? ''
}

function listens(socketPath: string): Promise<{ version: string }> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(socketPath, () => {
      socket.destroy()
      resolve({ version: '' })
    })
    socket.setTimeout(doctorLimits.engineAnswerMs, () => socket.destroy(new Error('ETIMEDOUT')))
    socket.on('error', reject)
  })
}
