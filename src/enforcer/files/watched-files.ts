import { readdirSync, readlinkSync } from 'node:fs'
import { ContainedFiles } from '../../kernel/contained-files.ts'
import type { FileChanges } from '../../kernel/file-changes.ts'
import { decideFile } from '../../policy/files/file-rules.ts'
import type { Profile } from '../../policy/processes/profile.ts'
import type { Actor } from '../processes/gate-messages.ts'
import type { ObservedChange, SeenProcess } from '../processes/observer-messages.ts'
import type { ProcessGate } from '../processes/process-gate.ts'
import { userInside, type UserTable } from '../processes/users.ts'
import type { FileRecords } from './file-records.ts'
import { fileLimits } from './limits.ts'
import { type FolderView, planWatch, type Watch } from './watch-plan.ts'

/** A container whose files are watched. */
export interface FilesOf {
  workload: string
  /** Its engine's id, as control groups name it; undefined where there is none. */
  container: string | undefined
  /** Its first process, and that one's mount namespace. */
  pid: number
  mountNamespace: number | undefined
  users: UserTable
  profile: Profile
  /** Where something else is mounted in it: a file there is not its folder's. */
  mountPoints: ReadonlySet<string>
}

interface Watched extends FilesOf {
  /** What is watched now, by path. */
  folders: Map<string, Watch>
  replan: NodeJS.Timeout | undefined
  plannedAt: number
  isIncompleteTold: boolean
}

interface Place {
  watched: Watched
  path: string
}

export interface WatchedFilesOptions {
  gate: ProcessGate
  changes: FileChanges
  records: FileRecords
  /** Who had this number a moment ago and is gone. */
  recent: (pid: number) => Actor | undefined
  gap: (reason: string, detail: string, workload?: string) => void
}

/** The files of containers that rules speak of: which folders are watched for that, and what is told of them. */
export class WatchedFiles {
  readonly #options: WatchedFilesOptions
  readonly #byWorkload = new Map<string, Watched>()
  /** Folders and files by the key that the kernel tells them by; several containers may have the same one. */
  readonly #places = new Map<string, Place[]>()
  #waiting = 0

  constructor(options: WatchedFilesOptions) {
    this.#options = options
  }

  add(files: FilesOf): void {
    this.remove(files.workload)
    const watched: Watched = {
      ...files,
      folders: new Map(),
      replan: undefined,
      plannedAt: 0,
      isIncompleteTold: false,
    }
    this.#byWorkload.set(files.workload, watched)
    this.#plan(watched)
  }

  setProfile(workload: string, profile: Profile): void {
    const watched = this.#byWorkload.get(workload)
    if (watched === undefined) return
    watched.profile = profile
    this.#plan(watched)
  }

  /** Marks end with the container's files; those of volumes are of no use to anybody, and tell nothing. */
  remove(workload: string): void {
    const watched = this.#byWorkload.get(workload)
    if (watched === undefined) return
    clearTimeout(watched.replan)
    this.#byWorkload.delete(workload)
    for (const [key, places] of this.#places) {
      const others = places.filter((place) => place.watched !== watched)
      if (others.length === 0) this.#places.delete(key)
      else this.#places.set(key, others)
    }
  }

  stop(): void {
    for (const workload of this.#byWorkload.keys()) this.remove(workload)
  }

  /** What the observing thread saw. */
  changed(changes: readonly ObservedChange[]): void {
    for (const observed of changes) {
      const { folder, file, name, isFolder } = observed.change
      const entries = (this.#places.get(folder) ?? []).map(({ watched, path }) => ({
        watched,
        path: `${path}/${name}`,
      }))
      const places = [...entries, ...(this.#places.get(file) ?? [])]
      const isNewFolder =
        isFolder && observed.change.kinds.some((kind) => kind === 'created' || kind === 'moved-in')
      for (const place of places) {
        if (isNewFolder) this.#replanSoon(place.watched)
        this.#tell(place, observed, places.length > 1)
      }
    }
  }

  #tell(place: Place, observed: ObservedChange, isShared: boolean): void {
    const { watched, path } = place
    const { process } = observed
    // Of several containers that have the same file it is told for the one that did it.
    if (isShared && process?.container !== undefined && !isIn(watched, process)) return
    if (decideFile(watched.profile, 'change', [path], process?.path ?? '') === undefined) return
    if (process !== undefined || this.#waiting >= fileLimits.waitingChanges)
      return this.#record(place, observed, process && actorOf(watched, process))
    this.#waiting++
    this.#tellWhenKnown(place, observed, fileLimits.actorWaits)
  }

  /** Who ended before it could be looked at was seen by the gate when it started, which tells of it a moment later. */
  #tellWhenKnown(place: Place, observed: ObservedChange, waits: number): void {
    setTimeout(() => {
      const actor = this.#options.recent(observed.change.pid)
      if (actor === undefined && waits > 1) return this.#tellWhenKnown(place, observed, waits - 1)
      this.#waiting--
      this.#record(place, observed, actor)
    }, fileLimits.actorWaitMs)
  }

