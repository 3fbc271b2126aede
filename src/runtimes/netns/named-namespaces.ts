import { readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { namespaceLimits } from '../limits.ts'

export interface NamedNamespace {
  name: string
  path: string
  inode: number
  /** When it was mounted, ms since 1970. */
  since: number
}

export interface NamedListing {
  namespaces: NamedNamespace[]
  /** Files over which no namespace is mounted: `ip netns add` makes them a moment before it mounts. */
  hasUnmounted: boolean
}

/** What the mount's file system says it is (`NSFS_MAGIC`, include/uapi/linux/magic.h). */
const nsfs = 0x6e73_6673

/** Namespaces that have a name in a folder (ip-netns(8)): each once, by its first name. No folder, no names. */
export function listNamedNamespaces(folder: string): NamedListing {
  const byInode = new Map<number, NamedNamespace>()
  let hasUnmounted = false
  for (const name of namesIn(folder)) {
    const namespace = look(folder, name)
    if (namespace === 'unmounted') hasUnmounted = true
    else if (namespace !== undefined && !byInode.has(namespace.inode)) byInode.set(namespace.inode, namespace)
  }
  return { namespaces: [...byInode.values()], hasUnmounted }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort().slice(0, namespaceLimits.names)
  } catch {
    return []
  }
}

function look(folder: string, name: string): NamedNamespace | 'unmounted' | undefined {
  const path = join(folder, name)
  try {
    if (statfsSync(path).type !== nsfs) return 'unmounted'
    const { ino, ctimeMs } = statSync(path)
    return { name, path, inode: ino, since: ctimeMs }
  } catch {
    return undefined // Removed meanwhile.
  }
}
