import type { Microseconds } from '../lib/time.ts'
import { FlowPhase } from './flow-phase.ts'
import type { FlowTable } from './flow-table.ts'
import { tcpLimits } from './limits.ts'
import type { Packet } from './packet.ts'
import { type SegmentQueueLimits, SegmentQueues } from './segment-queues.ts'
import type { TcpOutput } from './tcp-output.ts'
import { StreamEnd } from './tcp-sink.ts'
import { StreamFlag, type TcpStreams } from './tcp-streams.ts'

const HOLE_TIMEOUT_US = tcpLimits.oneSidedHoleMs * 1000

/**
 * Gives the bytes of streams on in order: in place what comes in order, through a queue what comes too early; decides
 * what is lost.
 */
export class TcpDelivery {
  readonly queues: SegmentQueues
  /** As of `TcpReassemblerOptions`. */
  readonly isInline: boolean
  readonly #flows: FlowTable
  readonly #streams: TcpStreams
  readonly #output: TcpOutput

  constructor(
    flows: FlowTable,
    streams: TcpStreams,
    output: TcpOutput,
    options: SegmentQueueLimits & { isInline: boolean },
  ) {
    this.isInline = options.isInline
    this.#flows = flows
    this.#streams = streams
    this.#output = output
    this.queues = new SegmentQueues(options)
  }

  /** Takes the packet's payload, whose first byte has number `sequence`. */
  take(stream: number, sequence: number, packet: Packet): void {
    const streams = this.#streams
    if (streams.has(stream, StreamFlag.synData)) this.#settleSynData(stream, sequence)
    const ahead = streams.ahead(stream, sequence)
    if (streams.has(stream, StreamFlag.resetReached) && ahead + packet.payloadLength > 0) {
      this.#takeBackReset(stream)
    }
    if (streams.has(stream, StreamFlag.ended)) {
      // One byte may be a keep-alive's.
      if (ahead + packet.payloadLength > 1) this.#output.anomaly(stream, 'tcp-data-after-fin')
    } else if (ahead > 0) {
      this.#wait(stream, sequence, packet)
    } else {
      // Not -ahead: minus zero is no small integer.
      this.#takeInOrder(stream, sequence, packet, 0 - ahead)
    }
  }

  /** A FIN with number `at`. */
  takeFin(stream: number, at: number): void {
    const streams = this.#streams
    const ahead = streams.ahead(stream, at)
    streams.set(stream, StreamFlag.finSeen)
    if (streams.has(stream, StreamFlag.ended | StreamFlag.finReached)) return
    if (ahead === 0) {
      this.#reachFin(stream)
    } else if (ahead < 0) {
      this.#output.anomaly(stream, 'tcp-data-after-fin')
    } else {
      const queue = this.#openQueue(stream)
      this.queues.finAt[queue] = at
      this.queues.hasFin[queue] = 1
    }
  }

  /** The receiver has acknowledged more, or the same once more. */
  acknowledged(stream: number): void {
    const streams = this.#streams
    if (streams.queue(stream) !== 0) this.#weighHole(stream)
    const isFinTaken = streams.ahead(stream, streams.acknowledged(stream)) > 0
    if (isFinTaken && streams.has(stream, StreamFlag.finReached)) this.finish(stream, StreamEnd.fin)
  }

  /** Data of a SYN waits until it is known whether the receiver took it. */
  holdSynData(stream: number, sequence: number, packet: Packet): void {
    this.#streams.set(stream, StreamFlag.synData)
    this.#wait(stream, sequence, packet)
  }

  /** What the receiver's SYN+ACK, or the sender's next segment, tells about the data of the SYN. */
  answerSynData(stream: number, isTaken: boolean): void {
    this.#streams.unset(stream, StreamFlag.synData)
    if (isTaken) {
      this.#drain(stream)
    } else {
      this.#output.counters.synDataRefused++
      this.#closeQueue(stream)
    }
  }

  /** What waits, and a FIN, are of another beginning of the stream than the one that counts. */
  forget(stream: number): void {
    const { synData, finSeen, finReached } = StreamFlag
    this.#streams.unset(stream, synData | finSeen | finReached)
    this.#closeQueue(stream)
  }

  /** Goes on at `sequence`: where the stream was lost it was too far away. */
  resynchronise(stream: number, sequence: number): void {
    const streams = this.#streams
    this.#output.counters.resynchronised++
    this.flush(stream)
    // A FIN may have waited.
    if (streams.has(stream, StreamFlag.ended)) return
    const ahead = streams.ahead(stream, sequence)
    // Backwards only says that more than half of the sequence space was missed.
    this.#output.gap(stream, Math.max(0, ahead))
    streams.setNext(stream, sequence)
  }