  #record({ watched, path }: Place, { at, change, process }: ObservedChange, actor: Actor | undefined): void {
    const verdict = decideFile(watched.profile, 'change', [path], actor?.path ?? '')
    if (verdict === undefined) return
    const { workload } = watched
    // The gate tells of those in the container alone.
    const isInside = process === undefined || isIn(watched, process)
    const from = actor === undefined ? 'unknown' : isInside ? 'container' : 'node'
    for (const operation of change.kinds)
      this.#options.records.add({ workload, at, path, operation, verdict, from, process: actor, count: 1 })
  }

  /** Folders that come to be come together; and not so often that a build does nothing else. */
  #replanSoon(watched: Watched): void {
    const sinceMs = performance.now() - watched.plannedAt
    const pauseMs = Math.max(fileLimits.replanMs, fileLimits.replanPauseMs - sinceMs)
    watched.replan ??= setTimeout(
      () => {
        watched.replan = undefined
        this.#plan(watched)
      },
      watched.plannedAt === 0 ? fileLimits.replanMs : pauseMs,
    )
  }

  #plan(watched: Watched): void {
    watched.plannedAt = performance.now()
    let files: ContainedFiles
    try {
      files = new ContainedFiles(watched.pid)
    } catch {
      return // It has ended; that is told by its engine.
    }
    try {
      const { folders, isWhole } = planWatch(watched.profile.files, viewOf(files))
      this.#mark(watched, folders, files)
      if (!isWhole && !watched.isIncompleteTold) this.#tellIncomplete(watched)
    } finally {
      files.close()
    }
  }

  #tellIncomplete(watched: Watched): void {
    watched.isIncompleteTold = true
    const detail = `more than ${fileLimits.folders} folders: changes in the others are not seen`
    this.#options.gap('files-not-watched', detail, watched.workload)
  }

  #mark(watched: Watched, folders: Map<string, Watch>, files: ContainedFiles): void {
    const aliases = new Map<string, string[]>()
    let problem: string | undefined
    for (const [path, watch] of folders) {
      try {
        files.at(path === '' ? '/' : path, (fd) => {
          if (watch.opens) addTo(aliases, readlinkSync(`/proc/self/fd/${fd}`), path)
          this.#markFolder(watched, { path, watch, fd })
        })
      } catch (error) {
        problem ??= `${path}: ${(error as Error).message}`
      }
    }
    for (const path of watched.folders.keys())
      if (!folders.has(path)) files.at(path === '' ? '/' : path, (fd) => this.#unmark(fd))
    watched.folders = folders
    this.#markMounted(watched, files)
    this.#options.gate.setFolders(watched.workload, aliases)
    if (problem !== undefined) this.#options.gap('files-not-watched', problem, watched.workload)
  }

  #markFolder(watched: Watched, { path, watch, fd }: { path: string; watch: Watch; fd: number }): void {
    const before = watched.folders.get(path)
    const { gate, changes } = this.#options
    if (before?.changes === true && !watch.changes) changes.unmark(fd)
    // It may be another folder of the same name than before: marking one twice changes nothing.
    if (watch.opens) gate.files.markFile(fd)
    if (watch.changes) changes.mark(fd)
    else if (watch.structure) changes.markStructure(fd)
    if (before?.opens === true && !watch.opens) gate.files.unmarkFile(fd)
    if (watch.changes || watch.structure) this.#place(changes.keyOf(fd), watched, path)
  }

  #unmark(fd: number): void {
    this.#options.gate.files.unmarkFile(fd)
    this.#options.changes.unmark(fd)
  }

  /** Files that are mounted one by one (`/etc/hosts`) lie in another folder than it seems. */
  #markMounted(watched: Watched, files: ContainedFiles): void {
    for (const path of watched.mountPoints) {
      const folder = watched.folders.get(path.slice(0, path.lastIndexOf('/')))
      if (folder === undefined || (!folder.changes && !folder.opens)) continue
      files.at(path, (fd) => {
        if (folder.opens) this.#options.gate.files.markFile(fd)
        if (!folder.changes) return
        this.#options.changes.mark(fd)
        this.#place(this.#options.changes.keyOf(fd), watched, path)
      })
    }
  }

  #place(key: string, watched: Watched, path: string): void {
    const places = this.#places.get(key) ?? []
    if (places.some((place) => place.watched === watched && place.path === path)) return
    this.#places.set(key, [...places, { watched, path }])
  }
}

function viewOf(files: ContainedFiles): FolderView {
  const list = (path: string): string[] =>
    files.at(path === '' ? '/' : path, (fd) =>
      readdirSync(`/proc/self/fd/${fd}`, { withFileTypes: true })
        .slice(0, fileLimits.namesPerFolder)
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name),
    ) ?? []
  return {
    isFolder: (path) => files.at(path === '' ? '/' : `${path}/.`, () => true) ?? false,
    folders: (path) => {
      try {
        return list(path)
      } catch {
        return []
      }
    },
  }
}

/** By its control group, or, where that names no container, by what it sees of the files. */
function isIn({ container, mountNamespace }: Watched, process: SeenProcess): boolean {
  if (container !== undefined && process.container === container) return true
  return mountNamespace !== undefined && process.mountNamespace === mountNamespace
}

function actorOf({ users, pid }: Watched, process: SeenProcess): Actor {
  const uid = userInside(users, process.uid)
  const end = process.ancestors.findIndex((each) => each.pid === pid)
  const ancestors = end === -1 ? process.ancestors : process.ancestors.slice(0, end + 1)
  return { ...process, uid, userName: users.names.get(uid), ancestors }
}

function addTo(map: Map<string, string[]>, key: string, value: string): void {
  if (key === value) return
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}
