import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../../test/support/fuzz-runs.ts'
import { transformations } from './index.ts'

test('values are transformed as their names say', () => {
  for (const [name, value, expected] of [
    ['base64decode', 'YWJj', 'abc'],
    ['base64decode', 'YWJj!ZGVm', 'abc'],
    ['base64decodeext', 'YW Jj', 'abc'],
    ['base64encode', 'abc', 'YWJj'],
    ['cmdline', 'C^md.exe  /c "ECHO", x', 'cmd.exe/c echo x'],
    ['cmdline', 'cat   (x);ls', 'cat(x) ls'],
    ['compresswhitespace', 'a \t\n b', 'a b'],
    ['cssdecode', String.raw`\6a a\va\000073 cript\"`, 'javascript"'],
    ['escapeseqdecode', String.raw`\x41\101\n\q\\`, 'AA\n\\q\\'],
    ['hexdecode', '414g42', 'A'],
    ['hexencode', 'AB', '4142'],
    ['htmlentitydecode', '&lt;&#60;&#x3C;&quot &bogus; &#;', '<<<" &bogus; &#;'],
    ['jsdecode', String.raw`\u0041\x42\103\n\q\u00ff\uff1c`, 'ABC\nq\xff<'],
    ['jsdecode', 'a\\', 'a\\'],
    ['length', 'abc', '3'],
    ['lowercase', 'ABC\xc4', 'abc\xc4'],
    ['uppercase', 'abc\xe4', 'ABC\xe4'],
    ['md5', 'a', '\x0c\xc1u\xb9\xc0\xf1\xb6\xa81\xc3\x99\xe2iw&a'],
    ['normalizepath', '/a/./b/../../c//d/', '/c/d/'],
    ['normalizepath', '../../a', '../../a'],
    ['normalizepath', '/../a', '/a'],
    ['normalizepathwin', String.raw`\a\..\b`, '/b'],
    ['removecomments', 'a/* b */c<!-- d -->e--f', 'ace'],
    ['removecommentschar', 'a/*b*/c#d', 'abcd'],
    ['removenulls', 'a\0b', 'ab'],
    ['replacenulls', 'a\0b', 'a b'],
    ['removewhitespace', ' a b\t', 'ab'],
    ['replacecomments', 'a/* b */c/* d', 'a c '],
    ['sqlhexdecode', 'a0x414243 0x', 'aABC 0x'],
    ['trim', ' a ', 'a'],
    ['urldecode', '%41+%zz%4', 'A %zz%4'],
    ['urldecode', '%u0041', '%u0041'],
    ['urldecodeuni', '%u0041%uff1c%41%u00', 'A<A%u00'],
    ['urlencode', 'a b/', 'a+b%2f'],
    ['utf8tounicode', 'a\xc3\xa4\xf0\x9f\x98\x80\xc0\xaf\xff', 'a%u00e4%u1f600\xc0\xaf\xff'],
  ])
    assert.equal(transformations.get(name)?.(value), expected, `${name} of ${JSON.stringify(value)}`)
})

test('of any bytes each gives bytes, no more than a few for each', () => {
  const bytes = fc.uint8Array({ maxLength: 40 }).map((all) => Buffer.from(all).toString('latin1'))
  const telling = fc
    .array(
      fc.constantFrom(
        '%',
        'u',
        '0',
        'x',
        '\\',
        '&',
        '#',
        ';',
        '/',
        '*',
        '.',
        '-',
        '<',
        '!',
        '\0',
        '\xc3',
        'a',
      ),
      {
        maxLength: 30,
      },
    )
    .map((all) => all.join(''))
  fc.assert(
    fc.property(fc.oneof(bytes, telling), (value) => {
      for (const [name, transformation] of transformations) {
        const text = transformation(value)
        assert.ok(text.length <= 20 + 6 * value.length, name)
        assert.ok(
          Array.from(text).every((character) => character.charCodeAt(0) < 256),
          name,
        )
      }
    }),
    { numRuns: fuzzRuns },
  )
})
