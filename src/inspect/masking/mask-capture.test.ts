import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { fileOfFrames } from '../../capture/fixtures.ts'
import { CaptureReader } from '../../packet/capture/reader.ts'
import { decode } from '../../packet/decode.ts'
import { ethernet, ipv4, tcp, udp } from '../../packet/frames.ts'
import { IpProtocol } from '../../packet/packet.ts'
import { builtInDetector } from '../../../test/support/built-in-detector.ts'
import { checksumOf } from '../inline/checksum.ts'
import { maskCapture } from './mask-capture.ts'

const addresses = { source: '10.0.0.1', destination: '10.0.0.2' }
const iban = 'DE89370400440532013000'

/** A TCP segment from the client to port 80, with its sequence number counted from the stream's first byte. */
function segment(at: number, payload: string | Uint8Array): Uint8Array {
  const fields = { sourcePort: 40_000, destinationPort: 80, sequence: 0xffff_ff00 + at, flags: 0x18 }
  const bytes = typeof payload === 'string' ? Buffer.from(payload, 'latin1') : payload
  return ethernet(0x0800, ipv4({ ...addresses, protocol: IpProtocol.tcp }, tcp(fields, bytes)))
}

function post(type: string, body: string | Uint8Array, more = ''): Buffer {
  const head = `POST /orders HTTP/1.1\r\nHost: shop\r\n${more}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), Buffer.from(body)])
}

/** What a masked file says, packet by packet, and whether its checksums are right. */
function masked(frames: readonly Uint8Array[]) {
  const { bytes, ...counts } = maskCapture(fileOfFrames(frames), {
    ...{ detector: builtInDetector, name: 'web', comments: ['a test'] },
  })
  const payloads: string[] = []
  const lengths: number[] = []
  new CaptureReader().read(bytes, 0, bytes.length, {
    packet: (packet) => {
      decode(packet)
      const { transportAt, payloadStart, payloadEnd, sourceAt, protocol } = packet
      payloads.push(Buffer.from(packet.bytes.subarray(payloadStart, payloadEnd)).toString('latin1'))
      lengths.push(packet.end - packet.start)
      if (packet.payloadLength !== payloadEnd - payloadStart || packet.status !== 0) return
      const pseudo = Buffer.from(packet.bytes.subarray(sourceAt, sourceAt + 8))
      const sum = [0, 2, 4, 6].reduce((total, at) => total + pseudo.readUInt16BE(at), protocol)
      const rest = checksumOf(packet.bytes, transportAt, payloadEnd, sum + payloadEnd - transportAt)
      assert.equal(rest, 0, `packet ${payloads.length} has a right checksum`)
    },
  })
  return { payloads, lengths, text: payloads.join(''), ...counts }
}

const body = JSON.stringify({ name: 'Anna Meier', email: 'anna.meier@example.org', iban, age: 42 })
const secrets = ['Anna', 'Meier', 'anna.meier', 'example.org', iban, iban.slice(0, 12)]

function assertMasked(text: string): void {
  for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is covered: ${text}`)
}

test('values are covered where they stand, lengths stay, and what is no value can be read', () => {
  const frames = [segment(0, post('application/json', body))]
  const { text, covered, masked: places, lengths } = masked(frames)
  assertMasked(text)
  assert.match(text, /^POST \/orders HTTP\/1\.1\r\nHost: shop\r\n.*"name":"\*{4} \*{5}","email":/s)
  assert.deepEqual([covered, places >= 3, lengths], [0, true, [frames[0].length]])
})

test('a value in several segments is covered in each, in whatever order and how often they came', () => {
  const message = post('application/json', body)
  const cut = message.indexOf(iban) + 9
  const parts: [number, number][] = [
    [cut, message.length],
    [0, cut],
    [cut - 30, cut + 4],
    [0, cut],
  ]
  const frames = parts.map(([from, to]) => segment(from, message.subarray(from, to)))
  // The connection begins with a SYN, so that what comes too early waits.
  const syn = tcp({ sourcePort: 40_000, destinationPort: 80, sequence: 0xffff_feff, flags: 2 })
  const { payloads, covered, text } = masked([
    ethernet(0x0800, ipv4({ ...addresses, protocol: IpProtocol.tcp }, syn)),
    ...frames,
  ])
  assertMasked(payloads[2] + payloads[1])
  assertMasked(text)
  assert.equal(covered, 0)
  assert.equal(payloads[2].slice(cut - 30) + payloads[1].slice(0, 4), payloads[3], 'all say the same')
})

test('what a form encodes is covered where it stands', () => {
  const form = 'email=anna.meier%40example.org&name=Anna+Meier&iban=DE89+3704+0044+0532+0130+00&page=7'
  const { text, covered } = masked([segment(0, post('application/x-www-form-urlencoded', form))])
  assertMasked(text)
  assert.ok(!text.includes('3704'))
  assert.match(text, /&page=7$/)
  assert.equal(covered, 0)
})

test('where values are compressed or in base64, what is in an encoding that nobody reads, and where segments contradict each other, all of the payload is covered', () => {
  const compressed = post('application/json', gzipSync(body), 'Content-Encoding: gzip\r\n')
  const encoded = post('application/json', JSON.stringify({ file: Buffer.from(body).toString('base64') }))
  const plain = post('application/json', body)
  const other = Buffer.from(plain.toString('latin1').replace('anna.meier', 'olga.meier'), 'latin1')
  const unread = post('application/json', 'nobody reads that', 'Content-Encoding: sdch\r\n')
  for (const frames of [[compressed], [encoded], [unread], [plain, other]]) {
    const { text, covered } = masked(frames.map((frame) => segment(0, frame)))
    assert.match(text, /^\*+$/)
    assert.equal(covered, 1)
  }
})

test('datagrams are masked one by one, and without a checksum they stay so; of fragments and other protocols headers are left', () => {
  const datagram = udp(
    { sourcePort: 5000, destinationPort: 6000 },
    Buffer.from(`to: anna.meier@example.org, ${iban}`),
  )
  const udpFrame = ethernet(0x0800, ipv4({ ...addresses, protocol: IpProtocol.udp }, datagram))
  const fragment = { ...addresses, protocol: IpProtocol.udp, moreFragments: true }
  const { payloads, text, lengths } = masked([
    udpFrame,
    ethernet(0x0800, ipv4(fragment, Buffer.from(body.padEnd(200)))),
    ethernet(0x0800, ipv4({ ...addresses, protocol: 47 }, Buffer.from(body))),
  ])
  assertMasked(text)
  assert.match(payloads[0], /^to: \*{4}\.\*{5}@/)
  assert.equal(lengths[0], udpFrame.length)
  assert.ok(lengths[1] <= 54 && lengths[2] <= 54)
})

test('what has nothing of a person is as it was', () => {
  const frames = [segment(0, 'GET /health HTTP/1.1\r\nHost: shop\r\n\r\n')]
  const { payloads, masked: places, covered } = masked(frames)
  assert.deepEqual([payloads, places, covered], [['GET /health HTTP/1.1\r\nHost: shop\r\n\r\n'], 0, 0])
})

test('a file that is damaged, or none, gives what could be read', () => {
  const whole = fileOfFrames([segment(0, post('application/json', body))])
  const options = { detector: builtInDetector, name: 'web', comments: [] }
  for (let length = 0; length < whole.length; length += 67)
    assert.ok(maskCapture(whole.slice(0, length), options).bytes.length > 0)
})
