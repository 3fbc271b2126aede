import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { suite, test } from 'node:test'
import { makeCertificate, makeKeyPair, signCertificate } from './certificate.ts'
import * as der from './der.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const dayMs = 24 * 60 * 60 * 1000

suite('a certificate that is made', () => {
  test('is its own issuer, for servers, under its names and no other', () => {
    const made = makeCertificate({
      names: ['localhost', '127.0.0.1', '::1'],
      notBefore: now,
      notAfter: now + dayMs,
    })
    const certificate = new X509Certificate(made.certificate)
    assert.ok(certificate.verify(certificate.publicKey))
    assert.equal(certificate.ca, false)
    assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1'])
    assert.equal(certificate.checkHost('localhost'), 'localhost')
    assert.equal(certificate.checkHost('evil.example'), undefined)
    assert.equal(certificate.checkIP('127.0.0.1'), '127.0.0.1')
    assert.equal(certificate.checkIP('::1'), '::1')
    assert.equal(certificate.validFromDate.getTime(), now)
    assert.equal(certificate.validToDate.getTime(), now + dayMs)
  })

  test('past 2049 has its times in the other form', () => {
    const late = Date.parse('2051-02-03T04:05:06Z')
    const made = makeCertificate({ names: ['localhost'], notBefore: now, notAfter: late })
    assert.equal(new X509Certificate(made.certificate).validToDate.getTime(), late)
  })
})

test('values are encoded as X.690 and its examples say', () => {
  const rows: [bytes: Uint8Array, hex: string][] = [
    [der.integer(Buffer.from([0])), '020100'],
    [der.integer(Buffer.from([0, 0, 0x80])), '02020080'],
    [der.integer(Buffer.from([0x7f])), '02017f'],
    [der.objectIdentifier('1.2.840.113549'), '06062a864886f70d'],
    [der.objectIdentifier('2.5.29.17'), '0603551d11'],
    [der.boolean(true), '0101ff'],
    [der.octetString(Buffer.alloc(127)).subarray(0, 2), '047f'],
    [der.octetString(Buffer.alloc(128)).subarray(0, 3), '048180'],
    [der.octetString(Buffer.alloc(65_536)).subarray(0, 5), '0483010000'],
    [der.time(now), `170d${Buffer.from('261121120000Z').toString('hex')}`],
  ]
  for (const [bytes, hex] of rows) assert.equal(Buffer.from(bytes).toString('hex'), hex)
})

test('an authority signs for servers and nodes, and its certificate for nothing else', () => {
  const keys = makeKeyPair()
  const times = { notBefore: now, notAfter: now + dayMs }
  const issuer = { subject: 'Authority', ...keys }
  const authority = new X509Certificate(
    signCertificate(
      { ...times, subject: 'Authority', use: 'authority', names: [], publicKey: keys.publicKey },
      issuer,
    ),
  )
  assert.equal(authority.ca, true)
  assert.ok(authority.checkIssued(authority))
  const rows = [
    {
      use: 'server',
      names: ['controller.example'],
      purpose: '1.3.6.1.5.5.7.3.1',
      said: 'DNS:controller.example',
    },
    { use: 'client', names: ['urn:uuid:1'], purpose: '1.3.6.1.5.5.7.3.2', said: 'URI:urn:uuid:1' },
  ] as const
  for (const { use, names, purpose, said } of rows) {
    const { publicKey } = makeKeyPair()
    const made = new X509Certificate(
      signCertificate({ ...times, subject: 'x', use, names, publicKey }, issuer),
    )
    assert.ok(made.checkIssued(authority) && made.verify(authority.publicKey))
    assert.equal(made.ca, false)
    assert.deepEqual(made.keyUsage, [purpose])
    assert.equal(made.subjectAltName, said)
  }
})
