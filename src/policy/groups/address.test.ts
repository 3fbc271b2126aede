import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { parseAddress } from '../../lib/ip.ts'
import { AddressTable } from './address-table.ts'
import { type AddressWords, compareWords, parseAddressValue } from './address.ts'

const inside: [value: string, address: string, expected: boolean][] = [
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.2', false],
  ['192.0.2.129/25', '192.0.2.128', true],
  ['192.0.2.129/25', '192.0.2.127', false],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['0.0.0.0/0', '::1', false],
  ['10.0.0.9 - 10.0.1.3', '10.0.0.255', true],
  ['2001:db8::/33', '2001:db8:7fff::1', true],
  ['2001:db8::/33', '2001:db8:8000::1', false],
  ['::/0', '192.0.2.1', true],
  ['2001:DB8::1-2001:db8::ff', '2001:db8::42', true],
  ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', true],
]
for (const [value, address, expected] of inside) {
  test(`${address} is ${expected ? '' : 'not '}in ${value}`, () => {
    const parsed = parseAddressValue(value)
    assert.ok(parsed?.kind === 'range')
    const table = new AddressTable([{ ...parsed, group: 7 }])
    const groups = table.groups[table.pieceOf(parseAddress(address) as Uint8Array)]
    assert.deepEqual(groups, expected ? [7] : [])
  })
}

const names: [value: string, expected: ReturnType<typeof parseAddressValue>][] = [
  ['Lab.Example.org', { kind: 'name', name: 'lab.example.org', isWildcard: false }],
  ['*.lab.example', { kind: 'name', name: 'lab.example', isWildcard: true }],
  ['vh:Shop.example', { kind: 'virtual-host', name: 'shop.example', isWildcard: false }],
  ['vh:*.shop.example', { kind: 'virtual-host', name: 'shop.example', isWildcard: true }],
  ['*.org', undefined],
  ['*', undefined],
  ['a.*.org', undefined],
  ['10.0.0.0/33', undefined],
  ['10.0.0.300', undefined],
  ['10.0.0.9-10.0.0.1', undefined],
  ['10.0.0.1-2001:db8::1', undefined],
  ['2001:db8::/129', undefined],
  ['10.0.0.0/8/8', undefined],
  ['', undefined],
]
for (const [value, expected] of names) {
  test(`${JSON.stringify(value)} is ${expected === undefined ? 'no address' : `a ${expected.kind}`}`, () => {
    assert.deepEqual(parseAddressValue(value), expected)
  })
}

test('an address is in the groups of all ranges that hold it, however they overlap', () => {
  const word = fc.constantFrom(0, 1, 2, 0xffff_fffe, 0xffff_ffff)
  const words: fc.Arbitrary<AddressWords> = fc.tuple(word, word, word, word)
  const range = fc.record({ a: words, b: words, group: fc.nat(3) }).map(({ a, b, group }) => {
    const [first, last] = compareWords(a, b) <= 0 ? [a, b] : [b, a]
    return { first, last, group }
  })
  fc.assert(
    fc.property(fc.array(range, { maxLength: 6 }), words, (ranges, address) => {
      const ordered = new Uint8Array(16)
      for (const [i, value] of address.entries()) new DataView(ordered.buffer).setUint32(4 * i, value)
      const table = new AddressTable(ranges)
      const expected = ranges
        .filter(({ first, last }) => compareWords(first, address) <= 0 && compareWords(address, last) <= 0)
        .map(({ group }) => group)
      assert.deepEqual(
        table.groups[table.pieceOf(ordered)],
        [...new Set(expected)].toSorted((x, y) => x - y),
      )
    }),
    { numRuns: fuzzRuns * 3 },
  )
})
