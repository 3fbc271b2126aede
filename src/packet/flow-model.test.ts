import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Microseconds } from '../lib/time.ts'
import { packetOf, START_US } from './flow-fixtures.ts'
import { expendability, type FlowPhase, flowPhaseNames } from './flow-phase.ts'
import { FlowEnd, FlowTable } from './flow-table.ts'
import { flowLimits } from './limits.ts'
import { type Packet, TcpFlag } from './packet.ts'

const { syn: SYN, ack: ACK } = TcpFlag

/** A flow as the model knows it: by a key of text in a Map, with nothing shared or reused. */
interface ModelFlow {
  key: string
  phase: string
  last: Microseconds
  packets: [fromFirst: number, fromSecond: number]
  first: string
}

/** Runs a table and a Map side by side, and compares after each step. */
class Comparison {
  readonly #flows: FlowTable
  readonly #model = new Map<string, ModelFlow>()
  readonly #byIndex = new Map<number, ModelFlow>()
  #now = START_US

  constructor(maxFlows: number) {
    const ended = (flow: number, reason: FlowEnd): void => this.#checkEnd(flow, reason)
    this.#flows = new FlowTable({ ended }, { seed: [7, 8], maxFlows })
  }

  track(from: string, to: string, protocol: number, flags: number): void {
    const packet = packetOf({ from, to, protocol, flags })
    packet.time = this.#now
    const key = `${[from, to].toSorted().join()} ${protocol}`
    const before = this.#model.get(key)
    const isOver = before !== undefined && this.#isIdle(before)
    const flow = this.#flows.track(packet)
    assert.equal(this.#flows.created, before === undefined || isOver)
    const model = this.#flows.created ? this.#begin(key, from, flow) : before
    assert.ok(model !== undefined && this.#byIndex.get(flow) === model)
    this.#advance(model, from, packet)
    this.#compare(flow, model)
  }

  wait(milliseconds: number): void {
    this.#now += milliseconds * 1000
  }

  expire(): void {
    this.#flows.expire(this.#now)
    // An idle flow may be hidden for a part of its time-out, but no longer.
    for (const model of this.#model.values()) {
      const timeout = timeoutOf(model)
      assert.ok(this.#now - model.last < timeout * (1 + 1 / flowLimits.recencyParts) + 1)
    }
  }

  finish(): void {
    assert.equal(this.#flows.size, this.#model.size)
    this.#flows.endAll()
    assert.equal(this.#model.size, 0)
    assert.equal(this.#flows.size, 0)
  }

  #begin(key: string, from: string, flow: number): ModelFlow {
    const model: ModelFlow = { key, phase: '', last: this.#now, packets: [0, 0], first: from }
    this.#model.set(key, model)
    this.#byIndex.set(flow, model)
    return model
  }

  #advance(model: ModelFlow, from: string, packet: Packet): void {
    model.last = this.#now
    model.packets[from === model.first ? 0 : 1]++
    const isTwoWay = model.packets[1] > 0
    const isOpening = model.phase === 'tcpOpening' || (model.phase === '' && (packet.tcpFlags & SYN) !== 0)
    if (packet.protocol === 17) model.phase = isTwoWay ? 'udpTwoWay' : 'udpOneWay'
    else if (packet.protocol === 1) model.phase = isTwoWay ? 'icmpTwoWay' : 'icmpOneWay'
    else if (isOpening) model.phase = packet.tcpFlags === ACK ? 'tcpEstablished' : 'tcpOpening'
    else if (model.phase !== 'tcpEstablished') model.phase = isTwoWay ? 'tcpMidstreamTwoWay' : 'tcpMidstream'
  }

  #compare(flow: number, model: ModelFlow): void {
    const flows = this.#flows
    assert.equal(flowPhaseNames[flows.phase(flow)], model.phase)
    assert.equal(flows.last(flow), model.last)
    const counts = [flows.packets(flow, 0), flows.packets(flow, 1)].toSorted((a, b) => a - b)
    assert.deepEqual(
      counts,
      model.packets.toSorted((a, b) => a - b),
    )
    assert.equal(flows.bytes(flow, 0) + flows.bytes(flow, 1), 40 * (counts[0] + counts[1]))
  }

  #checkEnd(flow: number, reason: FlowEnd): void {
    const model = this.#byIndex.get(flow)
    assert.ok(model !== undefined, 'a flow that ends is known, and ends once')
    this.#compare(flow, model)
    if (reason === FlowEnd.idle) assert.ok(this.#isIdle(model))
    if (reason === FlowEnd.evicted) this.#checkVictim(this.#flows.phase(flow))
    this.#byIndex.delete(flow)
    this.#model.delete(model.key)
  }

  #checkVictim(phase: FlowPhase): void {
    const more = expendability.slice(0, expendability.indexOf(phase)).map((other) => flowPhaseNames[other])
    for (const model of this.#model.values()) assert.ok(!more.some((name) => name === model.phase))
  }

  #isIdle(model: ModelFlow): boolean {
    return this.#now - model.last >= timeoutOf(model)
  }
}

function timeoutOf(model: ModelFlow): Microseconds {
  const timeouts: Record<string, number> = flowLimits.timeoutsMs
  return timeouts[model.phase] * 1000
}

const endpoint = fc.constantFrom('10.0.0.1:1000', '10.0.0.2:1000', '10.0.0.2:80', '10.0.0.3:80')
const packetStep = fc.record({
  what: fc.constant('packet'),
  from: endpoint,
  to: endpoint,
  protocol: fc.constantFrom(1, 6, 17),
  flags: fc.constantFrom(ACK, ACK, SYN),
})
const waitStep = fc.record({
  what: fc.constant('wait'),
  milliseconds: fc.constantFrom(1, 500, 4000, 26_000, 170_000, 1_199_999),
  expires: fc.boolean(),
})
const steps = fc.array(fc.oneof({ weight: 6, arbitrary: packetStep }, { weight: 2, arbitrary: waitStep }), {
  maxLength: 150,
  size: 'max',
})

test('the table is a Map with time-outs, whatever comes', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(3, 1000), (script, maxFlows) => {
      const comparison = new Comparison(maxFlows)
      for (const step of script) {
        if ('from' in step) {
          // A SYN in a known connection is the subject of its own tests; a packet to oneself has no second side.
          if (step.from !== step.to) comparison.track(step.from, step.to, step.protocol, step.flags)
        } else {
          comparison.wait(step.milliseconds)
          if (step.expires) comparison.expire()
        }
      }
      comparison.finish()
    }),
    { numRuns: fuzzRuns },
  )
})

test('many flows that come and go are found, each by its key', () => {
  const live = new Map<string, number>()
  const flows = new FlowTable({ ended: () => {} }, { seed: [3, 4] })
  let random = 1
  for (let i = 0; i < 20_000; i++) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
    const from = `10.${random >>> 30}.${(random >>> 22) & 0xff}.1:${1 + ((random >>> 12) & 0x3ff)}`
    const flow = flows.track(packetOf({ from, to: '10.0.0.2:80', protocol: 17 }))
    assert.equal(flows.created, !live.has(from))
    if (live.has(from)) assert.equal(flow, live.get(from))
    live.set(from, flow)
    if ((random & 0x300) === 0) {
      flows.end(flow, FlowEnd.idle)
      live.delete(from)
    }
    assert.equal(flows.size, live.size)
  }
  assert.equal(new Set(live.values()).size, live.size)
})
