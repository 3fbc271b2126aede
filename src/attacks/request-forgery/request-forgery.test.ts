import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import type { AttackContext } from '../attack.ts'
import { isAttack, rulesOf } from '../fixtures.ts'
import { HostKind, hostKind, readIpv4 } from './hosts.ts'

test('an address is the same in every notation', () => {
  for (const text of [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '017700000001',
    '0177.0.0.1',
    '0x7f.0x0.0x0.0x1',
    '127.0.0.01',
  ])
    assert.equal(readIpv4(text)?.value, 0x7f000001, text)
  for (const text of [
    '',
    '1.2.3.4.5',
    '256.1.1.1',
    '1.2.3.256',
    '1..2',
    'a.b',
    '0x',
    '08',
    '4294967296',
    '1.16777216',
  ])
    assert.equal(readIpv4(text), undefined, text)
})

test('a host is what a server would connect to', () => {
  const kinds: readonly (readonly [host: string, kind: number, isDisguised?: boolean])[] = [
    ['169.254.169.254', HostKind.metadata],
    ['0xa9fea9fe', HostKind.metadata, true],
    ['2852039166', HostKind.metadata, true],
    ['[::ffff:169.254.169.254]', HostKind.metadata, true],
    ['[::ffff:a9fe:a9fe]', HostKind.metadata, true],
    ['[fd00:ec2::254]', HostKind.metadata],
    ['metadata.google.internal', HostKind.metadata],
    ['100.100.100.200', HostKind.metadata],
    ['localhost', HostKind.loopback],
    ['localhost.', HostKind.loopback],
    ['127.8.9.10', HostKind.loopback],
    ['0.0.0.0', HostKind.loopback],
    ['[::1]', HostKind.loopback],
    ['[::]', HostKind.loopback],
    ['[::ffff:7f00:1]', HostKind.loopback, true],
    ['[64:ff9b::7f00:1]', HostKind.loopback, true],
    ['[2002:7f00:1::]', HostKind.loopback, true],
    ['10.1.2.3', HostKind.private],
    ['172.31.0.1', HostKind.private],
    ['172.32.0.1', HostKind.public],
    ['192.168.0.1', HostKind.private],
    ['[fe80::1]', HostKind.private],
    ['api.default.svc.cluster.local', HostKind.internal],
    ['127.0.0.1.nip.io', HostKind.rebinding],
    ['192.0.2.1', HostKind.public],
    ['example.org', HostKind.public],
    ['[2001:db8::1]', HostKind.public],
  ]
  for (const [host, kind, isDisguised = false] of kinds)
    assert.deepEqual(hostKind(host), { kind, isDisguised }, host)
})

const attacks = [
  'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
  'http://[::ffff:169.254.169.254]/latest/',
  'http://0x7f.1/',
  'http://2130706433:8080/admin',
  'http://127.0.0.1:6379/',
  'http://localhost/server-status',
  'http://x@127.0.0.1/',
  '//127.0.0.1/x',
  'gopher://192.0.2.1:6379/_INFO',
  'dict://192.0.2.1:11211/stat',
  'ldap://192.0.2.1/x',
  'http://127.0.0.1.nip.io/',
  'http://kubernetes.default.svc/api/v1/secrets',
]

const harmless: readonly (readonly [value: string, field?: string, context?: AttackContext])[] = [
  ['https://example.org/a'],
  ['//cdn.example.org/x.js'],
  ['http://localhost:3000/callback', 'redirect_uri'],
  ['http://localhost:8080/a', 'referer', 'header'],
  ['127.0.0.1:8080', 'host', 'header'],
  ['http://192.168.1.20/printer'],
  [
    'The metadata are at http://169.254.169.254/ in every machine of this cloud, and that is how it finds out who it is.',
  ],
  ['1.2.3.4'],
]

test('addresses that only a server reaches are attacks', () => {
  for (const value of attacks) assert.ok(isAttack(value), `${value}: ${rulesOf(value).join(' ')}`)
})

test('public addresses, and where a client says it comes from, are none', () => {
  for (const [value, field = 'url', context = 'query'] of harmless)
    assert.ok(
      !rulesAtFirstLevel(value, field, context),
      `${value}: ${rulesOf(value, context, { field }).join(' ')}`,
    )
})

function rulesAtFirstLevel(value: string, field: string, context: AttackContext): boolean {
  return rulesOf(value, context, { field }).some(
    (rule) => rule.startsWith('ssrf.') && rule !== 'ssrf.private-address' && rule !== 'ssrf.mention',
  )
}

test('any host is read without an error', () => {
  const pieces = fc.constantFrom(
    '[',
    ']',
    ':',
    '.',
    '0x',
    '0',
    '7f',
    '1',
    'ffff',
    '::',
    '@',
    '%',
    'localhost',
    '2002:',
  )
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      hostKind(parts.join(''))
      rulesOf(`http://${parts.join('')}/`)
    }),
    { numRuns: fuzzRuns },
  )
})
