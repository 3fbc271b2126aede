import { readListed } from '../docker-api/answers.ts'
import { apiEngine } from '../docker-api/api-connection.ts'
import { negotiateApi, type Dialect } from '../docker-api/dialect.ts'
import { SocketAdapter } from '../engine/socket-adapter.ts'
import type { EngineAdapter } from '../runtime.ts'

/** The machine's engine, and those of users without root. */
export const dockerSockets: readonly string[] = ['/var/run/docker.sock', '/run/user/*/docker.sock']

const docker: Dialect = {
  runtime: 'docker',
  isMeant: ({ podman }) => podman === undefined,
  base: (version) => `/v${negotiateApi(version)}`,
  inspectBase: (version) => `/v${negotiateApi(version)}`,
  // Its lists are of what it noted last, for which it takes no lock.
  starting: async ({ id }, list) => readListed(await list({ id: [id] }), id),
  // Health checks alone make three events each (exec_create, exec_start, exec_die), which say nothing of a workload.
  eventFilters: {
    type: ['container', 'network'],
    event: ['start', 'die', 'destroy', 'rename', 'pause', 'unpause', 'update', 'connect', 'disconnect'],
  },
}

/** @param sockets Paths or globs. */
export function dockerAdapter({ sockets }: { sockets: readonly string[] }): EngineAdapter {
  return new SocketAdapter(apiEngine(docker), sockets)
}
