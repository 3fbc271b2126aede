import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LoggedTable } from './flow-fixtures.ts'
import { FlowPhase } from './flow-phase.ts'
import { TcpFlag } from './packet.ts'

const { syn: SYN, ack: ACK, fin: FIN } = TcpFlag
const CLIENT = '10.0.0.1:40000'
const SERVER = '10.0.0.2:80'

interface Segment {
  /** From the server. */
  back?: true
  flags: number
  sequence: number
  acknowledgment?: number
  payload?: Uint8Array
}

const handshake: Segment[] = [
  { flags: SYN, sequence: 100 },
  { back: true, flags: SYN | ACK, sequence: 900, acknowledgment: 101 },
  { flags: ACK, sequence: 101, acknowledgment: 901 },
]
const newSyn: Segment = { flags: SYN, sequence: 5000 }
const newAnswer: Segment = { back: true, flags: SYN | ACK, sequence: 7000, acknowledgment: 5001 }

/** What flows the segments make: how many were created, and whether the last made one. */
function play(segments: Segment[], phase?: FlowPhase): { logged: LoggedTable; flows: number } {
  const logged = new LoggedTable()
  for (const [i, { back, ...segment }] of segments.entries()) {
    logged.track({ from: back ? SERVER : CLIENT, to: back ? CLIENT : SERVER, ...segment })
    if (phase !== undefined && i === handshake.length - 1) logged.flows.moveTo(0, phase)
  }
  return { logged, flows: logged.flows.counters.created }
}

test('a SYN after the end of a connection begins another', () => {
  for (const phase of [FlowPhase.tcpClosed, FlowPhase.tcpReset]) {
    const { logged, flows } = play([...handshake, newSyn], phase)
    assert.equal(flows, 2)
    assert.match(logged.ended[0], / reused /)
    assert.equal(logged.flows.state(0), 'attempted')
  }
})

test('so does a SYN+ACK of another, its SYN unseen', () => {
  const { logged, flows } = play([...handshake, newAnswer], FlowPhase.tcpClosed)
  assert.equal(flows, 2)
  assert.equal(logged.ends(0), `${CLIENT}>${SERVER}`)
})

test('late copies of the handshake begin nothing', () => {
  for (const phase of [FlowPhase.tcpEstablished, FlowPhase.tcpClosed, FlowPhase.tcpReset]) {
    assert.equal(play([...handshake, ...handshake], phase).flows, 1)
  }
})

test('a SYN within a connection begins another only when the other side answers it', () => {
  const forged: Segment = { back: true, flags: SYN | ACK, sequence: 7000, acknowledgment: 4242 }
  const fromClient: Segment = { flags: SYN | ACK, sequence: 7000, acknowledgment: 5001 }
  const table: [what: string, after: Segment[], flows: number][] = [
    ['not answered', [newSyn, { flags: ACK, sequence: 5001 }], 1],
    ['answered', [newSyn, newAnswer], 2],
    ['answered with data of the SYN taken', [newSyn, { ...newAnswer, acknowledgment: 5301 }], 2],
    ['another SYN answered', [newSyn, forged], 1],
    ['answered by the one who sent it', [newSyn, fromClient], 1],
    ['an answer without a SYN', [newAnswer], 1],
    [
      'from the other side',
      [
        { ...newSyn, back: true },
        { flags: SYN | ACK, sequence: 7000, acknowledgment: 5001 },
      ],
      2,
    ],
  ]
  for (const [what, after, flows] of table) assert.equal(play([...handshake, ...after]).flows, flows, what)
})

test('where only one side is seen, going on from the SYN begins another', () => {
  const oneSided: Segment[] = [handshake[0], handshake[2]]
  const data: Segment = { flags: ACK, sequence: 5001, payload: Buffer.alloc(10) }
  const { logged, flows } = play([...oneSided, newSyn, data])
  assert.equal(flows, 2)
  assert.equal(logged.flows.state(0), 'established')
  assert.equal(logged.flows.direction, 0)
  assert.equal(play([...oneSided, newSyn, { ...data, sequence: 102 }]).flows, 1)
})

test('repeated attempts are one flow', () => {
  const attempts: Segment[] = [handshake[0], handshake[0], { flags: SYN, sequence: 200 }]
  const answer: Segment = { back: true, flags: SYN | ACK, sequence: 900, acknowledgment: 201 }
  const { logged, flows } = play([...attempts, answer, { flags: ACK, sequence: 201, acknowledgment: 901 }])
  assert.equal(flows, 1)
  assert.equal(logged.flows.state(0), 'established')
})

test('both sides opening at once is one flow of the first', () => {
  const { logged, flows } = play([
    { flags: SYN, sequence: 100 },
    { back: true, flags: SYN, sequence: 900 },
    { flags: SYN | ACK, sequence: 100, acknowledgment: 901 },
    { back: true, flags: SYN | ACK, sequence: 900, acknowledgment: 101 },
    { flags: ACK, sequence: 101, acknowledgment: 901 },
  ])
  assert.equal(flows, 1)
  assert.equal(logged.ends(0), `${CLIENT}>${SERVER}`)
  assert.equal(logged.flows.state(0), 'established')
})

test('flags that contradict each other begin nothing new', () => {
  assert.equal(play([...handshake, { flags: SYN | FIN, sequence: 5000 }], FlowPhase.tcpClosed).flows, 1)
})
