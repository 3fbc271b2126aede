import { readFileSync } from 'node:fs'
import type { Direction } from '../../src/model/direction.ts'
import { CaptureReader } from '../../src/packet/capture/reader.ts'
import { decode } from '../../src/packet/decode.ts'
import { FlowTable } from '../../src/packet/flow-table.ts'
import { DecodeStatus, IpProtocol } from '../../src/packet/packet.ts'
import type { StreamSink } from '../../src/packet/tcp-reassembler.ts'
import { TcpReassembler } from '../../src/packet/tcp-reassembler.ts'
import type { Protocol, ProtocolParser, ProtocolSink } from '../../src/protocols/protocol.ts'
import { Verdict } from '../../src/protocols/protocol.ts'

/** One TCP flow of a capture that `protocol` recognised: its parser, which has read it whole. */
export interface ParsedStream {
  parser: ProtocolParser
}

/** Reads the TCP flows of a capture that `protocol` recognises by the first bytes that either side sent. */
export function parseStreams(file: string, protocol: Protocol, makeSink: () => ProtocolSink): ParsedStream[] {
  const streams = new Map<number, Stream>()
  const parsed: ParsedStream[] = []
  const sink: StreamSink = {
    data(flow, direction, bytes, start, end) {
      const stream = streams.get(flow) ?? new Stream(protocol, makeSink, parsed)
      streams.set(flow, stream)
      stream.data(direction, bytes, start, end)
    },
    gap: (flow, direction, length) => void streams.get(flow)?.parser?.gap(direction, length),
    ended(flow, direction) {
      streams.get(flow)?.parser?.end(direction)
    },
    anomaly: () => undefined,
  }
  const flows: FlowTable = new FlowTable({ ended: (flow) => reassembler.end(flow) }, { seed: [1, 2] })
  const reassembler = new TcpReassembler(flows, sink)
  const capture = readFileSync(file)
  new CaptureReader().read(capture, 0, capture.length, {
    packet(packet) {
      if (decode(packet) !== DecodeStatus.ok || packet.protocol !== IpProtocol.tcp) return
      const flow = flows.track(packet)
      if (flow >= 0) reassembler.segment(flow, packet)
    },
  })
  for (const { parser } of parsed) {
    parser.end(0)
    parser.end(1)
  }
  return parsed
}

/** Keeps what both sides send until the protocol is known; after a handover nothing more is read. */
class Stream {
  parser: ProtocolParser | undefined
  readonly #protocol: Protocol
  readonly #makeSink: () => ProtocolSink
  readonly #parsed: ParsedStream[]
  #turns: [Direction, Buffer][] = []

  constructor(protocol: Protocol, makeSink: () => ProtocolSink, parsed: ParsedStream[]) {
    this.#protocol = protocol
    this.#makeSink = makeSink
    this.#parsed = parsed
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    if (this.parser !== undefined) {
      if (!this.parser.handover) this.parser.data(direction, bytes, start, end, 0)
      return
    }
    this.#turns.push([direction, Buffer.from(bytes.subarray(start, end))])
    const first = Buffer.concat(this.#turns.filter(([side]) => side === direction).map(([, turn]) => turn))
    if (this.#protocol.probe(direction, first, 0, first.length, 0) !== Verdict.yes) return
    this.parser = this.#protocol.create(this.#makeSink(), 'tcp')
    this.#parsed.push({ parser: this.parser })
    const turns = this.#turns
    this.#turns = []
    for (const [side, turn] of turns) this.data(side, turn, 0, turn.length)
  }
}
