import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import type { AttackContext } from '../attack.ts'
import { isAttack, rulesOf } from '../fixtures.ts'

const attacks: readonly (readonly [how: string, value: string, context?: AttackContext])[] = [
  ['steps', '../../app/config'],
  ['one step to begin with', '../config'],
  ['steps behind a folder', 'static/../../app/config'],
  ['steps with backslashes', '..\\..\\app'],
  ['steps of both kinds', '..\\../app'],
  ['steps that survive a filter', '....//....//app'],
  ['steps with parameters', '/x/..;/..;/manager'],
  ['steps in hexadecimal', '..0x2f..0x2fapp'],
  ['steps decoded once too little', '..%2f..%2fapp'],
  ['steps in overlong UTF-8', '..%c0%af..%c0%afapp'],
  ['steps in the path', '/static/../../x', 'path'],
  ['steps in a header', '../../../x', 'header'],
  ['a file of Unix', '/etc/passwd'],
  ['a file of Unix in JSON', '/etc/shadow', 'body'],
  ['a file of Windows', 'C:\\Windows\\win.ini'],
  ['a file of a process', '/proc/self/environ'],
  ['a file of a server', '/WEB-INF/web.xml'],
  ['a key', '/home/x/.ssh/id_rsa'],
  ['a file whose end is cut off', 'report.php\0.jpg'],
  ['a filter of PHP', 'php://filter/convert.base64-encode/resource=index.php'],
  ['the input of PHP', 'php://input'],
  ['a command of PHP', 'expect://id'],
  ['an archive', 'phar://upload.jpg/x'],
  ['a file by address', 'file:///x'],
  ['a program as an address', 'data:text/plain;base64,PD9waHAg'],
  ['a program from elsewhere', 'http://192.0.2.1/shell.txt?'],
]

const harmless: readonly (readonly [value: string, context?: AttackContext])[] = [
  ['wait...'],
  ['one..two'],
  ['1..10'],
  ['a/b/c.txt'],
  ['./a'],
  ['and then ......... nothing'],
  ['v1.2.3'],
  ['HEAD~3..HEAD'],
  ['main...feature'],
  ['https://example.org/a/b.php'],
  ['http://example.org/report.txt'],
  ['import x from "../lib/y.ts"', 'body'],
  ['<img src="../images/a.png">', 'body'],
  ['etc.'],
  [
    'The users are in /etc/passwd and the hashes of what they type are in /etc/shadow, which is not for everyone.',
    'body',
  ],
  ['c/ major, 3'],
  ['C:\\Users\\jane\\Documents\\report.docx', 'body'],
  ['a/b/c/../d'],
  ['~/.bashrc', 'body'],
  ['/var/log/app.log', 'body'],
  ['/etc/nginx/conf.d/site.conf', 'body'],
]

test('paths that leave their folder, and files that tell, are attacks', () => {
  for (const [how, value, context] of attacks) {
    assert.ok(isAttack(value, context), `${how}: ${value}: ${rulesOf(value, context).join(' ')}`)
    assert.ok(
      rulesOf(value, context).some((rule) => rule.startsWith('path.') || rule.startsWith('inclusion.')),
      `${how}: ${rulesOf(value, context).join(' ')}`,
    )
  }
})

test('dots, versions, ranges and imports are none', () => {
  for (const [value, context] of harmless)
    assert.ok(!isAttack(value, context), `${value}: ${rulesOf(value, context).join(' ')}`)
})

test('any text is judged without an error', () => {
  const pieces = fc.constantFrom(
    '.',
    '..',
    '/',
    '\\',
    '0x2e',
    '%2f',
    ';/',
    '\0',
    '{file}',
    'http://',
    '1',
    'x',
    '%00',
  )
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const value = parts.join('')
      assert.deepEqual(rulesOf(value, 'path'), rulesOf(value, 'path'))
    }),
    { numRuns: fuzzRuns },
  )
})
