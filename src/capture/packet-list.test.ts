import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileOfPackets } from './fixtures.ts'
import { captureLimits } from './limits.ts'
import { listPackets } from './packet-list.ts'

test('packets of a file are told with their ends, flags and bytes, from the one that is asked for', () => {
  const bytes = fileOfPackets(['GET / HTTP/1.1', 'second', 'third'].map((text) => Buffer.from(text)))
  const { packets, count, problem } = listPackets(bytes, { from: 1, most: 2 })
  assert.deepEqual([packets.length, count, problem], [2, 3, null])
  const [{ number, at, protocol, from, to, flags, data, payloadAt, isCut }] = packets
  assert.deepEqual(
    { number, at, protocol, from, to, flags, isCut },
    {
      ...{ number: 1, at: '2023-11-14T22:13:20.000Z', protocol: 'tcp', isCut: false },
      ...{ from: '10.0.0.1:40000', to: '10.0.0.2:80', flags: 'PSH ACK' },
    },
  )
  assert.equal(Buffer.from(data, 'base64').toString('latin1').slice(payloadAt), 'GET / HTTP/1.1')
  const later = listPackets(bytes, { from: 3, most: 9 })
  assert.deepEqual(
    later.packets.map((packet) => packet.number),
    [3],
  )
})

test('of a long packet the first bytes are told; what is no capture is said to be none', () => {
  const [packet] = listPackets(fileOfPackets([new Uint8Array(9_000)]), { from: 1, most: 1 }).packets
  assert.equal(packet.isCut, true)
  assert.equal(Buffer.from(packet.data, 'base64').length, captureLimits.shownBytes)
  for (const bytes of [
    new Uint8Array(0),
    Buffer.from('packets'),
    fileOfPackets([Buffer.from('a')]).subarray(0, 150),
  ]) {
    const { packets, problem } = listPackets(bytes, { from: 1, most: 9 })
    assert.equal(packets.length, 0)
    assert.ok(problem)
  }
})
