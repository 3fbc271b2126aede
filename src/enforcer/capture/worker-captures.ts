import type { FilterNode } from '../../capture/filter/filter-node.ts'
import { matches } from '../../capture/filter/matches.ts'
import { parseFilter } from '../../capture/filter/parse-filter.ts'
import { captureLimits } from '../../capture/limits.ts'
import { PacketRing } from '../../capture/packet-ring.ts'
import type { Microseconds } from '../../lib/time.ts'
import type { AutomaticCapture, CaptureAbout, CaptureOrder, CapturePart } from '../../model/captures.ts'
import { decode } from '../../packet/decode.ts'
import type { Packet } from '../../packet/packet.ts'
import { type CaptureMask, Recording } from './recording.ts'

/** What was found of a workload, for which its packets are kept. */
export type CaptureFinding = NonNullable<CaptureAbout['finding']>

/** One namespace that a worker reads. */
interface Watched {
  workload: string
  /** Its last packets, for when something is found. */
  ring: PacketRing | undefined
  recordings: Recording[]
  /** When recordings began by themselves in the last hour. */
  begun: Microseconds[]
}

interface Order extends CaptureOrder {
  parsed: FilterNode | undefined
}

const HOUR_US = 3_600_000_000

/**
 * What one worker records: the last packets of each workload, for when something is found, and what was ordered. Files leave in parts; what
 * does not fit is counted and told with the file.
 */
export class WorkerCaptures {
  readonly #filePrefix: string
  readonly #say: (part: CapturePart) => void
  readonly #mask: CaptureMask
  readonly #watched = new Map<number, Watched>()
  #orders = new Map<string, Order>()
  #automatic: AutomaticCapture = 'off'
  #files = 0

  /**
   * @param filePrefix what names of files begin with: unique to this worker of this run
   * @param mask masks personal data, where that is asked for
   */
  constructor(filePrefix: string, say: (part: CapturePart) => void, mask: CaptureMask) {
    this.#filePrefix = filePrefix
    this.#say = say
    this.#mask = mask
  }

