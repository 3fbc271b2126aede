import { closeSync, openSync } from 'node:fs'
import { OpenFlag, RESOLVE_IN_ROOT, SYS_OPENAT2 } from './constants.ts'
import { kernelError } from './kernel-error.ts'
import { close, errorNumber, openAt2 } from './libc.ts'

/** `struct open_how`: flags, mode, resolve. */
const how = BigUint64Array.of(BigInt(OpenFlag.path | OpenFlag.closeOnExec), 0n, BigInt(RESOLVE_IN_ROOT))

/**
 * The files of a container as it sees them itself, from the root of one of its processes. Links lead nowhere else, whatever they
 * name: an absolute one begins at the container's root. Nothing of a file is read, and nobody who watches it is asked.
 */
export class ContainedFiles {
  readonly #root: number
  #isClosed = false

  /** @throws {KernelError} where there is no such process, or its root may not be looked at */
  constructor(pid: number) {
    try {
      this.#root = openSync(`/proc/${pid}/root`, OpenFlag.path | OpenFlag.closeOnExec)
    } catch (error) {
      throw kernelError(`open the files of process ${pid}`, -((error as NodeJS.ErrnoException).errno ?? 0))
    }
  }

  /**
   * Runs `use` with a descriptor (`O_PATH`) that is closed afterwards; `/proc/self/fd/<descriptor>` is its path here.
   * @returns undefined where the path leads nowhere
   */
  at<Result>(path: string, use: (fd: number) => Result): Result | undefined {
    const fd = openAt2(SYS_OPENAT2, this.#root, path, how, how.byteLength)
    if (fd < 0) return undefined
    try {
      return use(fd)
    } finally {
      close(fd)
    }
  }

  /** Why the last path led nowhere. */
  lastError(path: string): Error {
    return kernelError(`look at ${path} in a container`, errorNumber())
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    closeSync(this.#root)
  }
}
