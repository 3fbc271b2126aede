/*
 * Damaged captures through the whole engine, as `pavise inspect` reads them. Bounded by default; the long run:
 *
 *     PAVISE_FUZZ_RUNS=1000000 nice node --max-old-space-size=512 --test test/inspect/engine-fuzz.test.ts
 *
 * Each run has other cases (PAVISE_FUZZ_SEED, by default of the time); a failure says the seed and the number of its
 * case, and `PAVISE_FUZZ_SEED=… PAVISE_FUZZ_CASE=…` runs that one alone.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Compile } from 'typebox/compile'
import { Engine } from '../../src/inspect/engine.ts'
import { builtInProtocols } from '../../src/inspect/protocols.ts'
import { flowSchema, personalDataSchema } from '../../src/model/record-schemas.ts'
import type { FlowRecord, PersonalDataRecord } from '../../src/model/records.ts'
import { CaptureFeed } from '../../src/packet/capture/feed.ts'
import { CaptureReader } from '../../src/packet/capture/reader.ts'
import { flowLimits } from '../../src/packet/limits.ts'
import type { Packet } from '../../src/packet/packet.ts'
import { compileRecognisers } from '../../src/personal-data/compile.ts'
import { type Case, Cases } from './fuzz/cases.ts'
import { values } from './fuzz/conversations.ts'

const RUNS = Number(process.env['PAVISE_FUZZ_RUNS'] ?? 3000)
const SEED = Number(process.env['PAVISE_FUZZ_SEED'] ?? Date.now() % 1_000_000)
const ONLY = process.env['PAVISE_FUZZ_CASE']
/** Of this thread's processor time: other load on the machine does not count. A case takes about a millisecond. */
const CASE_MS = 1000
/**
 * How often memory is looked at, and by how much it may be more in the last third of the cases than in the one before.
 * What is remembered of names and fields fills its bounds within some ten thousand cases, and grows by nothing from then on.
 */
const SAMPLES = 12
const GROWTH_BYTES = 16 * 1024 * 1024
/** The shortest time-out of a flow, in microseconds. */
const IDLE_US = Math.min(...Object.values(flowLimits.timeoutsMs)) * 1000
const CHUNKS = [1, 7, 100, 4096, Number.POSITIVE_INFINITY]

const detector = compileRecognisers()
const isFlow = Compile(flowSchema)
const isFinding = Compile(personalDataSchema)

interface Told {
  flow: FlowRecord
  findings: PersonalDataRecord[]
}

/** An engine that is used for one capture after the other. */
class Subject {
  readonly told = new Map<string, Told>()
  readonly engine: Engine
  /** Flows of the captures before: each capture's are counted from 1. */
  #before = 0
  #flows = 0
  #latest = 0
  /** Of the capture: earliest and latest time of a packet. */
  #span: [number, number] = [0, 0]

