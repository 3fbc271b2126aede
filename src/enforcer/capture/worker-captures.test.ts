import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaptureOrder, CapturePart } from '../../model/captures.ts'
import { CaptureReader } from '../../packet/capture/reader.ts'
import { decode } from '../../packet/decode.ts'
import { ipv4, tcp } from '../../packet/frames.ts'
import { LinkType, Packet } from '../../packet/packet.ts'
import { maskCapture } from '../../inspect/masking/mask-capture.ts'
import { builtInDetector } from '../../../test/support/built-in-detector.ts'
import { WorkerCaptures } from './worker-captures.ts'

const second = 1_000_000
const start = 1_700_000_000 * second
const finding = { type: 'threat', id: 'threat-1', name: 'TCP.Port.Scan' }
const order: CaptureOrder = {
  id: 'order-1',
  workloads: ['netns:web'],
  filter: 'tcp port 80',
  headersOnly: false,
  fileBytes: 100_000,
  files: 4,
  until: (start + 60 * second) / 1000,
}

/** A worker that records, and what it hands on, put together by file. */
function watch() {
  const parts: CapturePart[] = []
  const captures = new WorkerCaptures('run-0-c', (part) => void parts.push(part), mask)
  captures.watch(1, 'netns:web', start)
  const packet = (atSeconds: number, port: number, data = 'payload') => {
    const made = new Packet()
    made.bytes = ipv4(
      { source: '10.0.0.1', destination: '10.0.0.2', protocol: 6 },
      tcp({ sourcePort: 40_000, destinationPort: port, sequence: atSeconds * 20_000 }, Buffer.from(data)),
    )
    made.end = made.originalLength = made.bytes.length
    made.linkType = LinkType.raw
    made.time = start + atSeconds * second
    decode(made)
    captures.packet(1, made)
  }
  const files = () => {
    const names = [...new Set(parts.map(({ file }) => file))]
    return names.map((name) => {
      const own = parts.filter(({ file }) => file === name)
      const bytes = Buffer.concat(own.map(({ data }) => Buffer.from(data, 'base64')))
      return { ...readBack(bytes), about: own[0].about, last: own.at(-1), bytes }
    })
  }
  return { captures, packet, files, at: (seconds: number) => start + seconds * second }
}

const mask = (file: Uint8Array, name: string, comments: string[]) =>
  maskCapture(file, { detector: builtInDetector, name, comments }).bytes

function readBack(bytes: Buffer) {
  const reader = new CaptureReader()
  const seen: { time: number; length: number; original: number }[] = []
  reader.read(bytes, 0, bytes.length, {
    packet: ({ time, start: from, end, originalLength }) =>
      void seen.push({ time: (time - start) / second, length: end - from, original: originalLength }),
  })
  assert.equal(reader.finish(), undefined)
  return { seen, times: seen.map(({ time }) => time) }
}

test('what is found is recorded with the ten seconds before it and after it, and named in a comment', () => {
  const { captures, packet, files, at } = watch()
  captures.order('payload', [], at(0))
  for (let i = 0; i < 40; i++) {
    packet(i, 80)
    captures.tick(at(i))
    if (i === 20) captures.found(1, finding, at(i))
  }
  const [file, ...others] = files()
  assert.equal(others.length, 0)
  assert.deepEqual(
    file.times,
    Array.from({ length: 21 }, (_, i) => 10 + i),
  )
  assert.equal(file.last?.isLast, true)
  assert.equal(file.last?.packets, 21)
  assert.deepEqual(file.about?.finding, finding)
  assert.ok(file.bytes.includes('TCP.Port.Scan'))
})

test('nothing is recorded by itself where that is off', () => {
  const { captures, packet, files, at } = watch()
  captures.order('off', [], at(0))
  packet(1, 80)
  captures.found(1, finding, at(1))
  captures.close()
  assert.deepEqual(files(), [])
})

test('one at a time begins by itself, and twelve in an hour', () => {
  const { captures, packet, files, at } = watch()
  captures.order('headers', [], at(0))
  for (let i = 0; i < 1800; i += 5) {
    packet(i, 80)
    captures.tick(at(i))
    captures.found(1, finding, at(i))
  }
  captures.close()
  assert.equal(files().length, 12)
})

test('headers alone are kept where that is asked for, and say how long the packet was', () => {
  const { captures, packet, files, at } = watch()
  captures.order('headers', [], at(0))
  packet(1, 80, 'a secret of nobody else')
  captures.found(1, finding, at(2))
  captures.close()
  const [{ seen, bytes }] = files()
  assert.deepEqual(seen, [{ time: 1, length: 40, original: 63 }])
  assert.equal(bytes.includes('secret'), false)
})

test('where it is to be masked nothing of a file leaves before personal data in it is covered', () => {
  const mail = 'to anna.meier@example.org, DE89370400440532013000'
  for (const [automatic, orders] of [
    ['masked', []],
    ['off', [{ ...order, masked: true }]],
  ] as const) {
    const { captures, packet, files, at } = watch()
    captures.order(automatic, orders, at(0))
    for (let i = 0; i < 20; i++) {
      packet(i, 80, i === 5 ? mail : 'payload')
      captures.tick(at(i))
      if (i === 6) captures.found(1, finding, at(i))
    }
    assert.equal(files().length, automatic === 'off' ? 0 : 1, 'one that goes on has told nothing')
    captures.close()
    const [{ bytes, about, seen, last }] = files()
    assert.equal(about?.masked, true)
    assert.equal(seen.length, last?.packets)
    assert.ok(seen.length > 6)
    assert.ok(bytes.includes('payload') && bytes.includes('to ****.*****@'))
    assert.equal(bytes.includes('3704') || bytes.includes('meier'), false)
  }
})

test('an order takes what its filter takes, until it is over', () => {
  const { captures, packet, files, at } = watch()
  captures.order('off', [order], at(0))
  for (let i = 0; i < 90; i += 10) {
    captures.tick(at(i))
    packet(i, i % 20 === 0 ? 80 : 443)
  }
  const [file] = files()
  assert.deepEqual(file.times, [0, 20, 40])
  assert.equal(file.about?.capture, 'order-1')
  assert.equal(file.last?.isLast, true)
})

test('an order that is not named any more is over, and a full file is followed by the next', () => {
  const { captures, packet, files, at } = watch()
  captures.order('off', [order], at(0))
  for (let i = 0; i < 30; i++) {
    packet(i, 80, 'x'.repeat(10_000))
    captures.tick(at(i))
  }
  captures.order('off', [], at(30))
  packet(31, 80)
  const all = files()
  assert.equal(all.length, 4)
  assert.ok(all.every(({ last, bytes }) => last?.isLast === true && bytes.length <= 101_000))
  assert.deepEqual(
    all.flatMap(({ times }) => times),
    Array.from({ length: 30 }, (_, i) => i),
    'none is lost between two files',
  )
})
