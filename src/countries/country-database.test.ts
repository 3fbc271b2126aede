import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { CountryDatabase } from './country-database.ts'
import { Countries } from './load.ts'

const now = Date.UTC(2026, 10, 21)

test('countries of addresses, by the database that comes along', () => {
  const countries = new Countries(() => now)
  const found = (address: string) => countries.find(address)?.country
  assert.deepEqual(['194.95.249.1', '8.8.8.8', '2001:4860:4860::8888', '2001:638::1'].map(found), [
    'DE',
    'US',
    'US',
    'DE',
  ])
  for (const address of [
    '10.0.0.1',
    '127.0.0.1',
    'fd00::1',
    '::1',
    '192.168.1.1',
    '172.31.0.1',
    '203.0.113.9',
    '198.19.87.3',
    '2001:db8::1',
    'lab.example',
    '',
  ])
    assert.equal(countries.find(address), null, address)
  assert.match(countries.source.builtAt ?? '', /^2026-/)
  assert.equal(new Countries(() => now + 5 * 365 * 86_400_000).find('8.8.8.8')?.confidence, 'low', 'of old')
})

test('a file that is none gives no countries, and says why where it is asked', () => {
  const countries = new Countries(() => now, import.meta.filename)
  assert.equal(countries.find('8.8.8.8'), null)
  assert.equal(countries.source.builtAt, null)
  assert.throws(() => countries.check(), /COUNTRIES_UNUSABLE|is no country database/)
  assert.throws(() => new Countries(() => now, '/nowhere').check(), /nowhere/)
})

/** A tree with one node: addresses that begin with 0 are of `country`, others of none; IPv4 only. */
function made(recordBits: 24 | 28 | 32, country: string, name = 'country_code'): Buffer {
  const [nodes, separator] = [1, Buffer.alloc(16)]
  const [left, right] = [nodes + 16, nodes]
  const node = {
    24: Buffer.from([0, 0, left, 0, 0, right]),
    28: Buffer.from([0, 0, left, 0, 0, 0, right]),
    32: Buffer.from([0, 0, 0, left, 0, 0, 0, right]),
  }[recordBits]
  const text = (value: string) => Buffer.concat([Buffer.from([0x40 | value.length]), Buffer.from(value)])
  const map = (...pairs: Buffer[]) => Buffer.concat([Buffer.from([0xe0 | (pairs.length / 2)]), ...pairs])
  const short = (value: number) => Buffer.from([0xa1, value])
  const metadata = map(
    ...[text('binary_format_major_version'), short(2), text('record_size'), short(recordBits)],
    ...[text('node_count'), short(nodes), text('ip_version'), short(4)],
    ...[text('build_epoch'), Buffer.from([0x04, 0x02, 0x6a, 0x32, 0xfa, 0xcc])],
  )
  const value = name === 'country_code' ? text(country) : map(text('iso_code'), text(country))
  const data = map(text(name), value)
  return Buffer.concat([node, separator, data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata])
}

test('records of 24, 28 and 32 bits, and both ways to name a country', () => {
  for (const bits of [24, 28, 32] as const) {
    for (const name of ['country_code', 'country']) {
      const database = CountryDatabase.of(made(bits, 'FR', name))
      assert.deepEqual(database?.find('1.2.3.4', now), { country: 'FR', confidence: 'high' })
      assert.equal(database?.find('200.2.3.4', now), null)
      assert.equal(database?.find('2001:db8::1', now), null)
    }
  }
  assert.equal(CountryDatabase.of(made(24, 'France'))?.find('1.2.3.4', now), null, 'no code of a country')
})

test('a damaged file is no country database, or knows no country', () => {
  const whole = made(24, 'FR')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of changes) bytes[at] = value
      const found = CountryDatabase.of(bytes)?.find('1.2.3.4', now)
      assert.ok(found === null || found === undefined || /^[A-Z]{2}$/.test(found.country))
    }),
    { numRuns: fuzzRuns },
  )
})
