import { ethernet, ipv4, tcp, udp } from '../../src/packet/frames.ts'
import { IpProtocol, TcpFlag } from '../../src/packet/packet.ts'

const { syn: SYN, ack: ACK, fin: FIN, psh: PSH } = TcpFlag
const IPV4 = 0x0800
const SEGMENT_BYTES = 1448
const WINDOW = 64_240
/** Of a client, as frames are built; `varyClient` puts others in its place. */
const CLIENT = '10.0.127.0'
const SERVER = '192.0.2.10'
const SOURCE_AT = 26
const DESTINATION_AT = 30

/** A packet of a conversation, by right a client's or a server's. */
export interface Frame {
  bytes: Buffer
  isClient: boolean
}

/** The packets of one TCP connection: handshake, data in full segments with acknowledgments, end. */
export class TcpConnection {
  readonly frames: Frame[] = []
  readonly #ports: [client: number, server: number]
  /** Next numbers of client and server. */
  readonly #next: [number, number] = [1_000, 9_000]

  readonly #segmentBytes: number

  /** @param segmentBytes - more than a frame carries, where segmentation offload is to be shown */
  constructor(clientPort: number, serverPort: number, segmentBytes = SEGMENT_BYTES) {
    this.#segmentBytes = segmentBytes
    this.#ports = [clientPort, serverPort]
    this.#send(true, SYN)
    this.#send(false, SYN | ACK)
    this.#send(true, ACK)
  }

  client(text: string | Uint8Array): this {
    return this.#say(true, Buffer.from(text))
  }

  server(text: string | Uint8Array): this {
    return this.#say(false, Buffer.from(text))
  }

  close(): Frame[] {
    this.#send(true, FIN | ACK)
    this.#send(false, FIN | ACK)
    this.#send(true, ACK)
    return this.frames
  }

  /** Every second segment is acknowledged, and the last. */
  #say(isClient: boolean, bytes: Buffer): this {
    let unacknowledged = 0
    for (let at = 0; at < bytes.length; at += this.#segmentBytes) {
      const isLast = at + this.#segmentBytes >= bytes.length
      this.#send(isClient, isLast ? ACK | PSH : ACK, bytes.subarray(at, at + this.#segmentBytes))
      unacknowledged++
      if (unacknowledged < 2 && !isLast) continue
      this.#send(!isClient, ACK)
      unacknowledged = 0
    }
    return this
  }

  #send(isClient: boolean, flags: number, payload: Uint8Array = new Uint8Array(0)): void {
    const [own, other] = isClient ? [0, 1] : [1, 0]
    const segment = tcp(
      {
        sourcePort: this.#ports[own],
        destinationPort: this.#ports[other],
        sequence: this.#next[own],
        acknowledgment: (flags & ACK) === 0 ? 0 : this.#next[other],
        ...{ flags, window: WINDOW },
      },
      payload,
    )
    this.#next[own] += payload.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1)
    this.frames.push(frame(isClient, IpProtocol.tcp, segment))
  }
}

/** A datagram between a client's port and a server's. */
export function datagram(
  isClient: boolean,
  clientPort: number,
  serverPort: number,
  payload: Uint8Array,
): Frame {
  const [sourcePort, destinationPort] = isClient ? [clientPort, serverPort] : [serverPort, clientPort]
  return frame(isClient, IpProtocol.udp, udp({ sourcePort, destinationPort }, payload))
}

function frame(isClient: boolean, protocol: number, payload: Uint8Array): Frame {
  const [source, destination] = isClient ? [CLIENT, SERVER] : [SERVER, CLIENT]
  return { bytes: Buffer.from(ethernet(IPV4, ipv4({ source, destination, protocol }, payload))), isClient }
}

/** How many clients there are. */
export const clientCount = 0x7f00

/**
 * Puts client number `client` in the place of the one that the frame at `at` was built with. One half of the address
 * grows by what the other shrinks by, so that no checksum changes (RFC 1071).
 */
export function varyClient(capture: Buffer, at: number, isClient: boolean, client: number): void {
  const address = at + (isClient ? SOURCE_AT : DESTINATION_AT)
  capture.writeUInt16BE(capture.readUInt16BE(address) + client, address)
  capture.writeUInt16BE(capture.readUInt16BE(address + 2) - client, address + 2)
}
