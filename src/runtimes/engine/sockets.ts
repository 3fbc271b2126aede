import { globSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { watchFolder } from '../folder-watch.ts'
import { socketLimits } from '../limits.ts'

/** Sockets that are there. @param patterns Paths, or globs for engines of users: `/run/user/<any>/docker.sock`. */
export function findSockets(patterns: readonly string[]): string[] {
  const paths = patterns.flatMap((pattern) => (isGlob(pattern) ? matching(pattern) : [pattern]))
  const sockets = paths.map(socketAt).filter((path) => path !== undefined)
  // Links lead to the same engine: /var/run/docker.sock and /run/docker.sock.
  return [...new Set(sockets)].slice(0, socketLimits.sockets)
}

export function isGlob(pattern: string): boolean {
  return pattern.includes('*')
}

/** Calls whenever one of the sockets may have come. Folders that are not there yet are for whoever looks now and then. */
export function watchSockets(patterns: readonly string[], onChange: () => void): { close(): void } {
  const names = new Map<string, Set<string>>()
  for (const pattern of patterns.filter((pattern) => !isGlob(pattern))) {
    const folder = dirname(pattern)
    names.set(folder, (names.get(folder) ?? new Set()).add(basename(pattern)))
  }
  const watchers = [...names].map(([folder, files]) => watchFolder(folder, files, onChange))
  return { close: () => watchers.forEach((watcher) => watcher?.close()) }
}

function matching(pattern: string): string[] {
  try {
    return globSync(pattern)
  } catch {
    return []
  }
}

function socketAt(path: string): string | undefined {
  try {
    return statSync(path).isSocket() ? realpathSync(path) : undefined
  } catch {
    return undefined
  }
}
