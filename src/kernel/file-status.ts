import { AT_EMPTY_PATH, AT_FDCWD } from './constants.ts'
import { statx } from './libc.ts'

/** `linux/stat.h`: all of `STATX_BASIC_STATS`, and the mount. */
const WANTED = 0x7ff | 0x1000
/** Offsets in `struct statx`, in bytes. */
const Field = {
  links: 0x10,
  uid: 0x14,
  mode: 0x1c,
  inode: 0x20,
  size: 0x28,
  changeSeconds: 0x60,
  changeNanoseconds: 0x68,
  modifySeconds: 0x70,
  modifyNanoseconds: 0x78,
  deviceMajor: 0x88,
  deviceMinor: 0x8c,
  mountId: 0x90,
} as const
const RESULT_BYTES = 256

/**
 * What the kernel says of a file, read into the same object each time: `node:fs` lacks the mount, and makes an object and dates for
 * each look.
 */
export class FileStatus {
  /** As in `/proc/<pid>/mountinfo` of a process that has the mount. */
  mountId = 0
  inode = 0
  links = 0
  uid = 0
  mode = 0
  size = 0
  /** Like `MAJOR:MINOR` in mountinfo. */
  device = ''
  /** Seconds and nanoseconds of the last change, of contents or of what is known of the file, and of contents. */
  changed = ''
  /** Of the last change, whole seconds since 1970. */
  changedSeconds = 0
  readonly #view = new DataView(new ArrayBuffer(RESULT_BYTES))
  readonly #bytes = new Uint8Array(this.#view.buffer)
  #major = -1
  #minor = -1

  /** Of an open file. @returns false where it cannot be had */
  ofDescriptor(fd: number): boolean {
    return this.#take(statx(fd, '', AT_EMPTY_PATH, WANTED, this.#bytes))
  }

  /** Of what a path leads to, links followed. @returns false where it leads nowhere */
  ofPath(path: string): boolean {
    return this.#take(statx(AT_FDCWD, path, 0, WANTED, this.#bytes))
  }

  #take(result: number): boolean {
    if (result < 0) return false
    const view = this.#view
    this.mountId = Number(view.getBigUint64(Field.mountId, true))
    this.inode = Number(view.getBigUint64(Field.inode, true))
    this.links = view.getUint32(Field.links, true)
    this.uid = view.getUint32(Field.uid, true)
    this.mode = view.getUint16(Field.mode, true)
    this.size = Number(view.getBigUint64(Field.size, true))
    this.changedSeconds = Number(view.getBigInt64(Field.changeSeconds, true))
    this.changed =
      `${this.changedSeconds}.${view.getUint32(Field.changeNanoseconds, true)} ` +
      `${view.getBigInt64(Field.modifySeconds, true)}.${view.getUint32(Field.modifyNanoseconds, true)}`
    const major = view.getUint32(Field.deviceMajor, true)
    const minor = view.getUint32(Field.deviceMinor, true)
    if (major !== this.#major || minor !== this.#minor) {
      this.#major = major
      this.#minor = minor
      this.device = `${major}:${minor}`
    }
    return true
  }
}
