import { testAnything, testFields } from '../../test/support/field-cases.ts'
import type { FieldTracker } from './field-tracker.ts'
import { noFields } from './field-tracker.ts'
import { JsonTracker } from './json.ts'
import { limits } from './limits.ts'
import { MailTracker } from './mail.ts'
import { XmlTracker } from './xml.ts'

function trackerFor(mediaType: string): FieldTracker {
  if (mediaType.startsWith('application/json')) return new JsonTracker()
  return mediaType.startsWith('text/html') ? new XmlTracker(true) : noFields
}

const lines = (...all: string[]): string => all.join('\r\n')

const mixed = lines(
  'From: a',
  'Content-Type: multipart/mixed;',
  '\tcharset=utf-8; boundary="X;Y"',
  '',
  'preamble',
  '--X;Y',
)

const alternative = lines(
  mixed,
  'content-type: multipart/alternative; boundary=XX',
  '',
  '--XX',
  'Content-Type: text/plain',
  '',
  'plain',
)

testFields('mail', new MailTracker(trackerFor), [
  ['From: Jane <¤', 'from'],
  ['From: a\r\nTo: b,\r\n  ¤', 'to'],
  ['From: a\nSubject: re: ¤', 'subject'],
  ['From jane@example.org Sat\nTo: ¤', 'to'],
  ['Subject: a\r\n\r\nDear ¤', ''],
  ['Content-Type: application/json; charset=utf-8\r\n\r\n{"patient":{"iban":"¤', '$.patient.iban'],
  ['Content-Type: text/html\n\n<p>a</p>\n<div><b>¤', '/div/b'],
  ['Content-Type:\r\n text/html\r\n\r\n<p>¤', '/p'],
  [
    'Content-Type: text/html\nContent-Transfer-Encoding: Quoted-Printable\n\n<p =\r\nid=3D"a=3E"><b>=3D =zz ¤',
    '/p/b',
  ],
  ['Content-Type: application/json\nContent-Transfer-Encoding: base64\n\neyJhIjoi¤', ''],
  [lines(mixed, 'Content-Disposition: attachment; filename="¤'), 'content-disposition'],
  [lines(mixed, 'Content-Type: application/json', '', '{"a":"¤'), '$.a'],
  [lines(mixed, '', 'text ¤'), ''],
  [lines(mixed, 'Content-Type: application/json', '', '{"a":1}', '--X;Y ', '', 'text ¤'), ''],
  [lines(mixed, 'Content-Type: application/json', '', '{"a":"', '--X;Yz', '--X', '-', '¤'), '$.a'],
  [lines(mixed, 'Content-Type: application/json', '', '{"a":1}', '--X;Y--', 'epilogue ¤'), ''],
  [lines(mixed, 'Content-Type: message/rfc822', '', 'To: ¤'), 'to'],
  [lines(mixed, 'Content-Type: message/rfc822', '', 'Content-Type: text/html', '', '<p>¤'), '/p'],
  [lines(alternative, '--XX', 'Content-Type: text/html', '', '<p>¤'), '/p'],
  [lines(alternative, '--XX--', '--X;Y', 'Content-Type: application/json', '', '{"b":¤'), '$.b'],
  [lines(alternative, '--X;Y', 'Content-Type: application/json', '', '{"b":¤'), '$.b'],
  ['Content-Type: multipart/mixed\n\n--\nA: ¤', ''],
  [`X: ${'x'.repeat(3 * limits.mailHeaderBytes)}\nContent-Type: text/html\n\n<p>¤`, '/p'],
  [
    `${'Content-Type: multipart/mixed; boundary=Z\n\n--Z\n'.repeat(limits.mailNesting + 4)}Content-Type: text/html\n\n<p>¤`,
    '/p',
  ],
])

testAnything('mail', new MailTracker(trackerFor), [
  ...[
    '\r\n',
    '\n',
    '\n\n',
    ' ',
    '\t',
    ':',
    'From: ',
    'Content-Type: ',
    'multipart/mixed; boundary=b',
    'text/html',
  ],
  ...[
    'application/json',
    'message/rfc822',
    'Content-Transfer-Encoding: ',
    'quoted-printable',
    'base64',
    '=',
    '=3D',
  ],
  ...['\n--b\n', '\r\n--b\r\n', '--b--', '--', 'b', '{"a":', '<p>', '"', '\xe9', '\0', 'x'.repeat(90)],
])
