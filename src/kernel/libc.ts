import koffi from 'koffi'
import { kernelError } from './kernel-error.ts'

/*
 * The C library of this process, as declared in its headers. Results are as C gives them: -1 is a failure, whose number
 * `errorNumber()` has until the next call.
 *
 * An address that stays with the kernel, or that lies in a structure, keeps nothing alive on this side: whoever passes
 * one holds its buffer. Buffers that are passed themselves live until the call returns, which is all that these need.
 */

/** An address, or null. */
type Address = bigint
type Buffer = ArrayBufferView | null

const library = koffi.load(null)

export const socket: (family: number, type: number, protocol: number) => number =
  library.func('int socket(int, int, int)')
export const bind: (fd: number, address: Buffer, length: number) => number = library.func(
  'int bind(int, const void *, unsigned int)',
)
export const setsockopt: (
  fd: number,
  level: number,
  option: number,
  value: Buffer,
  length: number,
) => number = library.func('int setsockopt(int, int, int, const void *, unsigned int)')
/** @param length one unsigned 32-bit number: room in `value` before, bytes written after */
export const getsockopt: (
  fd: number,
  level: number,
  option: number,
  value: Buffer,
  length: Buffer,
) => number = library.func('int getsockopt(int, int, int, void *, void *)')
export const send: (fd: number, bytes: Buffer, length: number, flags: number) => number = library.func(
  'intptr_t send(int, const void *, size_t, int)',
)
export const recv: (fd: number, bytes: Buffer, length: number, flags: number) => number = library.func(
  'intptr_t recv(int, void *, size_t, int)',
)
/** @param vector `struct mmsghdr[]`, whose addresses the caller keeps alive */
export const recvmmsg: (
  fd: number,
  vector: Buffer,
  most: number,
  flags: number,
  timeout: Address | null,
) => number = library.func('int recvmmsg(int, void *, unsigned int, int, void *)')
export const sendto: (
  fd: number,
  bytes: Buffer,
  length: number,
  flags: number,
  address: Buffer,
  addressLength: number,
) => number = library.func('intptr_t sendto(int, const void *, size_t, int, const void *, unsigned int)')
export const read: (fd: number, bytes: Buffer, length: number) => number = library.func(
  'intptr_t read(int, void *, size_t)',
)
export const write: (fd: number, bytes: Buffer, length: number) => number = library.func(
  'intptr_t write(int, const void *, size_t)',
)
export const close: (fd: number) => number = library.func('int close(int)')

export const mmap: (
  address: Address | null,
  length: number,
  protection: number,
  flags: number,
  fd: number,
  offset: number,
) => Address = library.func('void *mmap(void *, size_t, int, int, int, int64_t)')
export const MAP_FAILED: Address = 2n ** 64n - 1n
export const munmap: (address: Address, length: number) => number = library.func('int munmap(void *, size_t)')

export const setns: (fd: number, kind: number) => number = library.func('int setns(int, int)')
export const unshare: (flags: number) => number = library.func('int unshare(int)')

/** Options that take one number. */
export const prctl: (option: number, value: number) => number = library.func('int prctl(int, unsigned long)')

export const epollCreate: (flags: number) => number = library.func('int epoll_create1(int)')
export const epollControl: (epoll: number, operation: number, fd: number, event: Buffer) => number =
  library.func('int epoll_ctl(int, int, int, void *)')
export const epollWait: (epoll: number, events: Buffer, most: number, timeoutMs: number) => number =
  library.func('int epoll_wait(int, void *, int, int)')
export const eventfd: (initial: number, flags: number) => number = library.func(
  'int eventfd(unsigned int, int)',
)

export const fanotifyInit: (flags: number, eventFlags: number) => number = library.func(
  'int fanotify_init(unsigned int, unsigned int)',
)
/** @param path relative to `folder`; null is what `folder` itself is open for */
export const fanotifyMark: (
  fd: number,
  flags: number,
  mask: number,
  folder: number,
  path: string | null,
) => number = library.func('int fanotify_mark(int, unsigned int, uint64_t, int, const char *)')

export const statx: (folder: number, path: string, flags: number, mask: number, result: Buffer) => number =
  library.func('int statx(int, const char *, int, unsigned int, void *)')
export const fstatfs: (fd: number, result: Buffer) => number = library.func('int fstatfs(int, void *)')
export const nameToHandleAt: (
  folder: number,
  path: string,
  handle: Buffer,
  mountId: Buffer,
  flags: number,
) => number = library.func('int name_to_handle_at(int, const char *, void *, void *, int)')
/** `openat2`, for which the library has no function. */
export const openAt2: (
  number: number,
  folder: number,
  path: string,
  how: Buffer,
  howBytes: number,
) => number = library.func('long syscall(long, int, const char *, void *, size_t)')

/** Of the last call of this thread that failed. */
export const errorNumber = (): number => koffi.errno()

/** Where a buffer begins; valid while something holds the buffer. */
export const addressOf = (buffer: ArrayBufferView): Address => koffi.address(buffer)

/** Memory that is not this side's, read and written in place. Detach it before the memory goes. */
export const viewMemory = (address: Address, length: number): ArrayBuffer => koffi.view(address, length)

/**
 * The result of a call where it succeeded.
 * @throws {KernelError} of what was to be done
 */
export function must(result: number, what: string): number {
  if (result < 0) throw kernelError(what, errorNumber())
  return result
}

const exit: (code: number) => void = library.func('void _exit(int)')

/** Ends the process at once, whichever thread calls it. */
export function exitNow(code: number): never {
  exit(code)
  throw new Error('the process goes on')
}
