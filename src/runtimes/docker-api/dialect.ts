import type { ContainerDetails } from '../engine/container-table.ts'
import type { ContainerStart } from '../starts/container-start.ts'
import type { EngineVersion } from './answers.ts'

/** The engine's list of containers that a filter lets through, whether they run or not. */
export type ListContainers = (filters: Readonly<Record<string, readonly string[]>>) => Promise<unknown>

/** In what Docker and Podman, which speak the same language, differ. */
export interface Dialect {
  readonly runtime: 'docker' | 'podman'
  /** Whether the engine that answers is the one that is meant: Podman also serves Docker's socket. */
  isMeant(version: EngineVersion): boolean
  /** Begins the path of every request, without the slash at its end. */
  base(version: EngineVersion): string
  /** Begins the path of what describes a container: `<…>/containers/<id>/json`. */
  inspectBase(version: EngineVersion): string
  /** What is known of a container while the engine starts it, and holds its lock. @throws EngineError */
  starting(start: ContainerStart, list: ListContainers): Promise<ContainerDetails | undefined>
  /** Filters of the stream of events, as the engine takes them. */
  readonly eventFilters: Readonly<Record<string, readonly string[]>>
}

/** The newest version of Docker's API that this was written for; what is used of it is the same since 1.24. */
const newestApi = '1.51'

/** The version that both sides know, or the oldest that a newer engine still takes. */
export function negotiateApi({ apiVersion, minApiVersion }: EngineVersion): string {
  if (isOlder(apiVersion, newestApi)) return apiVersion
  return /^\d+\.\d+$/.test(minApiVersion) && isOlder(newestApi, minApiVersion) ? minApiVersion : newestApi
}

function isOlder(a: string, b: string): boolean {
  const [majorA, minorA] = a.split('.').map(Number)
  const [majorB, minorB] = b.split('.').map(Number)
  return majorA === majorB ? minorA < minorB : majorA < majorB
}
