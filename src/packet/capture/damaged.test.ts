import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concatenate, longs } from '../frames.ts'
import { captureLimits } from '../limits.ts'
import { CaptureFeed } from './feed.ts'
import {
  block,
  enhanced,
  interfaceBlock,
  le32,
  ONE_INTERFACE,
  pcap,
  pcapng,
  rawPcap,
  read,
  readInChunks,
  section,
  text,
  TWO,
} from './fixtures.ts'
import { CaptureReader, isGzip } from './reader.ts'

test('a file that ends early gives what was readable and where it ends', () => {
  const pcapFile = pcap({ linkType: 1 }, TWO)
  const pcapngFile = pcapng({}, ONE_INTERFACE, TWO)
  // Section 28, interface 20 bytes, then packets of 40 each.
  const table: [file: Uint8Array, recordsAt: number[], packetsFrom: number][] = [
    [pcapFile, [24, 24 + 21, pcapFile.length], 0],
    [pcapngFile, [28, 48, 48 + 40, pcapngFile.length], 1],
  ]
  for (const [file, recordsAt, packetsFrom] of table) {
    for (let length = 4; length < file.length; length++) {
      const begun = recordsAt.filter((at) => at <= length)
      for (const result of [read(file.subarray(0, length)), readInChunks(file.subarray(0, length), [7])]) {
        assert.equal(result.packets.length, Math.max(0, begun.length - 1 - packetsFrom), `${length} bytes`)
        const isBetweenRecords = recordsAt.includes(length)
        assert.equal(result.problem?.code, isBetweenRecords ? undefined : 'truncated', `${length} bytes`)
        if (!isBetweenRecords) assert.equal(result.problem?.offset, begun.at(-1) ?? 0, `${length} bytes`)
      }
    }
  }
  assert.deepEqual(read(pcapFile.subarray(0, 50)).problem, {
    code: 'truncated',
    offset: 45,
    reason: 'the file ends inside a packet: 5 of at least 16 bytes are there',
  })
  assert.deepEqual(read(pcapngFile.subarray(0, 100)).problem, {
    code: 'truncated',
    offset: 88,
    reason: 'the file ends inside a block: 12 of at least 40 bytes are there',
  })
})

test('a file that ends in a block that is passed over says where that block begins', () => {
  const file = concatenate(pcapng({}, ONE_INTERFACE, TWO), longs(0), le32(100_000), new Uint8Array(5000))
  const at = file.length - 5000 - 8
  for (const { packets, problem } of [read(file), readInChunks(file, [1000])]) {
    assert.equal(packets.length, 2)
    const reason = 'the file ends inside a block: 5,008 of at least 100,000 bytes are there'
    assert.deepEqual(problem, { code: 'truncated', offset: at, reason })
  }
})

test('a corrupt record ends the reading, with what came before and where it lies', () => {
  const good = enhanced(0, 0, 1, text('good'))
  const head = concatenate(section(), interfaceBlock(1, 0))
  const wrongTrailer = Uint8Array.from(good)
  wrongTrailer[good.length - 1]++
  const wrongSkipped = block(0x0bad, longs(1, 2, 3))
  wrongSkipped[wrongSkipped.length - 1]++
  const tooLong = longs(6, 0x7000_0000, 0, 0, 0)
  const longPacket = concatenate(
    longs(6, captureLimits.packetBytes + 36, 0, 0, 0, captureLimits.packetBytes + 1, 0),
    new Uint8Array(captureLimits.packetBytes + 4),
    longs(captureLimits.packetBytes + 36),
  )
  const table: [what: string, record: Uint8Array, reason: RegExp][] = [
    ['length of 8', longs(6, 8, 8), /says that it is 8 bytes long/],
    ['trailing length', wrongTrailer, /two lengths of a block differ/],
    ['trailing length of a block passed over', wrongSkipped, /two lengths of a block differ/],
    ['block too long', tooLong, /1,879,048,192 bytes is longer than any/],
    ['packet too long', longPacket, /1,048,577 bytes is longer than any/],
    [
      'packet longer than its block',
      block(6, concatenate(longs(0, 0, 0, 5, 5), text('1234'))),
      /5 bytes is in a block that holds 4/,
    ],
    ['packet block too short', block(6, longs(0, 0)), /packet block is too short/],
    ['simple packet block too short', block(3, new Uint8Array(0)), /packet block is too short/],
    [
      'interface not described',
      enhanced(1, 0, 0, text('x')),
      /interface 1, which its section does not describe/,
    ],
    ['section without byte order', block(0x0a0d0d0a, longs(0, 0, 0, 0)), /byte order/],
    ['section too short', block(0x0a0d0d0a, longs(0x1a2b3c4d)), /section header is too short/],
    ['interface too short', block(1, longs(1)), /interface description is too short/],
  ]
  for (const [what, record, reason] of table) {
    const file = concatenate(head, good, record, good)
    for (const { packets, problem } of [read(file), readInChunks(file, [64, 65_536])]) {
      assert.equal(packets.length, 1, what)
      assert.equal(problem?.code, 'corrupt', what)
      assert.equal(problem?.offset, head.length + good.length, what)
      assert.match(problem?.reason ?? '', reason, what)
    }
  }
  const newSection = read(concatenate(head, good, section(), good))
  assert.match(newSection.problem?.reason ?? '', /interface 0, which its section does not describe/)
  const pcapFile = concatenate(pcap({ linkType: 1 }, TWO), le32(0, 0, captureLimits.packetBytes + 1, 0))
  const corrupt = {
    code: 'corrupt',
    offset: 24 + 21 + 22,
    reason: 'a packet of 1,048,577 bytes is longer than any can be',
  }
  assert.deepEqual(read(pcapFile).problem, corrupt)
})

