import type { FileStatus } from '../../kernel/file-status.ts'
import { containerOfCgroup } from '../../runtimes/cgroup.ts'
import { readProcess } from '../../runtimes/processes.ts'
import type { Profile } from '../../policy/processes/profile.ts'
import type { GuardedContainer } from './gate-messages.ts'
import { ProgramCache } from './program-cache.ts'

/** A container, and what has been found out about its programs. */
export interface Guarded extends GuardedContainer {
  programs: ProgramCache
  /** Folders by their own paths, with those under which rules know them. */
  folders: ReadonlyMap<string, readonly string[]>
}

/** Which container a file belongs to that somebody wants to use. */
export class GuardedContainers {
  readonly #byWorkload = new Map<string, Guarded>()
  readonly #byMount = new Map<number, Guarded>()
  readonly #byDevice = new Map<string, Guarded>()
  readonly #byContainer = new Map<string, Guarded>()

  add(container: GuardedContainer): Guarded {
    this.remove(container.workload)
    const guarded = { ...container, programs: new ProgramCache(container), folders: new Map() }
    this.#byWorkload.set(container.workload, guarded)
    for (const mount of container.mounts) this.#byMount.set(mount, guarded)
    for (const device of container.devices) this.#byDevice.set(device, guarded)
    if (container.container !== undefined) this.#byContainer.set(container.container, guarded)
    return guarded
  }

  remove(workload: string): void {
    const guarded = this.#byWorkload.get(workload)
    if (guarded === undefined) return
    this.#byWorkload.delete(workload)
    // The kernel gives numbers of mounts and devices out again, and another container may have them by now.
    for (const mount of guarded.mounts) if (this.#byMount.get(mount) === guarded) this.#byMount.delete(mount)
    for (const device of guarded.devices)
      if (this.#byDevice.get(device) === guarded) this.#byDevice.delete(device)
    if (guarded.container !== undefined) this.#byContainer.delete(guarded.container)
  }

  setProfile(workload: string, profile: Profile): void {
    const guarded = this.#byWorkload.get(workload)
    if (guarded !== undefined) guarded.profile = profile
  }

  setFolders(workload: string, folders: Guarded['folders']): void {
    const guarded = this.#byWorkload.get(workload)
    if (guarded !== undefined) guarded.folders = folders
  }

  /**
   * By the mount that the file was reached through; else, as in a mount namespace that was made within the container, by its file
   * system where only the container has that, or by the control group of who reaches it.
   */
  of({ mountId, device }: FileStatus, pid: number): Guarded | undefined {
    return this.#byMount.get(mountId) ?? this.#byDevice.get(device) ?? this.#ofProcess(pid)
  }

  #ofProcess(pid: number): Guarded | undefined {
    const text = this.#byContainer.size === 0 ? null : readProcess(pid, 'cgroup')
    const container = text === null ? undefined : containerOfCgroup(text)
    return container === undefined ? undefined : this.#byContainer.get(container.id)
  }
}
