import { readFileSync } from 'node:fs'
import { ContainedFiles } from '../../kernel/contained-files.ts'
import { FileStatus } from '../../kernel/file-status.ts'
import { type Mount, parseMountinfo } from '../../kernel/mountinfo.ts'
import { type ImageLayers, imageLayers } from './image-layers.ts'
import { processLimits } from './limits.ts'
import { readUsers, type UserTable } from './users.ts'

/** What is to be watched of a container's files. */
export interface ContainerFiles {
  /** Those of its mounts that programs can be run from. */
  mounts: Mount[]
  /** Devices that only it has. */
  devices: string[]
  image: ImageLayers
  users: UserTable
}

/** The kernel's own file systems: nothing of them can be run. */
const withoutPrograms: ReadonlySet<string> = new Set([
  ...['proc', 'sysfs', 'cgroup', 'cgroup2', 'mqueue', 'devpts', 'securityfs', 'debugfs', 'tracefs', 'bpf'],
  ...['binfmt_misc', 'nsfs', 'pstore', 'configfs', 'fusectl', 'hugetlbfs', 'efivarfs', 'rpc_pipefs'],
])

/**
 * Undefined where its root is our own, so that we would wait for ourselves.
 * @param startedAt ms since 1970
 * @throws where its first process has ended
 */
export function readContainerFiles(pid: number, startedAt: number): ContainerFiles | undefined {
  const node = readMounts('self')
  const all = readMounts(pid)
  // Of several over each other the last one is what is seen.
  const root = all.findLast(({ point }) => point === '/')
  if (root === undefined) throw new Error(`process ${pid} has no root`)
  const own = new FileStatus()
  if (own.ofPath('/') && own.mountId === root.id) return undefined
  const mounts = all.filter(({ type }) => !withoutPrograms.has(type)).slice(0, processLimits.mounts)
  const image = imageLayers(root, node, startedAt)
  const shared = new Set(node.filter(({ point }) => !isEngineMount(point)).map(({ device }) => device))
  const devices = [...new Set(mounts.map(({ device }) => device))].filter((device) => !shared.has(device))
  return { mounts, devices, image, users: usersOf(pid) }
}

/** Where engines mount the root of a container on the node: it is of that container nevertheless. */
function isEngineMount(point: string): boolean {
  return /\/(merged|rootfs|shm|mounts\/shm)$/.test(point)
}

function readMounts(pid: number | 'self'): Mount[] {
  return parseMountinfo(readFileSync(`/proc/${pid}/mountinfo`, 'utf8'))
}

function usersOf(pid: number): UserTable {
  return readUsers(readFileSync(`/proc/${pid}/uid_map`, 'utf8'), readContained(pid, '/etc/passwd'))
}

/** The beginning of a file of a container; empty where there is none. */
function readContained(pid: number, path: string): string {
  const files = new ContainedFiles(pid)
  try {
    const text = files.at(path, (fd) => readFileSync(`/proc/self/fd/${fd}`, 'utf8'))
    return (text ?? '').slice(0, processLimits.passwdBytes)
  } catch {
    return ''
  } finally {
    files.close()
  }
}
