import type { FileRule } from '../../policy/definition.ts'
import { namesOf } from '../../policy/files/file-rules.ts'
import { hasWildcard, matchesWildcard } from '../../lib/wildcard.ts'
import { fileLimits } from './limits.ts'

/** Folders of a container as they are now. Paths are from its root, without a slash at the end; `''` is the root. */
export interface FolderView {
  isFolder(path: string): boolean
  /** Names of the folders in a folder, without links; empty where there is none. */
  folders(path: string): readonly string[]
}

/** What of a folder is to be watched. */
export interface Watch {
  /** Who opens its files. */
  opens: boolean
  /** What becomes of them. */
  changes: boolean
  /** Folders that come to be in it. */
  structure: boolean
}

export interface WatchPlan {
  folders: Map<string, Watch>
  /** False where there are more folders than are watched. */
  isWhole: boolean
}

/** The folders that have to be watched for rules to hold, as the container is now. */
export function planWatch(rules: readonly FileRule[], view: FolderView): WatchPlan {
  const planner = new Planner(view)
  for (const rule of rules) planner.add(rule)
  return planner.plan
}

class Planner {
  readonly plan: WatchPlan = { folders: new Map(), isWhole: true }
  readonly #view: FolderView

  constructor(view: FolderView) {
    this.#view = view
  }

  add({ filter, recursive, behavior }: FileRule): void {
    const watch = behavior === 'monitor_change' ? { changes: true } : { opens: true }
    let folders = ['']
    for (const name of namesOf(filter).slice(0, -1)) {
      for (const folder of folders) this.#watch(folder, { structure: true })
      folders = folders.flatMap((folder) => this.#below(folder, name))
    }
    for (const folder of folders) {
      if (!this.#view.isFolder(folder)) continue
      this.#watch(folder, recursive ? { ...watch, structure: true } : watch)
      if (recursive) this.#addBelow(folder, watch, fileLimits.depth)
    }
  }

  #below(folder: string, name: string): string[] {
    if (!hasWildcard(name)) return [`${folder}/${name}`].filter((path) => this.#view.isFolder(path))
    const names = this.#view.folders(folder).filter((each) => matchesWildcard(name, each))
    return names.map((each) => `${folder}/${each}`)
  }

  #addBelow(folder: string, watch: Partial<Watch>, depth: number): void {
    if (depth === 0) {
      this.plan.isWhole = false
      return
    }
    for (const name of this.#view.folders(folder)) {
      if (this.#isFull) return
      this.#watch(`${folder}/${name}`, { ...watch, structure: true })
      this.#addBelow(`${folder}/${name}`, watch, depth - 1)
    }
  }

  get #isFull(): boolean {
    if (this.plan.folders.size < fileLimits.folders) return false
    this.plan.isWhole = false
    return true
  }

  #watch(folder: string, { opens = false, changes = false, structure = false }: Partial<Watch>): void {
    const known = this.plan.folders.get(folder)
    if (known === undefined && this.#isFull) return
    this.plan.folders.set(folder, {
      opens: opens || (known?.opens ?? false),
      changes: changes || (known?.changes ?? false),
      structure: structure || (known?.structure ?? false),
    })
  }
}
