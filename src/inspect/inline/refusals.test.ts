import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../../packet/decode.ts'
import { LinkType, Packet, TcpFlag } from '../../packet/packet.ts'
import { InlinePlay, policyWith, post, rule } from './inline-fixtures.ts'
import { limits } from './limits.ts'
import { refusalPage } from './refusal-page.ts'

const attack = post('{"note":"x\' or 2=2 -- "}')

function begin(version: 4 | 6 = 4): InlinePlay {
  const groups = [{ name: 'containers', criteria: [], attacks: 'block' as const }]
  const play = new InlinePlay(policyWith([rule()], 'Protect', { groups }), { inspectsContent: true })
  play.version = version
  play.handshake()
  return play
}

/** What was made for an end, as a packet. */
function made(play: InlinePlay, to: 'toSender' | 'toReceiver'): Packet {
  const { bytes, [to]: part } = play.inspector.resets
  const packet = new Packet()
  packet.bytes = bytes.slice(part.start, part.end)
  packet.end = packet.originalLength = packet.bytes.length
  packet.linkType = LinkType.raw
  assert.equal(decode(packet), 0)
  return packet
}

const textOf = ({ bytes, payloadStart, payloadEnd }: Packet) =>
  Buffer.from(bytes.subarray(payloadStart, payloadEnd)).toString('latin1')

for (const version of [4, 6] as const)
  test(`who sends an attack is answered over IPv${version} with 403 and the id of the flow, and the server is reset`, () => {
    const play = begin(version)
    assert.equal(play.tcp({ data: attack.slice(0, 30) }), 'pass')
    assert.equal(play.tcp({ data: attack.slice(30) }), 'answer')
    const page = made(play, 'toSender')
    const { fin, psh, ack, rst } = TcpFlag
    assert.equal(page.tcpFlags, fin | psh | ack)
    // The fixture's first sequence numbers, then what each end sent.
    assert.equal(page.sequence, 0x5555_5556)
    assert.equal(page.acknowledgment, (0xffff_ff01 + attack.length) >>> 0)
    play.told()
    assert.match(textOf(page), /^HTTP\/1\.1 403 Forbidden\r\n/)
    assert.ok(textOf(page).includes(`<code>${play.attacks[0].flow}</code>`))
    const length = Number(/Content-Length: (\d+)/.exec(textOf(page))?.[1])
    assert.equal(textOf(page).split('\r\n\r\n')[1].length, length)
    const reset = made(play, 'toReceiver')
    assert.equal(reset.tcpFlags, rst | ack)
    assert.equal(reset.sequence, 0xffff_ff01 + 30)
  })

test('the client has time to read the answer: what it acknowledges goes nowhere, and its end is told that it is over', () => {
  const play = begin()
  assert.equal(play.tcp({ data: attack }), 'answer')
  assert.equal(play.tcp({}), 'drop', 'an acknowledgment')
  assert.equal(play.tcp({ data: attack, at: 0 }), 'answer', 'the answer was lost')
  assert.equal(play.tcp({ from: 'partner', data: 'HTTP/1.1 200 OK\r\n\r\n' }), 'drop')
  assert.equal(play.tcp({ flags: 'FA' }), 'reset')
})

test('who goes on to send without reading is told in the end', () => {
  const play = begin()
  assert.equal(play.tcp({ data: attack }), 'answer')
  assert.equal(play.tcp({ data: 'more' }), 'answer')
  play.now += limits.pageReadUs
  assert.equal(play.tcp({ data: 'and more' }), 'reset')
})

test('our own answer passes where it waits as a packet of the server', () => {
  const play = begin()
  assert.equal(play.tcp({ data: attack }), 'answer')
  play.told()
  const page = refusalPage('attack', play.attacks[0].flow)
  assert.equal(play.tcp({ from: 'partner', data: page, flags: 'FPA' }), 'pass')
})

test('after answers that were read the next request is answered; once one is under way there is none', () => {
  const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
  const read = begin()
  read.tcp({ data: post('{}') })
  read.tcp({ from: 'partner', data: ok })
  assert.equal(read.tcp({ data: attack }), 'answer')

  const half = begin()
  half.tcp({ data: post('{}') })
  half.tcp({ from: 'partner', data: ok.slice(0, 20) })
  assert.equal(half.tcp({ data: attack }), 'reset', 'half of an answer has been sent')

  const unread = begin()
  unread.tcp({ data: post('{}') })
  unread.tcp({ from: 'partner', data: ok })
  assert.equal(unread.tcp({ data: attack, ack: 5 }), 'reset', 'it has not come yet')

  const ahead = begin()
  ahead.tcp({ data: post('{}') })
  assert.equal(ahead.tcp({ data: attack }), 'reset', 'two wait')
})
