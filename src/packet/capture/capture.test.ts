import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concatenate, longs, words } from '../frames.ts'
import { LinkType } from '../packet.ts'
import {
  block,
  enhanced,
  interfaceBlock,
  le32,
  NANOSECONDS,
  option,
  pcap,
  pcapng,
  rawPcap,
  read,
  readInChunks,
  section,
  text,
  TIME,
  TWO,
} from './fixtures.ts'

const BOTH_ORDERS = [false, true]
const TWO_SEEN = [
  { data: 'first', time: TIME, originalLength: 5 },
  { data: 'second', time: TIME + 5, originalLength: 1500 },
].map((packet) => ({ ...packet, nanoseconds: 0, linkType: 1, interfaceId: 0, comments: [] as string[] }))

test('pcap is read as it was written, in both byte orders and resolutions', () => {
  for (const bigEndian of BOTH_ORDERS) {
    for (const nanoseconds of [false, true]) {
      const options = { linkType: LinkType.linuxSll2, bigEndian, nanoseconds, snapLength: 100 }
      const packets = TWO.map((packet) => ({ ...packet, nanoseconds: NANOSECONDS }))
      const { packets: got, problem, reader } = read(pcap(options, packets))
      const expected = TWO_SEEN.map((packet) => ({
        ...packet,
        linkType: LinkType.linuxSll2,
        nanoseconds: nanoseconds ? NANOSECONDS : 0,
      }))
      assert.deepEqual(got, expected)
      assert.equal(problem, undefined)
      assert.deepEqual(reader.interfaces, [{ linkType: LinkType.linuxSll2, snapLength: 100, name: '' }])
      assert.deepEqual([reader.format, reader.packets], ['pcap', 2])
    }
  }
})

test('pcapng is read as it was written, in both byte orders', () => {
  for (const bigEndian of BOTH_ORDERS) {
    const file = pcapng(
      {
        bigEndian,
        hardware: 'x',
        operatingSystem: 'Linux',
        application: 'Pavise',
        comments: ['of the section'],
      },
      [
        { linkType: LinkType.ethernet, name: 'eth0', description: 'outside', snapLength: 96 },
        { linkType: LinkType.raw, name: 'tun0', nanoseconds: true },
      ],
      [
        { data: text('plain') },
        { data: text('fine'), interfaceId: 1, nanoseconds: NANOSECONDS, comments: ['one', 'zwölf'] },
        { data: text('cut'), originalLength: 9000, comments: ['é'] },
        { data: text('') },
      ],
    )
    const { packets, problem, reader } = read(file)
    const base = { time: TIME, nanoseconds: 0, linkType: 1, interfaceId: 0, comments: [] }
    assert.deepEqual(packets, [
      { ...base, data: 'plain', originalLength: 5 },
      {
        ...base,
        data: 'fine',
        originalLength: 4,
        linkType: 101,
        interfaceId: 1,
        nanoseconds: NANOSECONDS,
        comments: ['one', 'zwölf'],
      },
      { ...base, data: 'cut', originalLength: 9000, comments: ['é'] },
      { ...base, data: '', originalLength: 0 },
    ])
    assert.equal(problem, undefined)
    assert.deepEqual(
      reader.interfaces.map(({ linkType, snapLength, name }) => ({ linkType, snapLength, name })),
      [
        { linkType: 1, snapLength: 96, name: 'eth0' },
        { linkType: 101, snapLength: 0, name: 'tun0' },
      ],
    )
    assert.deepEqual([reader.format, reader.packets, reader.offset], ['pcapng', 4, file.length])
  }
})

test('a writer cuts to the snap length', () => {
  const { packets } = read(pcap({ linkType: 1, snapLength: 3 }, TWO))
  assert.deepEqual(
    packets.map(({ data, originalLength }) => [data, originalLength]),
    [
      ['fir', 5],
      ['sec', 1500],
    ],
  )
})

test('older and patched kinds of pcap are read', () => {
  const seconds = [100, 7]
  const data = text('data')
  const table: [what: string, file: Uint8Array, captured: number, original: number][] = [
    ['2.4', rawPcap(0xa1b2c3d4, [2, 4], 1, concatenate(le32(...seconds, 4, 60), data)), 4, 60],
    [
      '2.2: lengths swapped',
      rawPcap(0xa1b2c3d4, [2, 2], 1, concatenate(le32(...seconds, 60, 4), data)),
      4,
      60,
    ],
    ['2.3: not swapped', rawPcap(0xa1b2c3d4, [2, 3], 1, concatenate(le32(...seconds, 4, 60), data)), 4, 60],
    ['2.3: swapped', rawPcap(0xa1b2c3d4, [2, 3], 1, concatenate(le32(...seconds, 60, 4), data)), 4, 60],
    ['543.0', rawPcap(0xa1b2c3d4, [543, 0], 1, concatenate(le32(...seconds, 60, 4), data)), 4, 60],
    ['Kuznetzov', rawPcap(0xa1b2cd34, [2, 4], 1, concatenate(le32(...seconds, 4, 60, 0, 0), data)), 4, 60],
    [
      'shorter than captured',
      rawPcap(0xa1b2c3d4, [2, 4], 1, concatenate(le32(...seconds, 4, 2), data)),
      4,
      4,
    ],
    // Frame check sequences of 4 bytes: wholly, partly and not captured.
    ['FCS', rawPcap(0xa1b2c3d4, [2, 4], 0x2400_0001, concatenate(le32(...seconds, 8, 8), data, data)), 4, 4],
    [
      'FCS in part',
      rawPcap(0xa1b2c3d4, [2, 4], 0x2400_0001, concatenate(le32(...seconds, 5, 8), data, 0)),
      4,
      4,
    ],
    [
      'FCS cut off',
      rawPcap(0xa1b2c3d4, [2, 4], 0x2400_0001, concatenate(le32(...seconds, 4, 64), data)),
      4,
      60,
    ],
  ]
  for (const [what, file, captured, original] of table) {
    const { packets, problem } = read(file)
    assert.equal(problem, undefined, what)
    const [packet] = packets
    assert.deepEqual(
      [packet.data, packet.data.length, packet.originalLength, packet.time, packet.linkType],
      ['data', captured, original, 100_000_007, 1],
      what,
    )
  }
})

