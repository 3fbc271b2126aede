import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Direction } from '../model/direction.ts'
import { packetOf } from './flow-fixtures.ts'
import { FlowTable } from './flow-table.ts'
import { IpProtocol } from './packet.ts'
import { type StreamSink, TcpReassembler } from './tcp-reassembler.ts'

const HELD_BYTES = 16 * 1024
const content = Buffer.alloc(70_000, 'abc')

/** A small engine that checks what it is told: who is open, who has ended. */
class StrictSink implements StreamSink {
  readonly #open = new Map<number, boolean[]>()
  readonly flows: FlowTable
  readonly reassembler: TcpReassembler

  constructor(maxFlows: number) {
    this.flows = new FlowTable({ ended: (flow) => this.#end(flow) }, { seed: [1, 2], maxFlows })
    this.reassembler = new TcpReassembler(this.flows, this, {
      heldBytes: HELD_BYTES,
      heldBytesPerStream: HELD_BYTES / 2,
    })
  }

  inspect(packet: ReturnType<typeof packetOf>): number {
    const flow = this.flows.track(packet)
    if (this.flows.created) this.#open.set(flow, [true, true])
    this.reassembler.segment(flow, packet)
    assert.ok(this.reassembler.heldBytes <= HELD_BYTES)
    return flow
  }

  data(flow: number, direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    assert.ok(this.#isOpen(flow, direction))
    assert.ok(start >= 0 && start < end && end <= bytes.length)
  }

  gap(flow: number, direction: Direction, length: number): void {
    assert.ok(this.#isOpen(flow, direction))
    assert.ok(Number.isInteger(length) && length >= 0)
  }

  ended(flow: number, direction: Direction): void {
    assert.ok(this.#isOpen(flow, direction))
    // As the table has it: `flip` may have come between.
    const ends = this.#open.get(flow)
    if (ends !== undefined) ends[this.flows.directionOf(flow, 0) ^ direction] = false
  }

  anomaly(flow: number): void {
    assert.ok(this.flows.isLive(flow))
  }

  #isOpen(flow: number, direction: Direction): boolean {
    return (
      this.flows.isLive(flow) && this.#open.get(flow)?.[this.flows.directionOf(flow, 0) ^ direction] === true
    )
  }

  #end(flow: number): void {
    this.reassembler.end(flow)
    assert.deepEqual(this.#open.get(flow), [false, false])
    this.#open.delete(flow)
  }
}

const position = fc.oneof(
  { weight: 6, arbitrary: fc.nat(6000) },
  { weight: 2, arbitrary: fc.nat(200_000) },
  { weight: 1, arbitrary: fc.nat(0xffff_ffff) },
)
const step = fc.record({
  client: fc.integer({ min: 1, max: 4 }),
  isBack: fc.boolean(),
  flags: fc.oneof({ weight: 4, arbitrary: fc.constant(0x10) }, { weight: 1, arbitrary: fc.nat(0xff) }),
  sequence: position,
  acknowledgment: position,
  length: fc.oneof({ weight: 5, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: fc.nat(66_000) }),
  shift: fc.nat(2),
  captured: fc.constantFrom(0, 0.5, 1, 1, 1),
  waitSeconds: fc.constantFrom(0, 0, 0, 0, 1, 5, 40, 2000),
  aside: fc.constantFrom('', '', '', '', '', 'ignore', 'flip'),
})

test('no sequence of segments breaks the contract with the sink, or the bound of memory', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80, size: 'max' }),
      fc.constantFrom(2, 100),
      (steps, maxFlows) => {
        const sink = new StrictSink(maxFlows)
        let seconds = 0
        for (const { client, isBack, length, shift, captured, waitSeconds, aside, ...fields } of steps) {
          seconds += waitSeconds
          const ends = [`10.0.0.${client}:4000`, '10.0.0.9:80']
          const [from, to] = isBack ? ends.toReversed() : ends
          const payload = content.subarray(shift, shift + length)
          const cut = Math.floor(length * captured)
          const protocol = IpProtocol.tcp
          const flow = sink.inspect(
            packetOf({ from, to, protocol, seconds, payload, captured: cut, ...fields }),
          )
          if (aside === 'flip') sink.flows.flip(flow)
          if (aside === 'ignore') sink.reassembler.ignore(flow, isBack ? 0 : 1)
        }
        sink.flows.endAll()
        assert.equal(sink.reassembler.heldBytes, 0)
        assert.equal(sink.flows.size, 0)
      },
    ),
    { numRuns: fuzzRuns },
  )
})
