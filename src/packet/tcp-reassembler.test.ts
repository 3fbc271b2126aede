import assert from 'node:assert/strict'
import { test } from 'node:test'
import { client, clientAck, handshake, type Segment, server, serverAck, TcpPlay } from './tcp-fixtures.ts'
import type { TcpReassemblerOptions } from './tcp-reassembler.ts'

/** Initial numbers: plain, and such that the first bytes pass 2^32 or 2^31. */
const INITIALS = [1000, 0xffff_fffd, 0x7fff_fffd, 0xffff_fffd - 0x5555_5555]

/** Plays each script after a handshake and compares what the sink heard until the end of the flow. */
function checkAll(
  table: [what: string, script: Segment[], heard: string[]][],
  options?: TcpReassemblerOptions,
): void {
  for (const [what, script, heard] of table) {
    for (const initial of INITIALS) {
      const play = new TcpPlay(options, initial).play(...handshake, ...script)
      assert.deepEqual(play.finish(), heard, `${what}, from ${initial}`)
      assert.equal(play.reassembler.heldBytes, 0, what)
    }
  }
}

const bothAbandoned = ['> abandoned', '< abandoned']

test('segments are put in order', () => {
  checkAll([
    ['in order', [client(1, 'abc'), client(4, 'def')], ['> abcdef', ...bothAbandoned]],
    [
      'both ways',
      [client(1, 'ab'), server(1, 'xy'), client(3, 'c')],
      ['> ab', '< xy', '> c', ...bothAbandoned],
    ],
    ['two swapped', [client(4, 'def'), client(1, 'abc')], ['> abcdef', ...bothAbandoned]],
    [
      'three reversed',
      [client(7, 'ghi'), client(4, 'def'), client(1, 'abc')],
      ['> abcdefghi', ...bothAbandoned],
    ],
    ['single bytes', [...'fedcba'].map((letter, i) => client(6 - i, letter)), ['> abcdef', ...bothAbandoned]],
    ['repeated', [client(1, 'abc'), client(1, 'abc'), client(4, 'd')], ['> abcd', ...bothAbandoned]],
    ['repeated and longer', [client(1, 'abc'), client(1, 'abcdef')], ['> abcdef', ...bothAbandoned]],
    ['partly repeated', [client(1, 'abc'), client(3, 'cde')], ['> abcde', ...bothAbandoned]],
    ['waiting twice', [client(4, 'def'), client(4, 'def'), client(1, 'abc')], ['> abcdef', ...bothAbandoned]],
    [
      'waiting, overlapping',
      [client(4, 'def'), client(5, 'efg'), client(1, 'abc')],
      ['> abcdefg', ...bothAbandoned],
    ],
    ['filling more than the hole', [client(4, 'de'), client(1, 'abcdef')], ['> abcdef', ...bothAbandoned]],
    [
      'over two that wait',
      [client(3, 'c'), client(5, 'e'), client(1, 'abcdef')],
      ['> abcdef', ...bothAbandoned],
    ],
  ])
})

test('keep-alives and window probes add nothing', () => {
  checkAll([
    ['empty keep-alive', [client(1, 'abc'), client(3, ''), client(4, 'd')], ['> abcd', ...bothAbandoned]],
    [
      'keep-alive with a byte of anything',
      [client(1, 'c'), client(1, '\0'), client(2, 'd')],
      ['> cd', ...bothAbandoned],
    ],
    ['window probe', [client(1, 'abc'), client(4, 'd'), client(4, 'def')], ['> abcdef', ...bothAbandoned]],
  ])
})

test('other bytes at the same place are told, and the first count', () => {
  const told = '! tcp-overlap-differs'
  checkAll([
    [
      'both waiting',
      [client(4, 'def'), client(4, 'dXf'), client(1, 'abc')],
      [told, '> abcdef', ...bothAbandoned],
    ],
    ['one waiting', [client(4, 'def'), client(1, 'abcX')], ['> abc', told, '> def', ...bothAbandoned]],
    [
      'around one that waits',
      [client(3, 'cd'), client(2, 'bXde'), client(1, 'a')],
      [told, '> abcde', ...bothAbandoned],
    ],
    ['given on already', [client(1, 'abc'), client(1, 'aXc')], ['> abc', told, ...bothAbandoned]],
    [
      'given on, and longer',
      [client(1, 'abc'), client(1, 'aXcde')],
      ['> abc', told, '> de', ...bothAbandoned],
    ],
    [
      'given on after waiting',
      [client(4, 'def'), client(1, 'abc'), client(4, 'dXf')],
      ['> abcdef', told, ...bothAbandoned],
    ],
  ])
})

