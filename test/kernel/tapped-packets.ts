import { PacketTap, type TapOptions } from '../../src/kernel/packet-tap.ts'
import { Poller } from '../../src/kernel/poller.ts'
import { decode } from '../../src/packet/decode.ts'
import { DecodeStatus, IpProtocol, Packet } from '../../src/packet/packet.ts'

export const KiB = 1024

/** What a test wants to know of a packet that a tap saw. */
export interface Seen {
  ipVersion: number
  protocol: number
  source: string
  destination: string
  sourcePort: number
  destinationPort: number
  payload: string
  payloadBytes: number
  /** Nothing of it was cut. */
  isWhole: boolean
  networkId: number
  interfaceId: number
  timeMs: number
}

export function tapOf(netnsPath: string, options: Partial<TapOptions> = {}): PacketTap {
  return PacketTap.open({ netnsPath, blockBytes: 128 * KiB, blocks: 16, ...options })
}

/** Everything that can be decoded and that the taps see while `during` goes on, and for a quarter of a second after it. */
export async function seenBy(tap: PacketTap, during: () => Promise<unknown> | void): Promise<Seen[]> {
  const [seen] = await seenByAll([tap], during)
  return seen
}

export async function seenByAll(taps: PacketTap[], during: () => Promise<unknown> | void): Promise<Seen[][]> {
  const poller = new Poller()
  const packet = new Packet()
  const seen = taps.map((): Seen[] => [])
  for (const [index, tap] of taps.entries()) poller.add(tap.fd, index)
  const readReady = (timeoutMs: number) => {
    const ready = poller.wait(timeoutMs)
    for (let i = 0; i < ready; i++) {
      const index = poller.token(i)
      const sink = {
        packet: () => void (decode(packet) === DecodeStatus.ok && seen[index].push(view(packet))),
      }
      taps[index].read(packet, sink, 4)
    }
    return ready
  }
  try {
    const state = { isOver: false }
    const traffic = Promise.resolve(during()).finally(() => (state.isOver = true))
    for (let turn = 0; !state.isOver; turn++) {
      readReady(turn === 0 ? 0 : 5)
      await new Promise(setImmediate)
    }
    await traffic
    // A signal, as of a child that ended, cuts a wait short.
    for (let quietUntil = Date.now() + 250; Date.now() < quietUntil;) {
      if (readReady(quietUntil - Date.now()) > 0) quietUntil = Date.now() + 250
    }
    return seen
  } finally {
    poller.close()
  }
}

function view(packet: Packet): Seen {
  const { bytes, ipVersion } = packet
  const addressBytes = ipVersion === 4 ? 4 : 16
  const address = (at: number) => Buffer.from(bytes.subarray(at, at + addressBytes)).toString('hex')
  return {
    ipVersion,
    protocol: packet.protocol,
    source: address(packet.sourceAt),
    destination: address(packet.destinationAt),
    sourcePort: packet.sourcePort,
    destinationPort: packet.destinationPort,
    payload: Buffer.from(
      bytes.subarray(packet.payloadStart, Math.min(packet.payloadEnd, packet.payloadStart + 64)),
    ).toString('latin1'),
    payloadBytes: packet.payloadEnd - packet.payloadStart,
    isWhole: packet.end - packet.start === packet.originalLength,
    networkId: packet.networkId,
    interfaceId: packet.interfaceId,
    timeMs: packet.time / 1000,
  }
}

export const isUdp = ({ protocol }: Seen): boolean => protocol === IpProtocol.udp
export const isTcp = ({ protocol }: Seen): boolean => protocol === IpProtocol.tcp

/** A flow's name, the same in both directions. */
export function flowOf({ source, sourcePort, destination, destinationPort }: Seen): string {
  return [`${source}:${sourcePort}`, `${destination}:${destinationPort}`].toSorted().join(' ')
}
