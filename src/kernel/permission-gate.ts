import { constants } from 'node:os'
import {
  AT_FDCWD,
  FanotifyClass,
  FanotifyEvent,
  FanotifyFlag,
  FanotifyMark,
  FanotifyResponse,
  OpenFlag,
} from './constants.ts'
import { kernelError } from './kernel-error.ts'
import { close, errorNumber, fanotifyInit, fanotifyMark, must, read, write } from './libc.ts'
import { kernelLimits } from './limits.ts'

/** `struct fanotify_event_metadata`: length, version, its own length, mask (64 bits), descriptor, process. */
const METADATA_BYTES = 24
const EventOffset = { length: 0, mask: 8, fd: 16, pid: 20 } as const

/** What is asked: to run a file, or to open it. */
export type Access = 'execute' | 'open'

const accessMasks: Record<Access, number> = {
  execute: FanotifyEvent.openExecPermission,
  open: FanotifyEvent.openPermission,
}

/** Who decides. `fd` is open on the file for as long as the call lasts; `pid` is 0 where the process cannot be seen from here. */
export type Decide = (fd: number, pid: number) => boolean

/**
 * Holds back whoever wants to run or open a file until it is decided (fanotify). Marks are set and removed from any thread; one
 * thread reads. Where the group is closed, or the process ends, the kernel lets all go that wait.
 *
 * Whoever decides must not open a file that is marked: it would wait for itself.
 */
export class PermissionGate {
  readonly fd: number
  readonly access: Access
  readonly #events = new Uint8Array(kernelLimits.fanotifyBytes)
  readonly #view = new DataView(this.#events.buffer)
  readonly #response = new Int32Array(2)
  readonly #isOwner: boolean
  #isClosed = false

  private constructor(fd: number, access: Access, isOwner: boolean) {
    this.fd = fd
    this.access = access
    this.#isOwner = isOwner
  }

  /** @throws {KernelError} where this kernel or the privileges do not allow it */
  static open(access: Access): PermissionGate {
    const { closeOnExec, nonBlocking, unlimitedQueue, unlimitedMarks } = FanotifyFlag
    // Events beyond a bounded queue would be let through undecided. It holds one event for each task that waits.
    const flags = FanotifyClass.content | closeOnExec | nonBlocking | unlimitedQueue | unlimitedMarks
    const eventFlags = OpenFlag.closeOnExec | OpenFlag.largeFile
    return new PermissionGate(must(fanotifyInit(flags, eventFlags), 'open fanotify'), access, true)
  }

  /** In another thread of the process, with the `fd` of one that is opened there. */
  static attach(fd: number, access: Access): PermissionGate {
    return new PermissionGate(fd, access, false)
  }

  /** All files of the file system that `file` is open on, from wherever they are reached. @throws {KernelError} */
  markFilesystem(file: number): void {
    this.#mark(FanotifyMark.add | FanotifyMark.filesystem, this.#mask, file, 'watch a file system')
  }

  /** All files reached through the mount that `file` is open on. @throws {KernelError} */
  markMount(file: number): void {
    this.#mark(FanotifyMark.add | FanotifyMark.mount, this.#mask, file, 'watch a mount')
  }

  /** A file, or the files in a folder (not in folders of it). @throws {KernelError} */
  markFile(file: number): void {
    this.#mark(FanotifyMark.add, this.#mask | FanotifyEvent.onChild, file, 'watch a file')
  }

  /** Does nothing where it is not marked. */
  unmarkFile(file: number): void {
    fanotifyMark(this.fd, FanotifyMark.remove, this.#mask | FanotifyEvent.onChild, AT_FDCWD, pathOf(file))
  }

  /**
   * Lets the file that `file` is open on pass without asking, until its contents change or `forgetPasses`. Where it is marked itself
   * it still asks.
   */
  pass(file: number): void {
    fanotifyMark(this.fd, FanotifyMark.add | FanotifyMark.ignoredMask, this.#mask, file, null)
  }

  /** Takes back what `pass` was told, and every `markFile`. */
  forgetPasses(): void {
    fanotifyMark(this.fd, FanotifyMark.flush, 0, 0, null)
  }

  /**
   * Answers whoever waits, at most a buffer of them.
   * @returns how many it answered
   * @throws {KernelError} where the group can no longer be read, and what `decide` throws: once all are answered, that one allowed
   */
  serve(decide: Decide): number {
    const length = read(this.fd, this.#events, this.#events.length)
    if (length < 0) return this.#nothing()
    let served = 0
    let failure: Error | undefined
    for (
      let at = 0;
      at + METADATA_BYTES <= length;
      at += this.#view.getUint32(at + EventOffset.length, true)
    ) {
      const fd = this.#view.getInt32(at + EventOffset.fd, true)
      if (fd < 0) continue
      failure = this.#answer(fd, this.#view.getInt32(at + EventOffset.pid, true), decide) ?? failure
      served++
    }
    if (failure !== undefined) throw failure
    return served
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#isOwner) close(this.fd)
  }

  #answer(fd: number, pid: number, decide: Decide): Error | undefined {
    let isAllowed = true
    let failure: Error | undefined
    try {
      isAllowed = decide(fd, pid)
    } catch (error) {
      failure = error as Error
    }
    this.#response[0] = fd
    this.#response[1] = isAllowed ? FanotifyResponse.allow : FanotifyResponse.deny
    write(this.fd, this.#response, this.#response.byteLength)
    close(fd)
    return failure
  }

  #nothing(): number {
    const error = errorNumber()
    const { EAGAIN, EINTR } = constants.errno
    if (error === EAGAIN || error === EINTR) return 0
    throw kernelError('read from fanotify', error)
  }

  get #mask(): number {
    return accessMasks[this.access]
  }

  #mark(flags: number, mask: number, file: number, what: string): void {
    must(fanotifyMark(this.fd, flags, mask, AT_FDCWD, pathOf(file)), what)
  }
}

/** A descriptor that is a place alone (`O_PATH`) is taken by its path only. */
function pathOf(file: number): string {
  return `/proc/self/fd/${file}`
}
