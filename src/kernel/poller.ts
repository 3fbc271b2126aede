import { EFD_CLOEXEC, EFD_NONBLOCK, EPOLL_CLOEXEC, EpollControl, EPOLLIN } from './constants.ts'
import { constants } from 'node:os'
import { kernelError } from './kernel-error.ts'
import {
  close,
  epollControl,
  epollCreate,
  epollWait,
  errorNumber,
  eventfd,
  must,
  read,
  write,
} from './libc.ts'
import { kernelLimits } from './limits.ts'

/** `struct epoll_event` is packed on x86-64 alone: events (32 bits), then 64 bits that are the caller's. */
const isPacked = process.arch === 'x64'
const EVENT_WORDS = isPacked ? 3 : 4
const TOKEN_WORD = isPacked ? 1 : 2

/** Waits for many descriptors at once and blocks its thread meanwhile (epoll, level-triggered). */
export class Poller {
  readonly #fd = must(epollCreate(EPOLL_CLOEXEC), 'wait for descriptors')
  readonly #events = new Int32Array(kernelLimits.pollEvents * EVENT_WORDS)
  readonly #event = new Int32Array(EVENT_WORDS)
  #isClosed = false

  /** @param token 32 bits by which it is told when the descriptor is ready */
  add(fd: number, token: number): void {
    this.#event[0] = EPOLLIN
    this.#event[TOKEN_WORD] = token
    must(epollControl(this.#fd, EpollControl.add, fd, this.#event), `wait for descriptor ${fd}`)
  }

  /** Before the descriptor is closed. Does nothing where it was not added. */
  remove(fd: number): void {
    if (!this.#isClosed) epollControl(this.#fd, EpollControl.remove, fd, null)
  }

  /**
   * Until something is ready, or the time is over, or a signal came.
   * @param timeoutMs whole; 0 does not wait, -1 waits without end
   * @returns how many are ready, each with its `token(i)`; the others of very many come with the next call
   */
  wait(timeoutMs: number): number {
    const ready = epollWait(this.#fd, this.#events, kernelLimits.pollEvents, timeoutMs)
    if (ready >= 0) return ready
    const error = errorNumber()
    if (error === constants.errno.EINTR) return 0
    throw kernelError('wait for descriptors', error)
  }

  /** @param i from 0 up to what `wait` returned */
  token(i: number): number {
    return this.#events[i * EVENT_WORDS + TOKEN_WORD]
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    close(this.#fd)
  }
}

const one = BigUint64Array.of(1n)
const taken = new BigUint64Array(1)

/** Ends the wait of a thread that polls it (eventfd). Signals before a `drain` are one. */
export class Wakeup {
  readonly fd: number
  readonly #isOwner: boolean
  #isClosed = false

  private constructor(fd: number, isOwner: boolean) {
    this.fd = fd
    this.#isOwner = isOwner
  }

  static create(): Wakeup {
    return new Wakeup(must(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), 'make a wake-up'), true)
  }

  /** In another thread of the process, with the `fd` of one that stays open there as long. */
  static attach(fd: number): Wakeup {
    return new Wakeup(fd, false)
  }

  signal(): void {
    if (!this.#isClosed) write(this.fd, one, one.byteLength)
  }

  drain(): void {
    if (!this.#isClosed) read(this.fd, taken, taken.byteLength)
  }

  /** The descriptor is closed by whoever made it. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#isOwner) close(this.fd)
  }
}
