import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatAddress, parseAddress } from './ip.ts'

test('addresses are read and written in their canonical form', () => {
  const table: [text: string, canonical: string][] = [
    ['0.0.0.0', '0.0.0.0'],
    ['192.0.2.255', '192.0.2.255'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ]
  for (const [text, canonical] of table) {
    const bytes = parseAddress(text)
    assert.ok(bytes !== undefined, text)
    assert.equal(formatAddress(bytes), canonical)
  }
})

test('what is no address is undefined', () => {
  const table = [
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'g::',
    '1.2.3.4::',
    '::1.2.3',
    'fe80::1%eth0',
    'example.com',
  ]
  for (const text of table) assert.equal(parseAddress(text), undefined, text)
})
