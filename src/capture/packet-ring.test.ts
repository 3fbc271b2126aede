import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Packet } from '../packet/packet.ts'
import { PacketRing } from './packet-ring.ts'

function packetOf(time: number, size = 100): Packet {
  const packet = new Packet()
  packet.bytes = Buffer.alloc(size + 3, time & 0xff)
  packet.start = 3
  packet.end = size + 3
  packet.originalLength = size + 1000
  packet.linkType = 101
  packet.time = time
  return packet
}

const times = (ring: PacketRing, since = 0) => {
  const seen: number[] = []
  ring.read(since, { packet: ({ time }) => void seen.push(time) })
  return seen
}
const always = () => true

test('packets come out as they went in, oldest first, from a time on', () => {
  const ring = new PacketRing()
  for (let i = 1; i <= 5; i++) ring.add(packetOf(i), always)
  assert.deepEqual(times(ring, 3), [3, 4, 5])
  ring.read(5, {
    packet: ({ bytes, start, end, originalLength, linkType }) => {
      assert.deepEqual([...new Set(bytes.subarray(start, end))], [5])
      assert.deepEqual([end - start, originalLength, linkType], [100, 1100, 101])
    },
  })
})

test('the last ones stay, at least half of its size of them, and it grows no larger', () => {
  const ring = new PacketRing(64 * 1024)
  for (let i = 1; i <= 5000; i++) ring.add(packetOf(i), always)
  const seen = times(ring)
  assert.equal(seen.at(-1), 5000)
  assert.deepEqual(
    seen,
    Array.from({ length: seen.length }, (_, i) => 5001 - seen.length + i),
  )
  assert.ok(seen.length * 120 >= 32 * 1024 - 120, `${seen.length} packets`)
  assert.ok(ring.bytes <= 64 * 1024, `${ring.bytes} bytes`)
})

test('where there is no memory to grow it stays as small as it is', () => {
  const ring = new PacketRing()
  for (let i = 1; i <= 5000; i++) ring.add(packetOf(i), () => false)
  assert.ok(ring.bytes <= 32 * 1024)
  assert.equal(times(ring).at(-1), 5000)
})

test('a packet larger than a half is left out, one larger than what it has now is not', () => {
  const ring = new PacketRing()
  ring.add(packetOf(1, 60_000), always)
  ring.add(packetOf(2, 2_000_000), always)
  assert.deepEqual(times(ring), [1])
})
