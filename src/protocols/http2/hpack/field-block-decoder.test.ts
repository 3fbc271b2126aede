import assert from 'node:assert/strict'
import { test } from 'node:test'
import { added, indexed, literal, tableSize } from '../fixtures.ts'
import { limits } from '../limits.ts'
import { FieldBlockDecoder } from './field-block-decoder.ts'

function decodeAll(blocks: readonly Uint8Array[], decoder = new FieldBlockDecoder()): string[] {
  const lines: string[] = []
  const taker = {
    field: (bytes: Uint8Array, nameEnd: number, end: number) => {
      const text = Buffer.from(bytes.subarray(0, end)).toString('latin1')
      lines.push(`${text.slice(0, nameEnd)}: ${text.slice(nameEnd, end)}`)
    },
    isFull: false,
    unknownField: () => void lines.push('?'),
  }
  for (const block of blocks) {
    const read = decoder.decode(block, 0, block.length, taker)
    if (read < block.length) lines.push(`! ${decoder.problem ?? 'incomplete'}`)
    else if (decoder.problem !== undefined) lines.push(`! ${decoder.problem}`)
  }
  return lines
}

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex')
}

/** Appendix C of RFC 7541: requests and responses on one connection, each also in Huffman's code. */
const EXAMPLES: Record<string, { blocks: string[]; lines: string[] }> = {
  'C.2.1 literal with indexing': {
    blocks: ['400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572'],
    lines: ['custom-key: custom-header'],
  },
  'C.2.2 literal without indexing': {
    blocks: ['040c 2f73 616d 706c 652f 7061 7468'],
    lines: [':path: /sample/path'],
  },
  'C.3 requests': {
    blocks: [
      '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '8286 84be 5808 6e6f 2d63 6163 6865',
      '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
    ],
    lines: [
      ':method: GET,:scheme: http,:path: /,:authority: www.example.com',
      ':method: GET,:scheme: http,:path: /,:authority: www.example.com,cache-control: no-cache',
      ':method: GET,:scheme: https,:path: /index.html,:authority: www.example.com,custom-key: custom-value',
    ],
  },
  "C.4 requests in Huffman's code": {
    blocks: [
      '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
      '8286 84be 5886 a8eb 1064 9cbf',
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
    ],
    lines: [
      ':method: GET,:scheme: http,:path: /,:authority: www.example.com',
      ':method: GET,:scheme: http,:path: /,:authority: www.example.com,cache-control: no-cache',
      ':method: GET,:scheme: https,:path: /index.html,:authority: www.example.com,custom-key: custom-value',
    ],
  },
  "C.6 responses in Huffman's code, in a table of 256 octets": {
    blocks: [
      '3fe1 01',
      '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
      '4883 640e ffc1 c0bf',
    ],
    lines: [
      ':status: 302,cache-control: private,date: Mon, 21 Oct 2013 20:13:21 GMT,location: https://www.example.com',
      ':status: 307,cache-control: private,date: Mon, 21 Oct 2013 20:13:21 GMT,location: https://www.example.com',
    ],
  },
}

for (const [name, { blocks, lines }] of Object.entries(EXAMPLES)) {
  test(`RFC 7541 ${name}`, () => {
    assert.deepEqual(decodeAll(blocks.map(hex)), lines.join(',').split(/,(?=[:\w-]+: )/))
  })
}

test('what cannot be read is told: an index of nobody, an integer without end, a code that is none', () => {
  const broken = ['80', 'be', 'ff ffff ffff ff', '0085 ffff ffff fc 00', '0081 00 00']
  for (const block of broken) assert.deepEqual(decodeAll([hex(block)]), ['! corrupt'], block)
})

test('a part of a field waits for its rest', () => {
  const block = added('x-name', 'value')
  for (let length = 1; length < block.length; length++)
    assert.deepEqual(decodeAll([block.subarray(0, length)]), ['! incomplete'])
})

test('an entry that is larger than the table empties it', () => {
  const lines = decodeAll([added('a', 'b'), indexed(62), added('c', 'd'.repeat(5000)), indexed(62)])
  assert.deepEqual([lines[0], lines[1], lines[3]], ['a: b', 'a: b', '! corrupt'])
})

test('entries keep their index through many that come and go, whatever the size of the table', () => {
  for (const size of [100, 4096, limits.tableBytes]) {
    const blocks: Buffer[] = [tableSize(size)]
    for (let i = 0; i < 500; i++) blocks.push(added(`name-${i}`, 'v'.repeat(i % 60)), indexed(62))
    const lines = decodeAll(blocks)
    for (let i = 0; i < 500; i++) assert.equal(lines[2 * i + 1], lines[2 * i], `${size} ${i}`)
    assert.equal(lines.length, 1000)
  }
})

test('a table that grows keeps what is in it', () => {
  const blocks = [added('a', '1'), added('b', '2'), tableSize(8192), added('c', '3')]
  assert.deepEqual(decodeAll([...blocks, indexed(64), indexed(63), indexed(62)]).slice(-3), [
    'a: 1',
    'b: 2',
    'c: 3',
  ])
})

test('of a connection that was picked up, what came before is not known, and what came since is', () => {
  const decoder = new FieldBlockDecoder()
  decoder.lose()
  const lines = decodeAll(
    [added('a', '1'), indexed(62), indexed(63), Buffer.from([0x7f, 0, 1, 0x78])],
    decoder,
  )
  assert.deepEqual(lines, ['a: 1', 'a: 1', '?', '?', 'unknown: x'])
})

test('a table beyond what is kept is told, and read on as one of which something is not known', () => {
  const lines = decodeAll([tableSize(1_000_000), literal('a', 'b'), indexed(70)])
  assert.deepEqual(lines, ['! table-too-large', 'a: b', '?'])
})
