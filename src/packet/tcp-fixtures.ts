import type { Direction } from '../model/direction.ts'
import { packetOf } from './flow-fixtures.ts'
import { FlowTable } from './flow-table.ts'
import { TcpFlag } from './packet.ts'
import {
  type StreamEnd,
  type StreamSink,
  type TcpAnomaly,
  TcpReassembler,
  type TcpReassemblerOptions,
} from './tcp-reassembler.ts'

/** A segment of a script. Numbers count from the initial one, which is the SYN's: the first byte of data is 1. */
export interface Segment {
  from: 'client' | 'server'
  /** Initials: `S`, `SA`, `A`, `FA`, `R`, …; `A` by default. */
  flags?: string
  at: number
  /** By default nothing but the other's SYN. */
  ack?: number
  data?: string
  /** Bytes of the data that the capture holds. */
  captured?: number
  seconds?: number
}

const CLIENT = '10.0.0.1:40000'
const SERVER = '10.0.0.2:80'
const FLAGS: Record<string, number> = { F: TcpFlag.fin, S: TcpFlag.syn, R: TcpFlag.rst, A: TcpFlag.ack }
const ENDS: Record<StreamEnd, string> = { 0: 'fin', 1: 'reset', 2: 'abandoned' }

/** SYN, SYN+ACK, ACK. */
export const handshake: readonly Segment[] = [
  { from: 'client', flags: 'S', at: 0 },
  { from: 'server', flags: 'SA', at: 0, ack: 1 },
  { from: 'client', at: 1, ack: 1 },
]

export function client(at: number, data: string, more: Partial<Segment> = {}): Segment {
  return { from: 'client', at, data, ack: 1, ...more }
}

export function server(at: number, data: string, more: Partial<Segment> = {}): Segment {
  return { from: 'server', at, data, ack: 1, ...more }
}

/** The server's word that it has all before `ack`, and the client's. */
export function serverAck(ack: number): Segment {
  return { from: 'server', at: 1, ack }
}

export function clientAck(ack: number): Segment {
  return { from: 'client', at: 1, ack }
}

/**
 * Plays scripts through a flow table and a reassembler, and writes down what the sink hears: `> text` from the client
 * and `< text` from the server, runs joined; `> (3)` for a gap of three; `> fin` and the like; `! code`.
 */
export class TcpPlay implements StreamSink {
  readonly log: string[] = []
  readonly flows: FlowTable
  readonly reassembler: TcpReassembler
  readonly #initial: number
  /** Greatest memory in use after any segment. */
  mostHeld = 0

  constructor(options: TcpReassemblerOptions = {}, initial = 1000) {
    this.#initial = initial
    this.flows = new FlowTable({ ended: (flow) => this.reassembler.end(flow) }, { seed: [5, 6] })
    this.reassembler = new TcpReassembler(this.flows, this, options)
  }

  play(...segments: Segment[]): this {
    for (const segment of segments) this.send(segment)
    return this
  }

  send(segment: Segment): number {
    const isClient = segment.from === 'client'
    const captured = segment.captured === undefined ? {} : { captured: segment.captured }
    const packet = packetOf({
      from: isClient ? CLIENT : SERVER,
      to: isClient ? SERVER : CLIENT,
      flags: [...(segment.flags ?? 'A')].reduce((flags, initial) => flags | FLAGS[initial], 0),
      sequence: this.#number(isClient, segment.at),
      acknowledgment: this.#number(!isClient, segment.ack ?? 1),
      payload: Buffer.from(segment.data ?? '', 'latin1'),
      seconds: segment.seconds ?? 0,
      ...captured,
    })
    const flow = this.flows.track(packet)
    this.reassembler.segment(flow, packet)
    this.mostHeld = Math.max(this.mostHeld, this.reassembler.heldBytes)
    return flow
  }

  /** Ends all flows; what was written down. */
  finish(): string[] {
    this.flows.endAll()
    return this.log
  }

  data(_flow: number, direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    const mark = `${way(direction)} `
    const text = Buffer.from(bytes.subarray(start, end)).toString('latin1')
    const last = this.log.at(-1)
    const isRun = last?.startsWith(mark) === true && this.#isOpen
    if (isRun) this.log[this.log.length - 1] += text
    else this.log.push(mark + text)
    this.#isOpen = true
  }

  gap(_flow: number, direction: Direction, length: number): void {
    this.#note(`${way(direction)} (${length})`)
  }

  ended(_flow: number, direction: Direction, how: StreamEnd): void {
    this.#note(`${way(direction)} ${ENDS[how]}`)
  }

  anomaly(_flow: number, code: TcpAnomaly): void {
    this.#note(`! ${code}`)
  }

  /** Whether the last entry is data. */
  #isOpen = false

  #note(line: string): void {
    this.log.push(line)
    this.#isOpen = false
  }

  #number(isClient: boolean, relative: number): number {
    return (this.#initial + (isClient ? 0 : 0x5555_5555) + relative) >>> 0
  }
}

function way(direction: Direction): string {
  return direction === 0 ? '>' : '<'
}