  /** Gives on all that waits, gaps included. */
  flush(stream: number): void {
    while (this.#streams.queue(stream) !== 0) this.#giveUp(stream)
  }

  /** The stream has ended, unless it had before. */
  finish(stream: number, how: StreamEnd): void {
    if (this.#streams.has(stream, StreamFlag.ended)) return
    this.#closeQueue(stream)
    this.#output.ended(stream, how)
  }

  /** The first `old` bytes of the payload lie before what comes next. */
  #takeInOrder(stream: number, sequence: number, packet: Packet, old: number): void {
    if (old > 0) this.#output.compareOld(stream, sequence, packet, old)
    if (old >= packet.payloadLength) return
    const { bytes, payloadStart, payloadEnd } = packet
    const from = Math.min(payloadStart + old, payloadEnd)
    this.#output.remember(stream, sequence, bytes, payloadStart, payloadEnd)
    if (this.#streams.queue(stream) === 0) this.#output.give(stream, bytes, from, payloadEnd)
    else this.#giveAroundQueue(stream, bytes, from, payloadEnd)
    const cut = packet.payloadLength - Math.max(old, payloadEnd - payloadStart)
    if (cut > 0) this.#passOver(stream, cut)
    if (this.#streams.queue(stream) !== 0) this.#drain(stream)
  }

  /** Gives on `bytes[start, end)` and, where they overlap with what waits, that: it has been compared and decided. */
  #giveAroundQueue(stream: number, bytes: Uint8Array, start: number, end: number): void {
    const { chunks } = this.queues
    for (let at = start; at < end;) {
      const head = this.#head(stream)
      const space = head === 0 ? end - at : this.#streams.ahead(stream, chunks.sequence[head])
      if (space > 0) {
        const part = Math.min(space, end - at)
        this.#output.give(stream, bytes, at, at + part)
        at += part
      } else {
        this.queues.compareHead(this.#streams.queue(stream), bytes, at, end)
        this.#reportOverlap(stream)
        at += chunks.length[head]
        this.#giveHead(stream, head)
      }
    }
  }

  /** The same for `length` bytes that the capture cut off. */
  #passOver(stream: number, length: number): void {
    const { chunks } = this.queues
    for (let left = length; left > 0;) {
      const head = this.#head(stream)
      const space = head === 0 ? left : this.#streams.ahead(stream, chunks.sequence[head])
      if (space > 0) {
        const part = Math.min(space, left)
        this.#output.gap(stream, part)
        this.#output.counters.cutBytes += part
        left -= part
      } else {
        left -= chunks.length[head]
        this.#giveHead(stream, head)
      }
    }
  }

  /** Keeps what comes too early. When there is no room, the hole that is oldest is given up for it. */
  #wait(stream: number, sequence: number, packet: Packet): void {
    const streams = this.#streams
    this.#output.counters.outOfOrder++
    if (streams.has(stream, StreamFlag.ignored)) {
      this.flush(stream)
      streams.setNext(stream, sequence + packet.payloadLength)
      return
    }
    while (!this.#insert(stream, sequence, packet)) {
      if (this.isInline) {
        this.#output.anomaly(stream, 'tcp-no-room')
        return
      }
      this.#makeRoom(stream)
      // What was waited for may now be this very segment; or there was a FIN before it.
      if (streams.ahead(stream, sequence) <= 0 || streams.has(stream, StreamFlag.ended)) {
        this.take(stream, sequence, packet)
        return
      }
    }
    if (!this.#flows.hasSpoken(stream >> 1, (stream & 1) ^ 1)) this.#giveUpOverdue(stream, packet.time)
  }

  #insert(stream: number, sequence: number, packet: Packet): boolean {
    const { queues } = this
    const { bytes, payloadStart, payloadEnd, time } = packet
    const queue = this.#openQueue(stream)
    const captured = payloadEnd - payloadStart
    const cut = packet.payloadLength - captured
    const isKept =
      queues.insert(queue, sequence, bytes, payloadStart, payloadEnd, time) &&
      (cut === 0 || queues.insertMissing(queue, sequence + captured, cut, time))
    this.#reportOverlap(stream)
    return isKept
  }

  #reportOverlap(stream: number): void {
    if (!this.queues.differed) return
    this.queues.differed = false
    this.#output.anomaly(stream, 'tcp-overlap-differs')
  }