test('with the policy `last`, the last count as long as they wait', () => {
  const told = '! tcp-overlap-differs'
  checkAll(
    [
      [
        'both waiting',
        [client(4, 'def'), client(4, 'dXf'), client(1, 'abc')],
        [told, '> abcdXf', ...bothAbandoned],
      ],
      ['one waiting', [client(4, 'def'), client(1, 'abcX')], ['> abc', told, '> Xef', ...bothAbandoned]],
      ['given on already', [client(1, 'abc'), client(1, 'aXc')], ['> abc', told, ...bothAbandoned]],
    ],
    { overlapPolicy: 'last' },
  )
})

test('a hole is a gap once the receiver is past it, or at the end', () => {
  const acks = [serverAck(7), serverAck(7), serverAck(7)]
  checkAll([
    ['at the end', [client(1, 'abc'), client(7, 'ghi')], ['> abc', '> (3)', '> ghi', ...bothAbandoned]],
    ['two at the end', [client(2, 'b'), client(4, 'd')], ['> (1)', '> b', '> (1)', '> d', ...bothAbandoned]],
    ['acknowledged', [client(4, 'def'), ...acks, client(7, 'g')], ['> (3)', '> defg', ...bothAbandoned]],
    [
      'acknowledged, then late',
      [client(4, 'def'), ...acks, client(1, 'abc')],
      ['> (3)', '> def', ...bothAbandoned],
    ],
    [
      'acknowledged too early to believe',
      [client(4, 'def'), serverAck(7), client(1, 'abc')],
      ['> abcdef', ...bothAbandoned],
    ],
    [
      'acknowledged only before',
      [client(4, 'def'), ...acks.map(() => serverAck(3)), client(1, 'abc')],
      ['> abcdef', ...bothAbandoned],
    ],
    ['acknowledged with nothing waiting', [...acks, client(1, 'abc')], ['> abc', ...bothAbandoned]],
    [
      'to the client',
      [server(4, 'def'), clientAck(7), clientAck(7), clientAck(7), server(7, 'g')],
      ['< (3)', '< defg', ...bothAbandoned],
    ],
  ])
})

test('bytes that the capture cut off are a gap', () => {
  checkAll([
    [
      'in order',
      [client(1, 'abcdef', { captured: 2 }), client(7, 'g')],
      ['> ab', '> (4)', '> g', ...bothAbandoned],
    ],
    ['all of them', [client(1, 'abc', { captured: 0 }), client(4, 'd')], ['> (3)', '> d', ...bothAbandoned]],
    ['waiting', [client(4, 'def', { captured: 1 }), client(1, 'abc')], ['> abcd', '> (2)', ...bothAbandoned]],
    [
      'partly repeated',
      [client(1, 'abc'), client(2, 'bcdefg', { captured: 3 })],
      ['> abcd', '> (3)', ...bothAbandoned],
    ],
    [
      'what waits fills it',
      [client(3, 'c'), client(1, 'abcd', { captured: 1 })],
      ['> a', '> (1)', '> c', '> (1)', ...bothAbandoned],
    ],
  ])
})

test('a direction ends at its FIN, once that is acknowledged', () => {
  const fin = (at: number, data = ''): Segment => client(at, data, { flags: 'FA' })
  checkAll([
    ['FIN', [client(1, 'abc'), fin(4), serverAck(5)], ['> abc', '> fin', '< abandoned']],
    ['FIN with data', [fin(1, 'abc'), serverAck(5)], ['> abc', '> fin', '< abandoned']],
    ['FIN repeated', [fin(1, 'abc'), fin(1, 'abc'), serverAck(5), fin(4)], ['> abc', '> fin', '< abandoned']],
    ['FIN before its data', [fin(4), client(1, 'abc'), serverAck(5)], ['> abc', '> fin', '< abandoned']],
    [
      'FIN and data before the hole',
      [fin(4, 'def'), client(1, 'abc'), serverAck(8)],
      ['> abcdef', '> fin', '< abandoned'],
    ],
    ['acknowledged before seen', [serverAck(5), client(1, 'abc'), fin(4)], ['> abc', '> fin', '< abandoned']],
    ['not acknowledged', [fin(1, 'abc'), serverAck(4)], ['> abc', '> fin', '< abandoned']],
    ['both', [fin(1), server(1, 'x', { flags: 'FA', ack: 2 }), clientAck(3)], ['> fin', '< x', '< fin']],
    ['data lost before it', [fin(4), ...[5, 5, 5].map(serverAck)], ['> (3)', '> fin', '< abandoned']],
  ])
})