  constructor() {
    const flowId = (number: number) => {
      this.#flows = Math.max(this.#flows, number)
      return String(number - this.#before)
    }
    this.engine = new Engine(
      {
        protocols: builtInProtocols,
        detector,
        hashKey: Buffer.alloc(32, 1),
        seed: [1, 2],
        maxFlows: 4096,
        flowId,
      },
      {
        flow: (view) => void this.told.set(view.id, { flow: view.record(), findings: view.findings() }),
        threat: () => undefined,
        attack: () => undefined,
      },
    )
  }

  /** Returns the packets that the reader gave. */
  inspect(capture: Uint8Array, chunkBytes: number, isLive: boolean): number {
    this.told.clear()
    this.#before = this.#flows
    this.#span = [Infinity, -Infinity]
    const { engine } = this
    const reader = new CaptureReader()
    const packet = (packet: Packet) => {
      const { time } = packet
      this.#latest = Math.max(this.#latest, time)
      this.#span = [Math.min(this.#span[0], time), Math.max(this.#span[1], time)]
      engine.packet(packet)
      if (isLive && reader.packets % 8 === 0) engine.report(packet.time, 64)
    }
    const feed = new CaptureFeed(reader, { packet })
    for (let at = 0; at < capture.length; at += chunkBytes) feed.push(capture.subarray(at, at + chunkBytes))
    feed.finish()
    engine.close()
    return reader.packets
  }

  /** Whether it is so short that no flow of it can be idle: which packet finds that out depends on those before. */
  get isShort(): boolean {
    return this.#span[1] - this.#span[0] < IDLE_US
  }

  /** So much later that nothing is under way. */
  rest(): void {
    this.engine.expire(this.#latest + 7 * 86_400_000_000)
  }
}

function checkCounts({ engine, told }: Subject, packets: number): void {
  const { counters } = engine
  assert.equal(counters.packets, packets, 'every packet that was read is counted')
  assert.equal(
    counters.statuses.reduce((sum, count) => sum + count, 0),
    packets,
    'each has one outcome',
  )
  assert.equal(engine.flows.size, 0, 'every flow has ended')
  let inFlows = 0
  for (const { flow } of told.values()) inFlows += flow.packetsToServer + flow.packetsToClient
  assert.ok(inFlows <= packets, 'no packet is in two flows')
}

const SECRETS = Object.values(values)

function checkRecords({ told }: Subject): void {
  for (const { flow, findings } of told.values()) {
    assert.ok(isFlow.Check(flow), `not a flow: ${JSON.stringify(isFlow.Errors(flow))}`)
    for (const finding of findings) {
      assert.ok(isFinding.Check(finding), `not a finding: ${JSON.stringify(isFinding.Errors(finding))}`)
      assert.ok(finding.count >= 1 && finding.distinct <= finding.count && finding.distinct >= 1)
      const text = JSON.stringify(finding)
      assert.ok(!SECRETS.some((secret) => text.includes(secret)), `${finding.identifier} came out as it was`)
    }
  }
}

/**
 * What was told, to be compared. Flows that end together are told of in any order and numbered so; and a name that an
 * answer of an earlier capture gave is no difference. Of several values the one that was found first is the sample, and values that
 * wait for their record are found in an order that depends on how they came, and on when the flow was told of: with that, to which of
 * several names in a record its other values are linked. How many persons there are is the same.
 */
function comparable({ told }: Subject): string[] {
  const all = [...told.values()].map(
    ({ flow: { serverName: _name, dnsName: _dnsName, dataSubjects, ...flow }, findings }) => ({
      ...flow,
      ...(dataSubjects && { dataSubjects: { ...dataSubjects, sketches: undefined } }),
      id: '',
      findings: findings.map((finding) => ({
        ...finding,
        ...(finding.distinct > 1 ? { masked: '', hash: '' } : {}),
        flow: '',
      })),
    }),
  )
  return all.map((flow) => JSON.stringify(flow)).toSorted()
}

function checkSame(seen: string[], expected: string[]): void {
  const more = seen.filter((flow) => !expected.includes(flow))
  const less = expected.filter((flow) => !seen.includes(flow))
  const text = [...more.map((flow) => `+ ${flow}`), ...less.map((flow) => `- ${flow}`)].join('\n')
  assert.ok(text === '' && seen.length === expected.length, `not the same again:\n${text}`)
}

function checkAgain(capture: Uint8Array, once: Subject): void {
  const again = new Subject()
  again.inspect(capture, 1000, true)
  checkSame(comparable(again), comparable(once))
}

function check({ capture }: Case, reused: Subject): void {
  const before = process.threadCpuUsage()
  const once = new Subject()
  const packets = once.inspect(capture, Number.POSITIVE_INFINITY, false)
  const { user, system } = process.threadCpuUsage(before)
  assert.ok(user + system < CASE_MS * 1000, `took ${(user + system) / 1000} ms of processor time`)
  checkCounts(once, packets)
  checkRecords(once)
  // Another time, in pieces, with live reports, by an engine that has seen much else: the same comes out.
  reused.inspect(capture, CHUNKS[packets % CHUNKS.length], true)
  assert.equal(reused.engine.flows.size, 0)
  if (once.isShort) checkSame(comparable(reused), comparable(once))
  else checkAgain(capture, once)
  reused.rest()
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function usedBytes(): number {
  collectGarbage()
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Buffers and caches fill in the first third; what is not collected yet goes up and down, so the least of a third counts. */
function growthOf(samples: readonly number[]): number {
  const third = Math.floor(samples.length / 3)
  return Math.min(...samples.slice(2 * third)) - Math.min(...samples.slice(third, 2 * third))
}

test(`${RUNS} damaged captures of seed ${SEED}: no exception, bounded time, the same again, no growth`, (t) => {
  const cases = new Cases(SEED)
  const reused = new Subject()
  const numbers = ONLY === undefined ? Array.from({ length: RUNS }, (_, i) => i) : [Number(ONLY)]
  const samples: number[] = []
  for (const number of numbers) {
    const made = cases.make(number)
    try {
      check(made, reused)
    } catch (error) {
      const message = `PAVISE_FUZZ_SEED=${SEED} PAVISE_FUZZ_CASE=${number}, made from ${made.from}`
      throw new Error(message, { cause: error })
    }
    if ((number + 1) % Math.ceil(RUNS / SAMPLES) === 0) samples.push(usedBytes())
  }
  t.diagnostic(`bytes in use: ${samples.join(', ')}`)
  const growth = growthOf(samples)
  assert.ok(ONLY !== undefined || growth < GROWTH_BYTES, `${growth} bytes more`)
})
