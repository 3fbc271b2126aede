import { parentPort, workerData } from 'node:worker_threads'
import { PacketTap, type TapOptions } from '../../src/kernel/packet-tap.ts'
import { Poller, Wakeup } from '../../src/kernel/poller.ts'
import type { PacketSink } from '../../src/packet/capture/reader.ts'
import { decode } from '../../src/packet/decode.ts'
import { DecodeStatus, Packet } from '../../src/packet/packet.ts'

/* Entry of a thread that reads a tap, as a worker of the enforcer does, until it is woken. */

export interface ReaderData {
  tap: TapOptions
  wakeupFd: number
}

export interface ReaderResult {
  packets: number
  /** On the wire, from the network header on. */
  bytes: number
  decoded: number
  dropped: number
  /** In which it read and decoded; the rest it slept. */
  busySeconds: number
}

class Decoder implements PacketSink {
  decoded = 0
  packet(packet: Packet): void {
    if (decode(packet) === DecodeStatus.ok) this.decoded++
  }
}

const BLOCKS_AT_ONCE = 4
const { tap: options, wakeupFd } = workerData as ReaderData
const tap = PacketTap.open(options)
const poller = new Poller()
const packet = new Packet()
const decoder = new Decoder()
poller.add(tap.fd, tap.fd)
poller.add(Wakeup.attach(wakeupFd).fd, wakeupFd)
parentPort?.postMessage('reads')

let busyMs = 0
for (let isOver = false; !isOver;) {
  const ready = poller.wait(-1)
  const began = performance.now()
  for (let i = 0; i < ready; i++) {
    if (poller.token(i) === wakeupFd) isOver = true
    else tap.read(packet, decoder, BLOCKS_AT_ONCE)
  }
  busyMs += performance.now() - began
}
const { packets, bytes, dropped } = tap.statistics()
const { decoded } = decoder
parentPort?.postMessage({
  packets,
  bytes,
  decoded,
  dropped,
  busySeconds: busyMs / 1000,
} satisfies ReaderResult)
poller.close()
tap.close()
