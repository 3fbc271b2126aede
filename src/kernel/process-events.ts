import { constants } from 'node:os'
import { Family, Level, MSG_DONTWAIT, SocketOption, SocketType } from './constants.ts'
import { errorOfKind, kernelError } from './kernel-error.ts'
import { addressOf, bind, close, errorNumber, must, recv, send, setsockopt, socket } from './libc.ts'
import { kernelLimits } from './limits.ts'
import { MessageType, NetlinkProtocol } from './netlink.ts'
import { Poller } from './poller.ts'

/** `linux/cn_proc.h`, `linux/connector.h`: group and id of process events. */
const PROCESS_EVENTS = 1
const Subscription = { listen: 1, ignore: 2 } as const
/** Bits of `what`: an answer to a subscription has none. */
const EventKind = { exec: 0x2, user: 0x4 } as const

/** `struct nlmsghdr`, `struct cn_msg`, then `struct proc_event`: kind, processor, time (64 bits), what is of the kind. */
const HEADERS_BYTES = 16 + 20
const EventOffset = {
  kind: HEADERS_BYTES,
  /** Of the thread's group: what people call the process. */
  pid: HEADERS_BYTES + 20,
  /** Of an answer. */
  error: HEADERS_BYTES + 16,
  realUid: HEADERS_BYTES + 24,
  effectiveUid: HEADERS_BYTES + 28,
} as const

export interface ProcessEventSink {
  /** Runs another program now. */
  executed(pid: number): void
  /** Is another user now. */
  userChanged(pid: number, realUid: number, effectiveUid: number): void
}

/**
 * Tells of processes of the whole machine as they run another program or become another user (the kernel's process connector). Nobody
 * waits for it, and what it tells of may have ended.
 */
export class ProcessEvents {
  readonly fd: number
  readonly #bytes = new Uint8Array(kernelLimits.answerBytes)
  readonly #view = new DataView(this.#bytes.buffer)

  private constructor(fd: number) {
    this.fd = fd
  }

  /** @throws {KernelError} where this kernel or the privileges do not allow it */
  static open(): ProcessEvents {
    const type = SocketType.datagram | SocketType.closeOnExec | SocketType.nonBlocking
    const events = new ProcessEvents(
      must(socket(Family.netlink, type, NetlinkProtocol.connector), 'open a netlink socket'),
    )
    try {
      events.#begin()
      return events
    } catch (error) {
      events.close()
      throw error
    }
  }

  /** @returns false where some were lost, because more happened than the kernel keeps */
  read(sink: ProcessEventSink): boolean {
    for (;;) {
      const length = recv(this.fd, this.#bytes, this.#bytes.length, MSG_DONTWAIT)
      if (length < 0) return this.#nothing()
      if (length < EventOffset.effectiveUid + 4 && length < EventOffset.pid + 4) continue
      const pid = this.#view.getUint32(EventOffset.pid, true)
      const kind = this.#view.getUint32(EventOffset.kind, true)
      if (kind === EventKind.exec) sink.executed(pid)
      else if (kind === EventKind.user)
        sink.userChanged(
          pid,
          this.#view.getUint32(EventOffset.realUid, true),
          this.#view.getUint32(EventOffset.effectiveUid, true),
        )
    }
  }

  close(): void {
    this.#subscribe(Subscription.ignore)
    close(this.fd)
  }

  /** Bound before it is subscribed, filtered before anything is told. */
  #begin(): void {
    const address = new Uint32Array([Family.netlink, 0, PROCESS_EVENTS])
    must(bind(this.fd, address, address.byteLength), 'hear process events')
    const filter = programOf(eventFilter)
    must(
      setsockopt(this.fd, Level.socket, SocketOption.attachFilter, filter.program, filter.program.length),
      'filter process events',
    )
    must(this.#subscribe(Subscription.listen), 'subscribe to process events')
    this.#awaitAnswer()
  }

  #subscribe(wanted: number): number {
    const bytes = 16 + 20 + 4
    const header = [bytes, MessageType.done, 0, 0]
    // `struct cn_msg`: id and its value, sequence, acknowledgment, length and flags (16 bits each); then what is wanted.
    const message = Uint32Array.of(...header, PROCESS_EVENTS, PROCESS_EVENTS, 0, 0, 4, wanted)
    return send(this.fd, message, message.byteLength, 0)
  }

  #awaitAnswer(): void {
    const poller = new Poller()
    try {
      poller.add(this.fd, 0)
      if (poller.wait(kernelLimits.answerMs) === 0)
        throw errorOfKind('failed', 'the kernel does not answer a subscription to process events')
    } finally {
      poller.close()
    }
    must(recv(this.fd, this.#bytes, this.#bytes.length, MSG_DONTWAIT), 'read the answer to a subscription')
    const isAnswer = this.#view.getUint32(EventOffset.kind, true) === 0
    const refusal = isAnswer ? this.#view.getUint32(EventOffset.error, true) : 0
    if (refusal !== 0) throw kernelError('subscribe to process events', refusal)
  }

  #nothing(): boolean {
    const error = errorNumber()
    if (error === constants.errno.EAGAIN || error === constants.errno.EINTR) return true
    if (error === constants.errno.ENOBUFS) return false
    throw kernelError('read process events', error)
  }
}

/**
 * Classic BPF (`linux/filter.h`) that takes what is told of here and answers; the rest, every fork and exit, costs nothing more. Words
 * are loaded as if they were in network order.
 */
const eventFilter: readonly (readonly [operation: number, ifTrue: number, ifFalse: number, value: number])[] =
  [
    [0x20, 0, 0, EventOffset.kind],
    [0x15, 3, 0, swapped(EventKind.exec)],
    [0x15, 2, 0, swapped(EventKind.user)],
    [0x15, 1, 0, 0],
    [0x06, 0, 0, 0],
    [0x06, 0, 0, 0xffff_ffff],
  ]

function swapped(word: number): number {
  return new DataView(Uint32Array.of(word).buffer).getUint32(0, false)
}

/** `struct sock_fprog`: number of instructions, and where they are. The instructions are held until the call is over. */
function programOf(instructions: typeof eventFilter): { program: Uint8Array; held: Uint8Array } {
  const held = new Uint8Array(instructions.length * 8)
  const view = new DataView(held.buffer)
  for (const [i, [operation, ifTrue, ifFalse, value]] of instructions.entries()) {
    view.setUint16(i * 8, operation, true)
    view.setUint8(i * 8 + 2, ifTrue)
    view.setUint8(i * 8 + 3, ifFalse)
    view.setUint32(i * 8 + 4, value, true)
  }
  const program = new Uint8Array(16)
  new DataView(program.buffer).setUint16(0, instructions.length, true)
  new DataView(program.buffer).setBigUint64(8, addressOf(held), true)
  return { program, held }
}
