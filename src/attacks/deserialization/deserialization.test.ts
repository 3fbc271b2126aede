import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ValueRole } from '../detector.ts'
import { isAttack, rulesOf } from '../fixtures.ts'

const attacks: readonly (readonly [value: string, rule: string, role?: ValueRole])[] = [
  ['\u00ac\u00ed\0\u0005sr\0\u0011', 'deserialization.java'],
  ['rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA', 'deserialization.java'],
  ['aced00057372', 'deserialization.java'],
  ['{"x":["com.sun.rowset.JdbcRowSetImpl",{"autoCommit":true}]}', 'deserialization.gadget'],
  ['{"@type":"com.sun.rowset.JdbcRowSetImpl"}', 'deserialization.type-name'],
  ['<java version="1.8" class="java.beans.XMLDecoder">', 'deserialization.type-name'],
  ['O:8:"stdClass":1:{s:1:"a";i:1;}', 'deserialization.php'],
  ['a:1:{i:0;O:3:"Foo":0:{}}', 'deserialization.php'],
  ['O:+3:"Foo":0:{}', 'deserialization.php'],
  ["cos\nsystem\n(S'id'\ntR.", 'deserialization.python'],
  ['gASVKAAAAAAAAACMBXBvc2l4', 'deserialization.python'],
  ['AAEAAAD/////AQAAAAAAAAAMAgAAA', 'deserialization.dot-net'],
  ['{"$type":"System.Windows.Data.ObjectDataProvider, PresentationFramework"}', 'deserialization.gadget'],
  ['\u0004\bo:\u0008Foo', 'deserialization.ruby'],
  ['{"a":"_$$ND_FUNC$$_function(){}()"}', 'deserialization.node'],
  ['!!python/object/apply:os.system ["id"]', 'deserialization.yaml'],
  ['!!javax.script.ScriptEngineManager [x]', 'deserialization.yaml'],
  ['__proto__[admin]', 'deserialization.prototype', 'name'],
  ['{"__proto__":{"admin":true}}', 'deserialization.prototype'],
  ['constructor.prototype.admin', 'deserialization.prototype'],
]

const harmless = [
  'a:2:{s:3:"foo";s:3:"bar";i:0;b:1;}',
  'O:8:"no"',
  'rOOAB',
  '{"type":"System"}',
  'AAEAAAD',
  'prototype of the car',
  'https://example.org/gASV',
  'com.example.app',
]

test('serialised objects, and classes by which they run code, are attacks', () => {
  for (const [value, rule, role] of attacks)
    assert.ok(
      rulesOf(value, 'body', { role: role ?? 'value' }).includes(rule),
      `${value}: ${rulesOf(value, 'body').join(' ')}`,
    )
})

test('arrays, names and what only begins alike are none', () => {
  for (const value of harmless)
    assert.ok(!isAttack(value, 'body'), `${value}: ${rulesOf(value, 'body').join(' ')}`)
})

test('a field that names a class of the platform is told', () => {
  assert.ok(rulesOf('java.net.URL', 'body', { field: '@type' }).includes('deserialization.type-name'))
  assert.ok(
    rulesOf('System.IO.FileInfo, System.IO', 'body', { field: '$type' }).includes(
      'deserialization.type-name',
    ),
  )
  assert.deepEqual(rulesOf('java.util.ArrayList', 'body', { field: '@class' }), [])
  assert.deepEqual(rulesOf('com.example.Order', 'body', { field: '@class' }), [])
})
