import { Family, Level, SocketOption, SocketType } from '../constants.ts'
import { close, must, sendto, setsockopt, socket } from '../libc.ts'
import { inNetworkNamespace } from '../namespaces.ts'

/** `netinet/in.h`: whoever sends writes the IP header, too. */
const IPPROTO_RAW = 255
/** `sizeof(struct sockaddr_in)`, `sizeof(struct sockaddr_in6)`, and where the address stands in them. */
const Address4 = { bytes: 16, at: 4, length: 4, inPacket: 16 } as const
const Address6 = { bytes: 28, at: 8, length: 16, inPacket: 24 } as const

/** Sends whole IP packets from within a network namespace, to its own sockets as well as to others. */
export class RawSender {
  readonly #fd4: number
  readonly #fd6: number
  readonly #address4 = addressOf(Family.ipv4, Address4.bytes)
  readonly #address6 = addressOf(Family.ipv6, Address6.bytes)

  private constructor(fd4: number, fd6: number) {
    this.#fd4 = fd4
    this.#fd6 = fd6
  }

  /**
   * @param mark of all that it sends
   * @throws {KernelError} leaving nothing open
   */
  static open(netnsPath: string, mark: number): RawSender {
    return inNetworkNamespace(netnsPath, () => {
      const fd4 = openSocket(Family.ipv4, mark)
      try {
        return new RawSender(fd4, openSocket(Family.ipv6, mark))
      } catch (error) {
        close(fd4)
        throw error
      }
    })
  }

  /** Sends a packet from its IP header on. What cannot be sent is not: nobody waits for it. */
  send(bytes: Uint8Array, start: number, end: number): void {
    if (end <= start) return
    const packet = bytes.subarray(start, end)
    const isIpv4 = packet[0] >>> 4 === 4
    const address = isIpv4 ? this.#address4 : this.#address6
    const { at, length, inPacket } = isIpv4 ? Address4 : Address6
    address.set(packet.subarray(inPacket, inPacket + length), at)
    sendto(isIpv4 ? this.#fd4 : this.#fd6, packet, packet.length, 0, address, address.length)
  }

  close(): void {
    close(this.#fd4)
    close(this.#fd6)
  }
}

function openSocket(family: number, mark: number): number {
  const type = SocketType.raw | SocketType.closeOnExec | SocketType.nonBlocking
  const fd = must(socket(family, type, IPPROTO_RAW), 'open a raw socket')
  const value = Uint32Array.of(mark)
  if (setsockopt(fd, Level.socket, SocketOption.mark, value, value.byteLength) === 0) return fd
  close(fd)
  return must(-1, 'mark what a raw socket sends')
}

function addressOf(family: number, bytes: number): Uint8Array {
  const address = new Uint8Array(bytes)
  new DataView(address.buffer).setUint16(0, family, true)
  return address
}