test('every block with packets is read, and every other passed over', () => {
  const file = concatenate(
    section(),
    interfaceBlock(1, 6),
    block(4, text('names of addresses')),
    block(2, concatenate(words(0, 3), longs(0, 1_000_000, 4, 4), text('old!'), option(1, text('noted')))),
    block(5, longs(0, 0, 0)),
    block(3, concatenate(longs(100), text('simple'))),
    block(3, concatenate(longs(2), text('ab'))),
    block(0x0bad, new Uint8Array(0)),
    block(10, concatenate(longs(0x544c534b, 3), text('key'))),
    enhanced(0, 0, 3_000_000, text('new')),
  )
  for (const { packets, problem } of [read(file), readInChunks(file, [1])]) {
    assert.equal(problem, undefined)
    assert.deepEqual(
      packets.map(({ data, time, originalLength, comments }) => [data, time, originalLength, comments]),
      [
        ['old!', 1_000_000, 4, ['noted']],
        // Without a time of their own.
        ['simple', 1_000_000, 100, []],
        ['ab', 1_000_000, 2, []],
        ['new', 3_000_000, 3, []],
      ],
    )
  }
})

test('each section has its own byte order and interfaces', () => {
  const little = pcapng(
    { bigEndian: false },
    [{ linkType: LinkType.raw, name: 'little' }],
    [{ data: text('one') }],
  )
  const big = pcapng(
    { bigEndian: true },
    [{ linkType: LinkType.ethernet, name: 'big' }],
    [{ data: text('two') }],
  )
  const { packets, problem, reader } = read(concatenate(little, big, little))
  assert.equal(problem, undefined)
  assert.deepEqual(
    packets.map(({ data, linkType }) => [data, linkType]),
    [
      ['one', LinkType.raw],
      ['two', LinkType.ethernet],
      ['one', LinkType.raw],
    ],
  )
  assert.deepEqual(
    reader.interfaces.map(({ name }) => name),
    ['little'],
  )
})

test('times are exact in every resolution', () => {
  // 2026-11-20T09:30:00.123456789Z in units of each resolution.
  const exact = 1_795_167_000_123_456_789n
  const table: [what: string, resolution: number, ticks: bigint, time: number, nanoseconds: number][] = [
    ['seconds', 0, exact / 1_000_000_000n, 1_795_167_000_000_000, 0],
    ['milliseconds', 3, exact / 1_000_000n, 1_795_167_000_123_000, 0],
    ['microseconds', 6, exact / 1000n, TIME, 0],
    ['tenths of them', 7, exact / 100n, TIME, 700],
    ['nanoseconds', 9, exact, TIME, 789],
    [
      'picoseconds',
      12,
      (exact % 10_000_000_000_000_000n) * 1000n,
      Number((exact % 10_000_000_000_000_000n) / 1000n),
      789,
    ],
    ['2^-20 s', 0x94, 1_795_167_000n << 20n, 1_795_167_000_000_000, 0],
    ['2^-32 s', 0xa0, (1_795_167_000n << 32n) + (1n << 31n), 1_795_167_000_500_000, 0],
    ['10^-18 s', 18, 5_000_000_123_000_000_000n, 5_000_000, 123],
    ['beyond all use', 127, 2n ** 64n - 1n, 0, 0],
  ]
  for (const [what, resolution, ticks, time, nanoseconds] of table) {
    const file = concatenate(
      section(),
      interfaceBlock(1, 0, option(9, Uint8Array.of(resolution))),
      enhanced(0, Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), text('x')),
    )
    const [packet] = read(file).packets
    assert.deepEqual([packet.time, packet.nanoseconds], [time, nanoseconds], what)
  }
})

test('an interface may shift its times and keep its frame check sequences', () => {
  const shifted = (seconds: number) => {
    const high = seconds < 0 ? 0xffffffff : 0
    const options = [option(14, longs(high, seconds)), option(13, Uint8Array.of(4))]
    return read(concatenate(section(), interfaceBlock(1, 0, ...options), enhanced(0, 0, 5, text('dataFCS!'))))
      .packets[0]
  }
  assert.deepEqual([shifted(1000).time, shifted(-2).time, shifted(0).time], [1_000_000_005, -1_999_995, 5])
  assert.deepEqual([shifted(0).data, shifted(0).originalLength], ['data', 4])
})
