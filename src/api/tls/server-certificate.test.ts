import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { ownCertificate, readCertificate } from './server-certificate.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const dayMs = 24 * 60 * 60 * 1000

function filesIn(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-tls-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') }
}

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