  #openQueue(stream: number): number {
    const streams = this.#streams
    while (streams.queue(stream) === 0) {
      streams.setQueue(stream, this.queues.open(stream))
      if (streams.queue(stream) === 0) this.#giveUpEldest()
    }
    return streams.queue(stream)
  }

  #closeQueue(stream: number): void {
    const queue = this.#streams.queue(stream)
    if (queue === 0) return
    this.queues.close(queue)
    this.#streams.setQueue(stream, 0)
  }

  #makeRoom(stream: number): void {
    if (this.queues.isFull(this.#streams.queue(stream))) {
      this.#output.counters.streamFull++
      this.#giveUp(stream)
    } else {
      this.#giveUpEldest()
    }
  }

  #giveUpEldest(): void {
    this.#output.counters.storeFull++
    this.#giveUp(this.queues.eldestStream)
  }

  /** Where nobody acknowledges: what was not sent again for so long was sent, and lost by the capture. */
  #giveUpOverdue(stream: number, now: Microseconds): void {
    for (let head = this.#head(stream); head !== 0; head = this.#head(stream)) {
      if (now - this.queues.chunks.time[head] < HOLE_TIMEOUT_US) return
      this.#giveUp(stream)
    }
  }

  /** The receiver has what is missing here when it acknowledges what comes after: then the capture lost it. */
  #weighHole(stream: number): void {
    const streams = this.#streams
    const queue = streams.queue(stream)
    if (streams.has(stream, StreamFlag.synData)) return
    const acknowledged = streams.ahead(stream, streams.acknowledged(stream))
    if (acknowledged < this.#holeBytes(stream)) return
    this.queues.claims[queue]++
    if (this.queues.claims[queue] >= tcpLimits.holeClaims) this.#giveUp(stream)
  }

  /** What is missing before the first that waits. */
  #holeBytes(stream: number): number {
    const streams = this.#streams
    const { queues } = this
    const queue = streams.queue(stream)
    const head = queues.head[queue]
    const toFin = queues.hasFin[queue] === 0 ? Infinity : streams.ahead(stream, queues.finAt[queue])
    const toHead = head === 0 ? Infinity : streams.ahead(stream, queues.chunks.sequence[head])
    return Math.min(toFin, toHead)
  }

  /** Passes over the first hole, and gives on what follows it. */
  #giveUp(stream: number): void {
    if (this.#streams.has(stream, StreamFlag.synData)) this.#streams.unset(stream, StreamFlag.synData)
    else this.#output.gap(stream, this.#holeBytes(stream))
    this.#drain(stream)
  }

  /** Who sends a RST sends nothing after it: it was forged, or nobody took it. */
  #takeBackReset(stream: number): void {
    const streams = this.#streams
    this.#output.anomaly(stream, 'tcp-data-after-reset')
    streams.unset(stream, StreamFlag.reset | StreamFlag.resetReached)
    const isAnchored = streams.has(stream, StreamFlag.anchored)
    this.#flows.moveTo(stream >> 1, isAnchored ? FlowPhase.tcpEstablished : FlowPhase.tcpMidstreamTwoWay)
  }

  #settleSynData(stream: number, sequence: number): void {
    this.answerSynData(stream, this.#streams.ahead(stream, sequence) > 0)
  }

  /** Gives on what waits and is due now; a queue with nothing left is given back. */
  #drain(stream: number): void {
    const streams = this.#streams
    const { queues } = this
    const queue = streams.queue(stream)
    queues.claims[queue] = 0
    while (streams.queue(stream) !== 0) {
      this.#reachQueuedFin(stream, queue)
      const head = this.#head(stream)
      if (head === 0 || streams.ahead(stream, queues.chunks.sequence[head]) > 0) break
      this.#giveHead(stream, head)
    }
    if (this.#head(stream) === 0 && queues.hasFin[queue] === 0) this.#closeQueue(stream)
  }

  #reachQueuedFin(stream: number, queue: number): void {
    if (this.queues.hasFin[queue] === 0) return
    const ahead = this.#streams.ahead(stream, this.queues.finAt[queue])
    if (ahead > 0) return
    this.queues.hasFin[queue] = 0
    if (ahead === 0) this.#reachFin(stream)
    else this.#output.anomaly(stream, 'tcp-data-after-fin')
  }

  /** A FIN counts once its receiver has acknowledged it, where that can be seen: a forged one ends nothing. */
  #reachFin(stream: number): void {
    const streams = this.#streams
    streams.set(stream, StreamFlag.finReached)
    const isTaken =
      streams.has(stream, StreamFlag.acknowledged) && streams.ahead(stream, streams.acknowledged(stream)) > 0
    const isSeen = this.#flows.hasSpoken(stream >> 1, (stream & 1) ^ 1)
    if (isTaken || !isSeen) this.finish(stream, StreamEnd.fin)
  }

  #head(stream: number): number {
    const queue = this.#streams.queue(stream)
    return queue === 0 ? 0 : this.queues.head[queue]
  }

  #giveHead(stream: number, chunk: number): void {
    const { chunks } = this.queues
    const length = chunks.length[chunk]
    if (chunks.stored[chunk] === 0) {
      this.#output.gap(stream, length)
      this.#output.counters.cutBytes += length
    } else {
      const start = chunks.offset(chunk)
      const slab = chunks.slab(chunk)
      this.#output.remember(stream, chunks.sequence[chunk], slab, start, start + length)
      const now = this.#output.time
      this.#output.time = chunks.time[chunk]
      this.#output.give(stream, slab, start, start + length)
      this.#output.time = now
    }
    this.queues.pop(this.#streams.queue(stream))
  }
}