test('what is no capture is named', () => {
  const magic = (...bytes: number[]) => concatenate(...bytes, new Uint8Array(40))
  const table: [file: Uint8Array, code: string, reason: RegExp][] = [
    [new Uint8Array(0), 'not-a-capture', /file is empty/],
    [Uint8Array.of(0xd4, 0xc3), 'not-a-capture', /too short/],
    [magic(0x1f, 0x8b, 8, 0), 'compressed', /gzip/],
    [magic(0x28, 0xb5, 0x2f, 0xfd), 'compressed', /Zstandard/],
    [magic(0xfd, 0x37, 0x7a, 0x58), 'compressed', /xz/],
    [magic(0x42, 0x5a, 0x68, 0x39), 'compressed', /bzip2/],
    [magic(0x50, 0x4b, 3, 4), 'compressed', /ZIP/],
    [text('snoop\0\0\0'), 'not-a-capture', /snoop/],
    [text('<html>'), 'not-a-capture', /neither a pcap nor a pcapng/],
    [rawPcap(0xa1b2c3d4, [3, 0], 1, new Uint8Array(0)), 'unsupported', /pcap version 3\.0/],
    [section(2, 0), 'unsupported', /pcapng version 2\.0/],
  ]
  for (const [file, code, reason] of table) {
    const { problem } = read(file)
    assert.deepEqual([problem?.code, problem?.offset], [code, 0], String(reason))
    assert.match(problem?.reason ?? '', reason)
  }
  assert.ok(isGzip(magic(0x1f, 0x8b), 0, 42))
  assert.ok(!isGzip(magic(0x1f, 0x8b), 1, 42))
  assert.ok(!isGzip(Uint8Array.of(0x1f), 0, 1))
})

test('a buffer of the size that the limits name is enough for the largest record', () => {
  const data = new Uint8Array(captureLimits.packetBytes).fill(7)
  const comments = ['x'.repeat(65_535), 'y'.repeat(60_000)]
  for (const file of [
    pcap({ linkType: 1, snapLength: 1 << 30 }, [{ data }]),
    pcapng({}, ONE_INTERFACE, [{ data, comments }]),
  ]) {
    const reader = new CaptureReader()
    const buffer = new Uint8Array(captureLimits.bufferBytes)
    let held = 0
    let packets = 0
    for (let at = 0; at < file.length;) {
      const got = Math.min(buffer.length - held, file.length - at)
      assert.ok(got > 0, 'no room to get on')
      buffer.set(file.subarray(at, at + got), held)
      at += got
      const consumed = reader.read(buffer, 0, held + got, { packet: () => packets++ })
      buffer.copyWithin(0, consumed, held + got)
      held += got - consumed
    }
    assert.deepEqual([packets, reader.finish()], [1, undefined])
  }
})

test('a block that is passed over needs no memory', () => {
  const reader = new CaptureReader()
  const sink = { packet: () => assert.fail('there is none') }
  const feed = new CaptureFeed(reader, sink)
  feed.push(concatenate(section(), longs(0x0bad, 0xffff_fffc)))
  const chunk = new Uint8Array(1 << 20)
  for (let i = 0; i < 100; i++) feed.push(chunk)
  assert.equal(reader.offset, section().length + 8 + 100 * chunk.length)
  assert.equal(reader.needed, 1)
  assert.equal(reader.finish()?.offset, section().length)
})
