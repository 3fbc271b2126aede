import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector } from '../../test/support/built-in-detector.ts'
import type { FlowDetails } from '../model/records.ts'
import { Redaction } from './redaction.ts'

const redaction = new Redaction(builtInDetector)

test('personal data in what a record repeats of the traffic is masked', () => {
  const table: [text: string, redacted: string][] = [
    ['shop.example.org:8080', 'shop.example.org:8080'],
    ['10.0.0.7:80', '10.0.0.7:80'],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (X11; Linux x86_64)'],
    ['jane.doe@clinic.example', 'j***@c***.example'],
    ['reader (jane.doe@clinic.example; +49 30 90182017)', 'reader (j***@c***.example; +49 ** ******17)'],
    ['', ''],
  ]
  for (const [text, redacted] of table) {
    assert.equal(redaction.text(text), redacted)
    assert.equal(redaction.text(text), redacted, 'the second time')
  }
})

test('all texts of a record are masked, in lists and in lists of objects', () => {
  const details: FlowDetails = {
    http: { requests: 1, responses: 1, methods: ['GET', 'jane.doe@clinic.example'], statuses: { 200: 1 } },
    tls: {
      sni: 'jane.doe@clinic.example',
      certificates: [
        {
          ...{ subject: 'E=jane.doe@clinic.example', issuer: 'CN=Test', names: ['jane.doe@clinic.example'] },
          ...{ notBefore: '', notAfter: '', key: '', fingerprint: '', selfSigned: false },
        },
      ],
    },
  }
  redaction.details(details)
  assert.ok(!JSON.stringify(details).includes('jane'))
  assert.deepEqual(details.http?.methods, ['GET', 'j***@c***.example'])
  assert.equal(details.http?.requests, 1)
})
