import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ContentFormat } from '../model/content-format.ts'
import { documentFormat } from './document-format.ts'

const documents: [format: ContentFormat, text: string][] = [
  ['json', '{"a": 1}'],
  ['ndjson', '{"a": 1}\n{"a": 2}\n'],
  ['html', '<!doctype html><p>x'],
  ['xml', '<order><id>1'],
  ['sql', "-- all\nselect * from t where a = 'b'"],
  ['sql', 'SELECT c.name, c.email\nFROM customers c'],
  ['sql', "INSERT INTO t (a) VALUES ('b')"],
  ['sql', "UPDATE t SET a = 'b'"],
  ['sql', 'WITH x AS (SELECT 1) SELECT * FROM x'],
  ['sql', 'COPY customers (name) FROM stdin;\nAnna\n'],
  ['sql', "CALL add_patient('Anna')"],
  ['text', 'Call me: 030 901820 tomorrow'],
  ['text', 'With regard to your letter of May'],
  ['text', 'Update: the room has changed'],
  ['text', 'Copy this, and create something from it'],
  ['vcard', 'BEGIN:VCARD\r\nFN:x\r\n'],
  ['vcard', 'begin:vcalendar\nVERSION:2.0\n'],
  ['form', 'a=1&b=2'],
  ['csv', 'name;email\nx;y\n'],
  ['yaml', '---\na: 1\n'],
  ['yaml', '%YAML 1.2\n---\n- 1\n'],
  ['yaml', 'customer:\n  name: x\n  accounts:\n  - iban: y\n'],
  ['yaml', '# people\n- name: x\n  address:\n    city: y\n\n- name: z\n'],
  ['yaml', 'names:\n- x\n- y\n'],
  ['yaml', 'apiVersion: v1\nkind: Secret\ndata:\n  user: x\ntext: |\n  Dear all,\n  bye\n'],
  ['mail', 'From: a@b\r\nTo: c@d,\r\n e@f\r\n\r\nDear c'],
  ['mail', 'From a@b Sat\nreceived: x\nX-A: 1\nSubject: y\n\n- z'],
  ['text', 'From: Berlin\nto: Paris\nby train'],
  ['text', 'Date: today\nNote: x\n\nDear c'],
  ['hl7', 'MSH|^~\\&|LAB|CLINIC\rPID|1||12\r'],
  ['hl7', '\u000bMSH$*%!@#$LAB\r'],
  ['text', 'MSHA|^~\\&|LAB'],
  ['text', 'name: x\niban: y\n'],
  ['text', 'Dear team:\n  - the report\n'],
  ['text', 'Error: no such file\n    at open (fs.js:1:2)\n'],
  ['text', 'TypeError:\n    at open (fs.js:1:2)\n'],
  ['text', 'We met today.\nnotes:\n  - one\n'],
  ['text', '-----BEGIN CERTIFICATE-----\nMIIB\n'],
  ['text', '---- note ----\nname: x\n'],
  ['text', 'a'],
  ['text', ''],
  ['text', 'a\u0001b'],
  ['json', '{"a": "\u0001"}'],
  ['binary', '\u0000\u0001'],
]

const binary: [format: ContentFormat, latin1: string][] = [
  ['msgpack', '\x81\xa4iban\xa3DE8'],
  ['msgpack', '\x91\xde\x00\x01\xd9\x04iban\xc0'],
  ['bson', '\x0f\0\0\0\x02a\0\x03\0\0\0xy\0\0'],
  ['bson', '\x08\0\0\0\x0aa\0\0\x08\0\0\0\x0aa\0\0'],
  ['avro', 'Obj\x01\x04\x16avro.schema\x10"string"\0'],
  ['protobuf', '\x08\x96\x01\x12\x07testing'],
  ['grpc', '\0\0\0\0\x0c\x08\x96\x01\x12\x07testing'],
  ['grpc', '\0\0\0\0\x02\x08\x01\0\0\0\0\x02\x08\x01'],
  ['text', '\x93Dear\x94'],
  ['text', '\xfcber alle'],
  ['binary', '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR'],
  ['binary', '\x1f\x8b\x08\0\0\0\0\0\0\x03abc'],
  ['zip', 'PK\x03\x04\x14\0\0\0'],
  ['binary', '\x7fELF\x02\x01\x01\0'],
  ['binary', '\xff\xd8\xff\xe0\0\x10JFIF\0'],
  ['binary', '\0asm\x01\0\0\0'],
  ['pdf', '%PDF-1.7\n\0\x01'],
]

describe('how a document is to be read', () => {
  for (const [format, text] of documents) {
    it(`${JSON.stringify(text)} is ${format}`, () => {
      assert.equal(documentFormat(Buffer.from(text)), format)
    })
  }
  for (const [format, bytes] of binary) {
    it(`${JSON.stringify(bytes)} is ${format}`, () => {
      assert.equal(documentFormat(Buffer.from(bytes, 'latin1')), format)
    })
  }

  it('is told for whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        assert.equal(typeof documentFormat(bytes), 'string')
      }),
      { numRuns: fuzzRuns },
    )
  })
})
