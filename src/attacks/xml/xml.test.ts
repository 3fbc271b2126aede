import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAttack, rulesOf } from '../fixtures.ts'

const attacks: readonly (readonly [value: string, rule: string])[] = [
  ['<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]><a>&b;</a>', 'xml.external-entity'],
  ["<!DOCTYPE a [<!ENTITY b PUBLIC 'x' 'http://evil.example/'>]>", 'xml.external-entity'],
  ['<!DOCTYPE a [<!ENTITY % b SYSTEM "http://evil.example/x.dtd"> %b;]>', 'xml.parameter-entity'],
  ['<!DOCTYPE a SYSTEM "http://evil.example/x.dtd"><a/>', 'xml.external-document-type'],
  ['<!DOCTYPE a [<!ENTITY x "x"><!ENTITY y "&x;&x;"><!ENTITY z "&y;&y;">]><a>&z;</a>', 'xml.expansion'],
  [
    '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include parse="text" href="file:///x"/></a>',
    'xml.inclusion',
  ],
]

const harmless = [
  '<!DOCTYPE html><p>x</p>',
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
  '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist/>',
  '<a><!-- entity --><![CDATA[system]]></a>',
  'An external entity is declared with <!ENTITY name SYSTEM "file">, and that is why you should turn it off in the parser that you use.',
]

test('entities and types that are read from elsewhere, or grow, are attacks', () => {
  for (const [value, rule] of attacks) {
    assert.ok(isAttack(value, 'body'), value)
    assert.ok(rulesOf(value, 'body').includes(rule), `${value}: ${rulesOf(value, 'body').join(' ')}`)
  }
})

test('documents with the types that everyone uses are none', () => {
  for (const value of harmless)
    assert.ok(!isAttack(value, 'body'), `${value}: ${rulesOf(value, 'body').join(' ')}`)
})