test('what comes after a FIN is told', () => {
  const told = '! tcp-data-after-fin'
  const fin = (at: number): Segment => client(at, '', { flags: 'FA' })
  checkAll([
    [
      'of a FIN that nobody took: it goes on',
      [client(1, 'ab'), fin(3), client(3, 'cd')],
      ['> ab', told, '> cd', ...bothAbandoned],
    ],
    [
      'of a FIN that was taken: no more',
      [client(1, 'ab'), fin(3), serverAck(4), client(3, 'cd')],
      ['> ab', '> fin', told, '< abandoned'],
    ],
    [
      'waiting when the FIN is reached',
      [client(3, 'cd'), fin(3), client(1, 'ab')],
      ['> ab', told, '> cd', ...bothAbandoned],
    ],
    ['a FIN within what came', [client(1, 'abcd'), fin(3)], ['> abcd', told, ...bothAbandoned]],
    [
      'a FIN within what waits',
      [client(3, 'cdef'), fin(4), client(1, 'ab')],
      ['> abcdef', told, ...bothAbandoned],
    ],
  ])
})

test('a RST marks the flow, and data from its sender takes that back', () => {
  const reset = (from: 'client' | 'server', at: number): Segment => ({ from, flags: 'R', at })
  checkAll([
    ['RST', [client(1, 'abc'), reset('server', 1)], ['> abc', '> reset', '< reset']],
    [
      'data under way from the other',
      [reset('server', 1), client(1, 'abc')],
      ['> abc', '> reset', '< reset'],
    ],
    ['with a hole', [client(3, 'c'), reset('client', 4)], ['> (2)', '> c', '> reset', '< reset']],
    [
      'data from its sender',
      [reset('client', 1), client(1, 'abc')],
      ['! tcp-data-after-reset', '> abc', ...bothAbandoned],
    ],
    [
      'too old',
      [client(1, 'abc'), serverAck(4), reset('client', 1)],
      ['> abc', '! tcp-reset-out-of-window', ...bothAbandoned],
    ],
    ['too far ahead', [reset('client', 3_000_000)], ['! tcp-reset-out-of-window', ...bothAbandoned]],
    [
      'after both FINs',
      [client(1, '', { flags: 'FA' }), server(1, '', { flags: 'FA', ack: 2 }), reset('client', 2)],
      ['> fin', '< fin'],
    ],
  ])
})

test('the state of the flow follows', () => {
  const fin = { flags: 'FA' }
  const table: [what: string, script: Segment[], state: string][] = [
    ['handshake', [...handshake], 'established'],
    ['SYN', handshake.slice(0, 1), 'attempted'],
    ['refused', [handshake[0], { from: 'server', flags: 'RA', at: 0, ack: 1 }], 'reset'],
    [
      'refusal of nothing',
      [handshake[0], { from: 'server', flags: 'RA', at: 0, ack: 99_000_000 }],
      'attempted',
    ],
    ['one FIN', [...handshake, client(1, '', fin)], 'established'],
    ['both', [...handshake, client(1, '', fin), server(1, '', fin)], 'closed'],
    ['RST', [...handshake, client(1, '', { flags: 'R' })], 'reset'],
    [
      'RST, then data from its sender',
      [...handshake, client(1, '', { flags: 'R' }), client(1, 'a')],
      'established',
    ],
    ['midstream', [client(1, 'a'), server(1, 'b')], 'midstream'],
    [
      'midstream, RST, then data from its sender',
      [client(1, 'a'), client(2, '', { flags: 'R' }), client(2, 'a')],
      'midstream',
    ],
  ]
  for (const [what, script, state] of table) {
    const play = new TcpPlay()
    let flow = 0
    for (const segment of script) flow = play.send(segment)
    assert.equal(play.flows.state(flow), state, what)
  }
})

test('streams are picked up in the middle', () => {
  const table: [what: string, script: Segment[], heard: string[]][] = [
    ['from the first byte seen', [client(500, 'abc'), client(503, 'd')], ['> abcd', ...bothAbandoned]],
    [
      'what lies before is not ours',
      [client(500, 'abc'), client(497, 'xyz'), client(503, 'd')],
      ['> abcd', ...bothAbandoned],
    ],
    ['after a keep-alive', [client(499, ''), client(500, 'abc')], ['> abc', ...bothAbandoned]],
    ['after an ACK', [client(500, ''), client(500, 'abc')], ['> abc', ...bothAbandoned]],
    [
      'after the SYN+ACK',
      [{ from: 'server', flags: 'SA', at: 0, ack: 1 }, client(3, 'c'), client(1, 'ab')],
      ['> abc', ...bothAbandoned],
    ],
    [
      'SYN+ACK not seen',
      [handshake[0], handshake[2], server(3, 'c'), server(1, 'ab')],
      ['< abc', ...bothAbandoned],
    ],
    ['at the FIN', [client(500, '', { flags: 'FA' }), serverAck(501)], ['> fin', '< abandoned']],
  ]
  for (const [what, script, heard] of table) {
    for (const initial of INITIALS)
      assert.deepEqual(new TcpPlay({}, initial).play(...script).finish(), heard, what)
  }
})

