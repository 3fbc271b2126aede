import { constants } from 'node:os'
import { Family, Level, MSG_DONTWAIT, SocketOption, SocketType } from './constants.ts'
import { errorOfKind, kernelError } from './kernel-error.ts'
import { bind, close, errorNumber, must, recv, send, setsockopt, socket } from './libc.ts'
import { kernelLimits } from './limits.ts'
import { Poller } from './poller.ts'

/** `linux/netlink.h`. */
export const NetlinkProtocol = { connector: 11, netfilter: 12 } as const
export const MessageType = { error: 2, done: 3 } as const
export const MessageFlag = { request: 1, acknowledge: 4 } as const

/** `struct nlmsghdr`: length, type and flags (16 bits each), sequence, sender. */
const HEADER_BYTES = 16
/** `struct sockaddr_nl`: family, sender, groups. */
const ADDRESS_BYTES = 12

export interface NetlinkMessage {
  type: number
  flags: number
  /** After the header, padded to 4 bytes. */
  content: Uint8Array
}

/** A socket for a question and its answer. */
export class NetlinkSocket {
  readonly #fd: number
  readonly #poller = new Poller()

  /** @param groups bits of the multicast groups that it hears */
  constructor(protocol: number, groups = 0) {
    const type = SocketType.datagram | SocketType.closeOnExec
    this.#fd = must(socket(Family.netlink, type, protocol), 'open a netlink socket')
    try {
      const address = new Uint8Array(ADDRESS_BYTES)
      new DataView(address.buffer).setUint16(0, Family.netlink, true)
      new DataView(address.buffer).setUint32(8, groups, true)
      must(bind(this.#fd, address, address.length), 'bind a netlink socket')
      this.#poller.add(this.#fd, 0)
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** For a `Poller`. */
  get fd(): number {
    return this.#fd
  }

  send({ type, flags, content }: NetlinkMessage): void {
    const bytes = new Uint8Array(HEADER_BYTES + content.length)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, bytes.length, true)
    view.setUint16(4, type, true)
    view.setUint16(6, flags, true)
    bytes.set(content, HEADER_BYTES)
    must(send(this.#fd, bytes, bytes.length, 0), 'ask the kernel over netlink')
  }

  /**
   * The first message that comes.
   * @throws {KernelError} where that is a refusal, or nothing comes in time
   */
  receive(): NetlinkMessage {
    if (this.#poller.wait(kernelLimits.answerMs) === 0)
      throw errorOfKind('failed', 'the kernel does not answer over netlink')
    const bytes = new Uint8Array(kernelLimits.answerBytes)
    const length = must(recv(this.#fd, bytes, bytes.length, MSG_DONTWAIT), 'read an answer over netlink')
    const view = new DataView(bytes.buffer, 0, length)
    const type = view.getUint16(4, true)
    const error = type === MessageType.error ? -view.getInt32(HEADER_BYTES, true) : 0
    if (error !== 0) throw kernelError('have it over netlink', error)
    return { type, flags: view.getUint16(6, true), content: bytes.slice(HEADER_BYTES, length) }
  }

  /**
   * Sends whole messages, one of which asks for an acknowledgment, to a part of the kernel that has answered by the time
   * the call returns.
   * @param what they are to do, as it goes on after "cannot"
   * @throws {KernelError} the first refusal
   */
  exchange(messages: Uint8Array, what: string): void {
    const room = Int32Array.of(2 * messages.length + kernelLimits.answerBytes)
    setsockopt(this.#fd, Level.socket, SocketOption.sendBufferForce, room, room.byteLength)
    must(send(this.#fd, messages, messages.length, 0), what)
    const answer = new Uint8Array(kernelLimits.answerBytes)
    for (let answers = 0; ; answers++) {
      const length = recv(this.#fd, answer, answer.length, MSG_DONTWAIT)
      const isOver = length < 0 && answers > 0 && errorNumber() === constants.errno.EAGAIN
      if (isOver) return
      must(length, what)
      const error = firstError(new DataView(answer.buffer, 0, length))
      if (error !== 0) throw kernelError(what, error)
    }
  }

  close(): void {
    this.#poller.close()
    close(this.#fd)
  }
}

/** Number of the first refusal among the answers that came together; 0 where there is none. */
function firstError(answers: DataView): number {
  for (let at = 0; at + HEADER_BYTES + 4 <= answers.byteLength;) {
    const type = answers.getUint16(at + 4, true)
    const error = type === MessageType.error ? -answers.getInt32(at + HEADER_BYTES, true) : 0
    if (error !== 0) return error
    at += Math.max(HEADER_BYTES, (answers.getUint32(at, true) + 3) & ~3)
  }
  return 0
}
