import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { makeCertificate } from './certificate.ts'
import * as der from './der.ts'
import { ownCertificate, readCertificate } from './server-certificate.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const dayMs = 24 * 60 * 60 * 1000

function filesIn(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-tls-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') }
}

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

suite('the certificate of a server', () => {
  test('is made once, readable for its owner only, and anew a month before it expires', (t) => {
    const files = filesIn(t)
    const first = ownCertificate(files, now)
    assert.equal(statSync(files.key).mode & 0o777, 0o600)
    assert.deepEqual(ownCertificate(files, first.notAfter - 31 * dayMs), first)
    assert.notEqual(ownCertificate(files, first.notAfter - 29 * dayMs).fingerprint, first.fingerprint)
  })

  test('is refused where it is none, or the key is of another', (t) => {
    const files = filesIn(t)
    const other = filesIn(t)
    ownCertificate(files, now)
    ownCertificate(other, now)
    assert.throws(() => readCertificate({ ...files, key: other.key }), {
      code: 'CERTIFICATE_UNUSABLE',
      message: /key is of another certificate/,
      nextStep: /--tls-certificate/,
    })
    writeFileSync(files.certificate, readFileSync(files.certificate).subarray(0, 200))
    assert.throws(() => ownCertificate(files, now), { code: 'CERTIFICATE_UNUSABLE' })
    assert.throws(() => readCertificate({ ...files, key: '/nowhere' }), { message: /ENOENT/ })
  })
})
