import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ContentFormat } from '../model/content-format.ts'
import { documentFormat } from './document-format.ts'

const documents: [format: ContentFormat, text: string][] = [
  ['json', '{"a": 1}'],
  ['ndjson', '{"a": 1}\n{"a": 2}\n'],
  ['html', '<!doctype html><p>x'],
  ['xml', '<order><id>1'],
  ['sql', "-- all\nselect * from t where a = 'b'"],
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
  ['text', 'name: x\niban: y\n'],
  ['text', 'Dear team:\n  - the report\n'],
  ['text', 'Error: no such file\n    at open (fs.js:1:2)\n'],
  ['text', 'TypeError:\n    at open (fs.js:1:2)\n'],
  ['text', 'We met today.\nnotes:\n  - one\n'],
  ['text', '-----BEGIN CERTIFICATE-----\nMIIB\n'],
  ['text', '---- note ----\nname: x\n'],
  ['text', 'a'],
  ['text', ''],
  ['binary', '\u0000\u0001'],
]

describe('how a document is to be read', () => {
  for (const [format, text] of documents) {
    it(`${JSON.stringify(text)} is ${format}`, () => {
      assert.equal(documentFormat(Buffer.from(text)), format)
    })
  }
})