test('handshakes out of the ordinary', () => {
  const [syn, synAck, ack] = handshake
  const table: [what: string, script: Segment[], heard: string[]][] = [
    ['repeated', [syn, syn, synAck, synAck, ack, syn, synAck, client(1, 'ab')], ['> ab', ...bothAbandoned]],
    [
      'late repetition',
      [...handshake, client(1, 'ab'), syn, synAck, client(3, 'c')],
      ['> abc', ...bothAbandoned],
    ],
    [
      'SYN again with another number',
      [syn, { ...syn, at: 500 }, { ...synAck, ack: 501 }, client(501, 'ab')],
      ['! tcp-syn-differs', '> ab', ...bothAbandoned],
    ],
    [
      'the first of two SYNs answered',
      [syn, { ...syn, at: 500 }, synAck, client(1, 'ab')],
      ['! tcp-syn-differs', '> ab', ...bothAbandoned],
    ],
    [
      'SYN within a connection',
      [...handshake, client(1, 'ab'), { ...syn, at: 70_000 }, client(3, 'c')],
      ['> ab', '! tcp-syn-in-stream', '> c', ...bothAbandoned],
    ],
    [
      'both at once',
      [
        syn,
        { from: 'server', flags: 'S', at: 0 },
        { ...synAck, from: 'client' },
        synAck,
        client(1, 'a'),
        server(1, 'b'),
      ],
      ['> a', '< b', ...bothAbandoned],
    ],
    [
      'first segment of the server lost',
      [syn, synAck, ack, server(4, 'd')],
      ['< (3)', '< d', ...bothAbandoned],
    ],
    [
      'data in the SYN+ACK',
      [syn, { ...synAck, data: 'xy' }, clientAck(3), server(3, 'z')],
      ['< xyz', ...bothAbandoned],
    ],
  ]
  for (const [what, script, heard] of table) {
    for (const initial of INITIALS)
      assert.deepEqual(new TcpPlay({}, initial).play(...script).finish(), heard, what)
  }
})

test('data of a SYN counts when the server takes it', () => {
  const syn: Segment = { from: 'client', flags: 'S', at: 0, data: 'abc' }
  const answer = (ack: number): Segment => ({ from: 'server', flags: 'SA', at: 0, ack })
  const table: [what: string, script: Segment[], heard: string[]][] = [
    ['taken', [syn, answer(4), client(4, 'd')], ['> abcd', ...bothAbandoned]],
    ['not taken, sent again', [syn, answer(1), client(1, 'abcd')], ['> abcd', ...bothAbandoned]],
    ['not taken, other data', [syn, answer(1), client(1, 'xyz')], ['> xyz', ...bothAbandoned]],
    ['SYN repeated', [syn, syn, answer(4)], ['> abc', ...bothAbandoned]],
    ['answer not seen, going on', [syn, client(4, 'd')], ['> abcd', ...bothAbandoned]],
    ['answer not seen, sent again', [syn, client(1, 'abcd')], ['> abcd', ...bothAbandoned]],
    ['no answer', [syn], ['> abc', ...bothAbandoned]],
    [
      'server speaks at once',
      [syn, answer(4), server(1, 'xy'), client(4, 'd')],
      ['> abc', '< xy', '> d', ...bothAbandoned],
    ],
  ]
  for (const [what, script, heard] of table) {
    for (const initial of INITIALS)
      assert.deepEqual(new TcpPlay({}, initial).play(...script).finish(), heard, what)
  }
})

test('where the receiver is not seen, a hole waits for its time and FIN ends at once', () => {
  const [syn] = handshake
  const table: [what: string, script: Segment[], heard: string[]][] = [
    ['filled in time', [client(4, 'd'), client(1, 'abc', { seconds: 2 })], ['> abcd', ...bothAbandoned]],
    [
      'overdue',
      [client(4, 'd'), client(7, 'g', { seconds: 4 })],
      ['> (3)', '> d', '> (2)', '> g', ...bothAbandoned],
    ],
    ['FIN', [client(1, 'abc', { flags: 'FA' })], ['> abc', '> fin', '< abandoned']],
  ]
  for (const [what, script, heard] of table)
    assert.deepEqual(new TcpPlay().play(syn, ...script).finish(), heard, what)
})

