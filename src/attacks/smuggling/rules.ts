import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'request-smuggling', id: `smuggling.${name}`, points, level, what }
}

/**
 * What two servers in a row may read differently, so that the second sees a request that the first did not (RFC 9112 sections 6.1, 6.3
 * and 11.2), by the code that the parser of HTTP tells it by.
 */
export const smugglingRules: ReadonlyMap<string, AttackRule> = new Map([
  ['http-conflicting-length', rule('conflicting-length', 5, 1, 'two lengths of one body')],
  [
    'http-length-and-transfer-encoding',
    rule('length-and-chunks', 5, 1, 'a length and a transfer encoding for one body'),
  ],
  ['http-length-invalid', rule('odd-length', 5, 1, 'a length that is no plain number')],
  [
    'http-transfer-encoding-invalid',
    rule('odd-transfer-encoding', 5, 1, 'a transfer encoding that some servers know and others do not'),
  ],
  [
    'http-transfer-encoding-repeated',
    rule('repeated-transfer-encoding', 5, 1, 'a transfer encoding that is given twice'),
  ],
  [
    'http-transfer-encoding-old-version',
    rule('old-transfer-encoding', 3, 1, 'a transfer encoding in a version that has none'),
  ],
  ['http-start-line-in-fields', rule('request-in-fields', 5, 1, 'a request among the fields of another')],
  [
    'http-forbidden-trailer',
    rule('framing-in-trailer', 5, 1, 'a length or a transfer encoding behind the body'),
  ],
  ['http-chunk-size-invalid', rule('odd-chunk-size', 3, 1, 'a size of a chunk that is no plain number')],
  ['http-chunk-unterminated', rule('odd-chunk-end', 3, 1, 'a chunk that ends elsewhere than it says')],
  ['http-space-before-colon', rule('blank-before-colon', 3, 1, 'a blank behind the name of a field')],
  [
    'http-field-name-invalid',
    rule('odd-field-name', 2, 2, 'a name of a field with characters that none has'),
  ],
  [
    'http-data-after-close',
    rule('data-after-close', 2, 2, 'a request behind one that was said to be the last'),
  ],
  ['http-length-repeated', rule('repeated-length', 2, 2, 'the same length given twice')],
  ['http-obs-fold', rule('folded-field', 2, 2, 'a field that goes on in another line')],
  ['http2-length-mismatch', rule('http2-length', 5, 1, 'a length that is another than that of the body')],
  [
    'http2-transfer-encoding',
    rule('http2-transfer-encoding', 5, 1, 'a transfer encoding in HTTP/2, which has none'),
  ],
  ['http2-field-character', rule('http2-line-break', 5, 1, 'a line break in a field')],
  ['http2-authority-conflict', rule('http2-two-hosts', 3, 2, 'a host that contradicts the authority')],
  [
    'http2-pseudo-field',
    rule('http2-pseudo-field', 2, 2, 'a pseudo field that is not for this, or comes twice'),
  ],
  ['http2-field-name', rule('http2-odd-field-name', 2, 2, 'a name of a field with characters that none has')],
  ['http-bare-lf', rule('bare-line-feed', 2, 3, 'a line that ends in a line feed alone')],
])
