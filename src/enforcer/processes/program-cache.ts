import { ContainedFiles } from '../../kernel/contained-files.ts'
import { FileStatus } from '../../kernel/file-status.ts'
import type { ProgramOrigin } from '../../model/records.ts'
import { isMultiCall } from '../../policy/processes/applets.ts'
import { baseName } from '../../policy/processes/process-verdict.ts'
import { isShell } from '../../policy/processes/suspicion.ts'
import type { GuardedContainer } from './gate-messages.ts'
import { type ImageLayers, originOf } from './image-layers.ts'
import { processLimits } from './limits.ts'
import { readProgramKind } from './program-file.ts'

/** What is known of a program's file, as long as it does not change. */
export interface Program {
  path: string
  inode: number
  origin: ProgramOrigin
  /** Loads libraries for others: run by itself it is a way around what is said of the program that it is given. */
  isLoader: boolean
  /** Inode of what the kernel opens after it to run it: interpreter or loader; 0 where it needs none. */
  part: number
  /** Runs as root whoever starts it. */
  becomesRoot: boolean
  isScript: boolean
  isShell: boolean
  isMultiCall: boolean
  /** Reached under this path alone. */
  hasOneName: boolean
  /** On a file system that is the container's own, reached through a mount of it. */
  isOwn: boolean
  /** Starts since `windowStart`, on the clock of `performance.now`. */
  starts: number
  windowStart: number
  /** Starts that were let through without being told of. */
  untold: number
}

const SET_USER_ID = 0o4000
const partStatus = new FileStatus()

/** The programs of one container. Facts hold for a path, an inode and a time of last change; contents that change change that. */
export class ProgramCache {
  readonly #image: ImageLayers
  readonly #own: ReadonlySet<number>
  readonly #programs = new Map<string, Program>()

  constructor({ image, ownMounts }: GuardedContainer) {
    this.#image = image
    this.#own = new Set(ownMounts)
  }

  /** @param path of the file that `fd` is open on and `status` is of, from the root of the container */
  get(fd: number, pid: number, path: string, status: FileStatus): Program {
    const key = `${path}\0${status.inode} ${status.changed}`
    const known = this.#programs.get(key)
    if (known !== undefined) return known
    if (this.#programs.size >= processLimits.programs) this.#programs.clear()
    const program = this.#look(fd, pid, path, status)
    this.#programs.set(key, program)
    return program
  }

  #look(fd: number, pid: number, path: string, status: FileStatus): Program {
    const kind = readProgramKind(fd, path)
    return {
      path,
      inode: status.inode,
      origin: originOf(this.#image, path, status),
      isLoader: kind.kind === 'loader',
      part: 'interpreter' in kind ? inodeIn(pid, kind.interpreter) : 0,
      becomesRoot: (status.mode & SET_USER_ID) !== 0 && status.uid === 0,
      isScript: kind.kind === 'script',
      isShell: isShell(baseName(path)),
      isMultiCall: isMultiCall(path),
      hasOneName: status.links === 1,
      isOwn: this.#own.has(status.mountId),
      starts: 0,
      windowStart: 0,
      untold: 0,
    }
  }
}

/** Inode of what a path leads to for a process; 0 where it leads nowhere. */
function inodeIn(pid: number, path: string): number {
  try {
    const files = new ContainedFiles(pid)
    try {
      return files.at(path, (fd) => (partStatus.ofDescriptor(fd) ? partStatus.inode : 0)) ?? 0
    } finally {
      files.close()
    }
  } catch {
    return 0
  }
}
