import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { readClientHello } from './client-hello.ts'
import { ja3, ja4 } from './fingerprints.ts'
import * as make from './fixtures.ts'

function read(hello: Buffer) {
  const found = readClientHello(hello, 4, hello.length)
  assert.ok(found)
  return found
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const sha = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

const extensions = [
  make.extension(0x1a1a),
  make.serverName('a.example'),
  make.numbers(10, 0x0a0a, 29, 23),
  make.pointFormats(0),
  make.numbers(13, 0x0403, 0x0804),
  make.protocols('h2'),
  make.versions(0x0304, 0x0303),
]

test('JA3 has everything in its order, without GREASE', () => {
  const hello = read(make.clientHello([0x2a2a, 0x1301, 0xc02f], extensions))
  assert.equal(ja3(hello), md5('771,4865-49199,0-10-11-13-16-43,29-23,0'))
})

test('JA4 sorts ciphers and extensions, and keeps the order of signature algorithms', () => {
  const expected = `t13d0206h2_${sha('1301,c02f')}_${sha('000a,000b,000d,002b_0403,0804')}`
  assert.equal(ja4(read(make.clientHello([0x2a2a, 0xc02f, 0x1301], extensions))), expected)
  assert.equal(ja4(read(make.clientHello([0x1301, 0xc02f], extensions.toReversed()))), expected)
})

const kinds: [name: string, hello: Buffer, kind: RegExp][] = [
  ['no extensions', make.clientHello([0x002f], [], 0x0301), /^t10i010000_[0-9a-f]{12}_000000000000$/],
  ['SSL 3.0', make.clientHello([0x002f], [], 0x0300), /^ts3i010000_/],
  [
    'no name, a protocol that is no word',
    make.clientHello([0x1301], [make.protocols('\u00002')]),
    /^t12i010102_/,
  ],
  ['a protocol of one letter', make.clientHello([0x1301], [make.protocols('h')]), /^t12i0101hh_/],
  [
    'more than two digits count',
    make.clientHello(
      Array.from({ length: 120 }, (_, i) => i + 1),
      [],
    ),
    /^t12i990000_/,
  ],
]

for (const [name, hello, kind] of kinds) {
  test(`JA4: ${name}`, () => assert.match(ja4(read(hello)), kind))
}