  /** What is to be recorded from now on: orders that are not named are over. */
  order(automatic: AutomaticCapture, orders: readonly CaptureOrder[], now: Microseconds): void {
    this.#automatic = automatic
    const wanted = new Map(orders.map((order) => [order.id, this.#orders.get(order.id) ?? parsed(order)]))
    for (const watched of this.#watched.values()) {
      if (automatic === 'off') watched.ring = undefined
      for (const recording of watched.recordings) {
        const { order } = recording
        if (order !== undefined && !wanted.has(order)) recording.end()
      }
      this.#sweep(watched)
    }
    this.#orders = wanted
    for (const watched of this.#watched.values()) this.#beginOrdered(watched, now)
  }

  watch(network: number, workload: string, now: Microseconds): void {
    const known = this.#watched.get(network)
    if (known?.workload === workload) return
    if (known !== undefined) this.unwatch(network)
    const watched = { workload, ring: undefined, recordings: [], begun: [] }
    this.#watched.set(network, watched)
    this.#beginOrdered(watched, now)
  }

  unwatch(network: number): void {
    for (const recording of this.#watched.get(network)?.recordings ?? []) recording.end()
    this.#watched.delete(network)
  }

  /** A packet of a namespace, decoded. */
  packet(network: number, packet: Packet): void {
    const watched = this.#watched.get(network)
    if (watched === undefined) return
    for (const recording of watched.recordings)
      if (matches(recording.filter, packet)) this.#roomIn(watched, recording, packet).packet(packet)
    if (this.#automatic === 'off') return
    watched.ring ??= new PacketRing()
    watched.ring.add(packet, this.#mayGrow)
  }

  /** The recording, or where it is full the next file of its order. */
  #roomIn(watched: Watched, recording: Recording, packet: Packet): Recording {
    const order = recording.order === undefined ? undefined : this.#orders.get(recording.order)
    if (order === undefined || recording.hasRoomFor(packet)) return recording
    recording.end()
    this.#sweep(watched)
    return this.#begin(watched, order, { now: packet.time })
  }

  /** Whether all rings together are not yet as large as they may be. */
  readonly #mayGrow = (): boolean => {
    let bytes = 0
    for (const { ring } of this.#watched.values()) bytes += ring?.bytes ?? 0
    return bytes < captureLimits.ringsBytes
  }

  /** Something was found: the packets before it, and those that follow for a while, go into a file. */
  found(network: number, finding: CaptureFinding, now: Microseconds): void {
    const watched = this.#watched.get(network)
    if (watched === undefined || this.#automatic === 'off' || !mayBegin(watched, now)) return
    watched.begun.push(now)
    const recording = this.#begin(watched, undefined, { now, finding })
    // What lies in a ring was copied as it came, and is not decoded.
    watched.ring?.read(now - captureLimits.ringUs, {
      packet: (packet) => {
        decode(packet)
        recording.packet(packet)
      },
    })
    recording.mostBytes = recording.bytes + captureLimits.afterBytes
    watched.ring = undefined
  }

  /** Time passes: what is over ends, and what is written leaves. */
  tick(now: Microseconds): void {
    for (const watched of this.#watched.values()) {
      if (watched.recordings.length === 0) continue
      for (const recording of watched.recordings) {
        recording.flush()
        if (now >= recording.until) recording.end()
      }
      this.#sweep(watched)
      this.#beginOrdered(watched, now)
    }
  }

  close(): void {
    for (const network of [...this.#watched.keys()]) this.unwatch(network)
  }

  #sweep(watched: Watched): void {
    watched.recordings = watched.recordings.filter(({ isOver }) => !isOver)
  }

  /** Begins what is ordered and not under way: at first, and where a file was full. */
  #beginOrdered(watched: Watched, now: Microseconds): void {
    for (const order of this.#orders.values()) {
      if (!order.workloads.includes(watched.workload) || now >= order.until * 1000) continue
      if (watched.recordings.some((recording) => recording.order === order.id)) continue
      this.#begin(watched, order, { now })
    }
  }

  #begin(
    watched: Watched,
    order: Order | undefined,
    { now, finding }: { now: Microseconds; finding?: CaptureFinding },
  ): Recording {
    const isMasked = order === undefined ? this.#automatic === 'masked' : order.masked === true
    const most = isMasked ? captureLimits.maskedBytes : Infinity
    const recording = new Recording(
      {
        file: `${this.#filePrefix}${++this.#files}`,
        workload: watched.workload,
        since: now,
        until: order === undefined ? now + captureLimits.afterUs : order.until * 1000,
        headersOnly: order?.headersOnly ?? this.#automatic === 'headers',
        mask: isMasked ? this.#mask : undefined,
        mostBytes: Math.min(order?.fileBytes ?? Infinity, most),
        filter: order?.parsed,
        ...(order === undefined ? {} : { order: order.id }),
        ...(finding === undefined ? {} : { finding }),
      },
      this.#say,
    )
    watched.recordings.push(recording)
    return recording
  }
}

/** One at a time, and not too many in an hour: the first packets of something tell more than those of its hundredth time. */
function mayBegin(watched: Watched, now: Microseconds): boolean {
  watched.begun = watched.begun.filter((begun) => now - begun < HOUR_US)
  const isUnderWay = watched.recordings.some(({ order }) => order === undefined)
  const { active, automaticPerHour } = captureLimits
  return !isUnderWay && watched.recordings.length < active && watched.begun.length < automaticPerHour
}

/** The controller has checked the filter; one that is wrong all the same takes nothing. */
function parsed(order: CaptureOrder): Order {
  const result = parseFilter(order.filter)
  const nothing: FilterNode = { kind: 'or', parts: [] }
  return { ...order, parsed: 'filter' in result ? result.filter : nothing }
}
