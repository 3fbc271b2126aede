import type { Match } from '../../../scan/scanner.ts'
import { isBech32 } from '../../checksums/bech32.ts'
import { maskSecret } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { copyExactly, isVaried } from './credential.ts'
import { base64 } from './samples.ts'

/** Blanks may be written as in a form, line ends as in a string of a program or in a URL. */
const blank = '[ +]'
const lineEnds = '(?:[ \\t\\r\\n]|\\\\[rn]|%0[ADad]){1,8}'
const pem = `-----BEGIN${blank}(?:[A-Z0-9]{2,9}${blank}){0,2}PRIVATE${blank}KEY(?:${blank}BLOCK)?-----`
const headers = '(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash)'

/** The part of an age key before the separating digit 1. */
const ageName = 'AGE-SECRET-KEY-'

function isAge({ bytes, start }: Match): boolean {
  return bytes[start] === 0x41
}

/** The marks alone stand in programs that look for keys: only with base64 behind them it is one. */
export const privateKey: Recogniser = {
  id: 'private-key',
  name: 'Private key',
  category: 'credential',
  forms: [
    {
      expression: `${pem}${lineEnds}(?:[A-Za-z0-9+/]{16}(?:[A-Za-z0-9+/]{44})?|${headers}: [ -~]{4})`,
      goesOnWith: '[A-Za-z0-9+/=\\\\\\r\\n:, -]',
      confidence: 0.999,
    },
    {
      expression: 'PuTTY-User-Key-File-[23]: [a-z0-9@.-]{5,40}\\r?\\nEncryption: [a-z0-9-]{3,20}',
      goesOnWith: '[A-Za-z0-9+/=\\r\\n:, @._-]',
      confidence: 0.999,
    },
    { expression: `${ageName}1[02-9AC-HJ-NP-Z]{58}`, confidence: 0.9999 },
  ],
  check: (match) =>
    isAge(match)
      ? isBech32(match.bytes, match.start, match.start + ageName.length, match.end)
      : isVaried(match),
  mayBeJoined: true,
  fieldNames: ['private key', 'key', 'ssh key', 'tls key', 'pem', 'secret', 'identity'],
  contextWords: {},
  mask: (value) => maskSecret(value, beginningLength(value)),
  normalise: copyExactly,
  source:
    'RFC 7468 sections 10, 11 and 13 and RFC 4880 section 6.2; PROTOCOL.key of OpenSSH; PuTTY, appendix C; age specification v1',
  examples: {
    good: [
      `-----BEGIN RSA PRIVATE KEY-----\n${base64(64)}`,
      `-----BEGIN PRIVATE KEY-----\\n${base64(64)}`,
      `-----BEGIN OPENSSH PRIVATE KEY-----\r\n${base64(70)}`,
      `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${base64(64)}`,
      `-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${base64(16)}`,
      `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: key\nPublic-Lines: 2\n${base64(30)}`,
      'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX',
    ],
    bad: [
      '-----BEGIN RSA PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY-----',
      `-----BEGIN PUBLIC KEY-----\n${base64(64)}`,
      `-----BEGIN CERTIFICATE-----\n${base64(64)}`,
      `-----BEGIN RSA PRIVATE KEY-----\n${'x'.repeat(64)}`,
      'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEZ',
    ],
  },
}

/** Up to the end of the first line's mark, of a name and its separator. */
function beginningLength(value: string): number {
  if (value.startsWith('-----')) return value.indexOf('-----', 5) + 5
  return value.startsWith(ageName) ? ageName.length + 1 : value.indexOf(':') + 1
}
