import { constants } from 'node:os'
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_HANDLE_FID,
  FanotifyClass,
  FanotifyEvent,
  FanotifyFlag,
  FanotifyMark,
  OpenFlag,
} from './constants.ts'
import { kernelError } from './kernel-error.ts'
import {
  close,
  errorNumber,
  fanotifyInit,
  fanotifyMark,
  fstatfs,
  must,
  nameToHandleAt,
  read,
} from './libc.ts'
import { kernelLimits } from './limits.ts'

export type FileChangeKind = 'written' | 'created' | 'deleted' | 'moved-in' | 'moved-out' | 'attributes'

const kinds: readonly (readonly [mask: number, kind: FileChangeKind])[] = [
  [FanotifyEvent.create, 'created'],
  [FanotifyEvent.movedTo, 'moved-in'],
  [FanotifyEvent.closeWrite, 'written'],
  [FanotifyEvent.delete, 'deleted'],
  [FanotifyEvent.movedFrom, 'moved-out'],
  [FanotifyEvent.attributes, 'attributes'],
]

/** Something that happened to an entry of a folder, or to a file. */
export interface FileChange {
  /** Key of the folder, and of the file itself; `''` where the kernel does not say. */
  folder: string
  file: string
  name: string
  kinds: FileChangeKind[]
  /** Whether the entry is a folder. */
  isFolder: boolean
  /** Who did it, 0 where that cannot be seen from here. */
  pid: number
}

const everyChange =
  FanotifyEvent.create |
  FanotifyEvent.movedTo |
  FanotifyEvent.closeWrite |
  FanotifyEvent.delete |
  FanotifyEvent.movedFrom |
  FanotifyEvent.attributes
/** Of a folder that is watched because others may come to be in it. */
const newFolders = FanotifyEvent.create | FanotifyEvent.movedTo

/** `struct fanotify_event_metadata`, then records: `struct fanotify_event_info_fid` with a `struct file_handle` and a name. */
const METADATA_BYTES = 24
const InfoType = { file: 1, folderAndName: 2, folder: 3 } as const
/** Within a record: type, then its length, file system, length of the handle, type of the handle, the handle. */
const InfoOffset = { type: 0, length: 2, fileSystem: 4, handleBytes: 12, handle: 16 } as const

/**
 * Tells of changes of files and folders by whoever makes them, without holding anybody back (fanotify). Files are told by keys: what
 * `keyOf` said of them when they were marked.
 */
export class FileChanges {
  readonly fd: number
  readonly #events = Buffer.alloc(kernelLimits.changeBytes)
  readonly #isOwner: boolean

  private constructor(fd: number, isOwner: boolean) {
    this.fd = fd
    this.#isOwner = isOwner
  }

  /** @throws {KernelError} where this kernel or the privileges do not allow it */
  static open(): FileChanges {
    const { closeOnExec, nonBlocking, unlimitedMarks, reportFolderAndName, reportFile } = FanotifyFlag
    const reports = reportFolderAndName | reportFile
    const flags = FanotifyClass.notification | closeOnExec | nonBlocking | unlimitedMarks | reports
    return new FileChanges(must(fanotifyInit(flags, OpenFlag.closeOnExec), 'open fanotify'), true)
  }

  /** In another thread of the process, with the `fd` of one that is opened there. */
  static attach(fd: number): FileChanges {
    return new FileChanges(fd, false)
  }

  /** What is told of a file or folder: the same for the same one. @throws {KernelError} where its file system has no such */
  keyOf(file: number): string {
    must(fstatfs(file, statfs), 'tell file systems apart')
    handle.writeUInt32LE(handle.length - 8, 0)
    must(nameToHandleAt(file, '', handle, mountId, AT_EMPTY_PATH | AT_HANDLE_FID), 'tell files apart')
    return keyOf(statfs.subarray(STATFS_ID, STATFS_ID + 8), handle.subarray(4, 8 + handle.readUInt32LE(0)))
  }

  /** All changes of the entries of a folder, or of a file. @throws {KernelError} */
  mark(file: number): void {
    this.#mark(file, everyChange | FanotifyEvent.onChild | FanotifyEvent.onFolder)
  }

  /** Folders that come to be in a folder. @throws {KernelError} */
  markStructure(folder: number): void {
    this.#mark(folder, newFolders | FanotifyEvent.onFolder)
  }

  unmark(file: number): void {
    fanotifyMark(
      this.fd,
      FanotifyMark.remove,
      everyChange | FanotifyEvent.onChild | FanotifyEvent.onFolder,
      AT_FDCWD,
      `/proc/self/fd/${file}`,
    )
  }

  /**
   * What happened since the last call, at most a buffer of it.
   * @returns false where more happened than the kernel keeps, and some of it is lost
   * @throws {KernelError} where the group can no longer be read
   */
  read(told: (change: FileChange) => void): boolean {
    const length = read(this.fd, this.#events, this.#events.length)
    if (length < 0) {
      const error = errorNumber()
      if (error === constants.errno.EAGAIN || error === constants.errno.EINTR) return true
      throw kernelError('read from fanotify', error)
    }
    let isWhole = true
    for (let at = 0; at + METADATA_BYTES <= length;) {
      const end = at + this.#events.readUInt32LE(at)
      const mask = Number(this.#events.readBigUInt64LE(at + 8))
      if ((mask & FanotifyEvent.overflow) !== 0) isWhole = false
      else told(this.#change(at, end, mask))
      at = end
    }
    return isWhole
  }

  close(): void {
    if (this.#isOwner) close(this.fd)
  }

  #change(start: number, end: number, mask: number): FileChange {
    const events = this.#events
    const change: FileChange = {
      folder: '',
      file: '',
      name: '',
      kinds: kinds.flatMap(([bit, kind]) => ((mask & bit) === 0 ? [] : kind)),
      isFolder: (mask & FanotifyEvent.onFolder) !== 0,
      pid: events.readInt32LE(start + 20),
    }
    for (let at = start + METADATA_BYTES; at + InfoOffset.handle <= end;) {
      const type = events[at + InfoOffset.type]
      const bytes = events.readUInt32LE(at + InfoOffset.handleBytes)
      const handleEnd = at + InfoOffset.handle + 4 + bytes
      const next = at + events.readUInt16LE(at + InfoOffset.length)
      const fileSystem = events.subarray(at + InfoOffset.fileSystem, at + InfoOffset.handleBytes)
      const key = keyOf(fileSystem, events.subarray(at + InfoOffset.handle, handleEnd))
      if (type === InfoType.file) change.file = key
      else change.folder = key
      if (type === InfoType.folderAndName)
        change.name = events.toString('utf8', handleEnd, next).replace(/\0.*$/s, '')
      if (next <= at) break
      at = next
    }
    return change
  }

  #mark(file: number, mask: number): void {
    must(fanotifyMark(this.fd, FanotifyMark.add, mask, AT_FDCWD, `/proc/self/fd/${file}`), 'watch a folder')
  }
}

/** `struct statfs`: `f_fsid`. */
const STATFS_ID = 56
const statfs = Buffer.alloc(120)
/** `struct file_handle` with room for `MAX_HANDLE_SZ` (`linux/exportfs.h`). */
const handle = Buffer.alloc(8 + 128)
const mountId = new Int32Array(1)

/** @param typed the type of the handle and its bytes */
function keyOf(fileSystem: Buffer, typed: Buffer): string {
  return fileSystem.toString('latin1') + typed.toString('latin1')
}
