import { hashText, hashWord } from '../../judging/word-hash.ts'
import { maskEmail } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'

/** Letters and digits, and letters of Latin-1 Supplement and Latin Extended-A in UTF-8 (RFC 6531 allows all of Unicode). */
const letter = '(?:[a-z0-9]|[\\xc3-\\xc5][\\x80-\\xbf])'
const localByte = "(?:[a-z0-9._+'-]|[\\xc3-\\xc5][\\x80-\\xbf])"
const label = `${letter}(?:(?:[a-z0-9-]|[\\xc3-\\xc5][\\x80-\\xbf]){0,61}${letter})?`

/** Last labels that are no top-level domains but endings of files: `logo@2x.png`. */
const fileEndings = new Set<number>(
  'png jpg jpeg gif svg webp avif ico css scss less js mjs cjs jsx ts tsx json map html htm xml txt md pdf gz tgz zip jar exe dll lock yml yaml'
    .split(' ')
    .map(hashText),
)

export const email: Recogniser = {
  id: 'email',
  name: 'E-mail address',
  category: 'contact',
  forms: [
    {
      expression: `[a-z0-9_](?:${localByte}{0,62}[a-z0-9_+-])?@(?:${label}\\.){1,8}[a-z]{2,24}`,
      confidence: 0.995,
    },
  ],
  ignoreCase: true,
  mayBeJoined: true,
  check: ({ bytes, start, end, from }) => {
    // The end of a longer local part that is not well-formed.
    if (start > from && bytes[start - 1] === 0x2e) return false
    let lastDot = start
    for (let i = start; i < end; i++) {
      if (bytes[i] !== 0x2e) continue
      if (bytes[i + 1] === 0x2e || bytes[i + 1] === 0x40) return false
      lastDot = i
    }
    return !fileEndings.has(hashWord(bytes, lastDot + 1, end)) && !isUserInfo(bytes, start, from)
  },
  fieldNames: [
    'email',
    'e mail',
    'mail',
    'email address',
    'mail address',
    'courriel',
    'correo',
    'posta elettronica',
    'contact',
    'user',
    'username',
    'login',
    'recipient',
    'sender',
  ],
  contextWords: {
    en: ['email', 'mail', 'contact', 'mailto'],
    de: ['mail', 'kontakt'],
    fr: ['courriel', 'mél'],
    es: ['correo'],
  },
  mask: maskEmail,
  normalise: (bytes, start, end, out) => {
    for (let i = start; i < end; i++)
      out[i - start] = bytes[i] >= 0x41 && bytes[i] <= 0x5a ? bytes[i] | 0x20 : bytes[i]
    return end - start
  },
  source: 'RFC 5321 section 4.1.2, RFC 5322 section 3.4.1, without quoted local parts; RFC 6531',
  examples: {
    good: [
      'jan@example.org',
      "o'brien99@posteo.example",
      'zoe+news484@mail.example.com',
      'k_virtanen@sub.uni.example.eu',
      'Jürgen.Müller@münchen.example',
      'A@EXAMPLE.ORG',
    ],
    bad: [
      'user@host',
      'logo@2x.png',
      'a..b@example.org',
      'jan.@example.org',
      'jan@example.o',
      '@example.org',
      'jan@-example.org',
      'https://user:secret@example.org/',
      'https:\\/\\/user:secret@example.org\\/',
    ],
  },
}

/** The part before `@` of a URL's authority (RFC 3986 section 3.2.1): `https://user:secret@host`, `ssh:\/\/git@host` in JSON. */
function isUserInfo(bytes: Uint8Array, start: number, from: number): boolean {
  for (let i = start - 1; i > from; i--) {
    const byte = bytes[i]
    if (byte === 0x2f) return bytes[i - 1] === 0x2f || (bytes[i - 1] === 0x5c && bytes[i - 2] === 0x2f)
    if (byte <= 0x20 || byte === 0x22 || byte === 0x27 || byte === 0x3c || byte === 0x3e) return false
  }
  return false
}