test('segments outside of any window are told, and the stream is found again where it went on', () => {
  const far = 500_000_000
  const told = '! tcp-data-out-of-window'
  const farAway = Array.from({ length: 9 }, (_, i) => client(far + i, 'x'))
  const strays = farAway.slice(0, 8).map(() => told)
  const [syn] = handshake
  const table: [what: string, script: Segment[], heard: string[]][] = [
    [
      'not believed',
      [...handshake, client(1, 'a'), client(far, 'xyz'), client(2, 'b')],
      ['> a', told, '> b', ...bothAbandoned],
    ],
    [
      'acknowledged',
      [...handshake, client(1, 'a'), serverAck(far), client(far, 'x')],
      ['> a', told, `> (${far - 2})`, '> x', ...bothAbandoned],
    ],
    [
      'backwards',
      [...handshake, client(1, 'a'), serverAck(-far), client(-far, 'x')],
      ['> a', told, '> (0)', '> x', ...bothAbandoned],
    ],
    [
      'unseen receiver',
      [syn, client(1, 'a'), ...farAway],
      ['> a', ...strays, `> (${far + 7 - 2})`, '> xx', ...bothAbandoned],
    ],
    [
      'unseen receiver, once',
      [syn, client(1, 'a'), client(far, 'x'), client(2, 'b')],
      ['> a', told, '> b', ...bothAbandoned],
    ],
  ]
  for (const [what, script, heard] of table)
    assert.deepEqual(new TcpPlay().play(...script).finish(), heard, what)
})

test('an ignored direction is followed but not given on', () => {
  const play = new TcpPlay().play(...handshake, client(1, 'ab'), client(5, 'e'))
  play.reassembler.ignore(0, 0)
  play.play(client(3, 'cd'), client(8, 'h'), client(9, 'i'), server(1, 'xy'))
  assert.equal(play.reassembler.heldBytes, 0)
  play.play(client(10, '', { flags: 'FA' }), serverAck(11))
  assert.deepEqual(play.finish(), ['> ab', '< xy', '> fin', '< abandoned'])
})

test('flipping a flow turns the directions of its streams', () => {
  const play = new TcpPlay().play(client(1, 'ab'))
  play.flows.flip(0)
  play.play(client(3, 'cd'), server(1, 'xy'))
  assert.deepEqual(play.finish(), ['> ab', '< cd', '> xy', '> abandoned', '< abandoned'])
})

test('the time is that of the packet that brought the bytes', () => {
  const times: number[] = []
  const play = new TcpPlay()
  play.data = () => times.push(play.reassembler.time - play.flows.start(0))
  play.play(
    ...handshake,
    client(4, 'd', { seconds: 1 }),
    client(1, 'abc', { seconds: 2 }),
    client(5, 'e', { seconds: 3 }),
  )
  assert.deepEqual(times, [2e6, 1e6, 3e6])
})

test('a new flow is not compared with what one before it sent under the same numbers', () => {
  const play = new TcpPlay().play(...handshake, client(1, 'abc'))
  play.flows.endAll()
  // The first segment is a hole that the second passes, so the third is compared with what is remembered.
  play.play(...handshake, client(4, 'def'), serverAck(7), serverAck(7), serverAck(7), client(1, 'xyz'))
  assert.equal(play.reassembler.counters.anomalies['tcp-overlap-differs'], 0)
})

test('inline, what was said is kept until its receiver has acknowledged it, and no longer', () => {
  const play = new TcpPlay({ isInline: true }).play(...handshake, client(1, 'abc'), client(4, 'def'))
  assert.ok(play.reassembler.sentBytes > 0)
  play.play(serverAck(4), client(1, 'xyz'), client(4, 'xyz'))
  assert.deepEqual(play.log, ['> abcdef', '! tcp-overlap-differs'])
  play.play(serverAck(7))
  assert.equal(play.reassembler.sentBytes, 0)
})

test('inline, what need not be compared byte for byte is not kept, and a difference is told where it is noticed', () => {
  const play = new TcpPlay({ isInline: true }).play(...handshake)
  play.reassembler.keepsBytes = false
  play.play(client(1, 'abc'), client(1, 'xyz'))
  assert.equal(play.reassembler.sentBytes, 0)
  assert.deepEqual(play.log, ['> abc', '! tcp-overlap-differs'])
  play.reassembler.keepsBytes = true
  play.play(client(4, 'def'), client(1, 'xyzuvw'))
  assert.deepEqual(play.log.slice(2), ['> def', '! tcp-overlap-differs'])
})
