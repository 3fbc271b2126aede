import { isCapital, isLetterOrBeyondAscii } from '../../../lib/ascii.ts'
import { hashText, hashWord } from '../../judging/word-hash.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isPlaceholder } from '../../values/placeholder.ts'
import { isTemplate } from '../../values/template.ts'
import { namesOf } from '../names-of-fields.ts'
import { copyExactly } from './credential.ts'

const shortest = 4
/** What bcrypt reads of one. */
const longest = 72

const fieldNames = namesOf(
  'password, passwd, pwd, passphrase, pass phrase, passwrd, userpass, user pass, login pass, db pass, smtp pass, passcode',
  'passwort, kennwort, mot de passe, motdepasse, mdp, contrasena, contraseña, clave de acceso, senha, palavra passe',
  'wachtwoord, haslo, hasło, losenord, lösenord, adgangskode, passord, salasana, heslo, jelszo, jelszó, parola, sifre',
  'şifre, lozinka, geslo, slaptazodis, parool, κωδικος προσβασης, пароль, парола, 密码, パスワード, 비밀번호',
)

/** What forms and programs write where a password will stand: what it is called, and what else is said of one. */
const ofForms = new Set(
  `${fieldNames.join(' ')} passwords secret required optional forgot reset change confirm confirmation new old current enter repeat show hide weak strong changeme change files compat systemd sss plain plaintext encrypted hashed prompt input never always basic bearer token search email checkbox hidden`
    .split(' ')
    .map(hashText),
)

/** Digits of hashes in hexadecimal: MD5, SHA-1, SHA-224 to SHA-512. */
const hashLengths: ReadonlySet<number> = new Set([32, 40, 56, 64, 96, 128])

/** Which kinds of characters stand in a value. One object is reused. */
const kinds = { small: 0, capital: 0, digit: 0, mark: 0, hex: 0, dots: 0, size: 0, isText: true }

function readKinds(bytes: Uint8Array, start: number, end: number): void {
  kinds.small = kinds.capital = kinds.digit = kinds.mark = kinds.hex = kinds.dots = 0
  kinds.size = end - start
  kinds.isText = true
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    const letter = byte | 0x20
    if (byte <= 0x20 || byte === 0x7f) kinds.isText = false
    if (byte >= 0x30 && byte <= 0x39) kinds.digit++
    else if (byte >= 0x61 && byte <= 0x7a) kinds.small++
    else if (byte >= 0x41 && byte <= 0x5a) kinds.capital++
    else kinds.mark++
    if (byte === 0x2e) kinds.dots++
    if ((byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66)) kinds.hex++
  }
}

/**
 * How sure one can be of what stands under a password's name. Blanks make it a sentence about passwords, as of a form; a
 * hash is found as one where it has a form, and is none that opens anything where it has not.
 */
function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < shortest || end - start > longest) return 0
  if (isPlaceholder(bytes, start, end) || isTemplate(bytes, start, end)) return 0
  readKinds(bytes, start, end)
  if (!kinds.isText || isHash(bytes, start) || isDirectory(bytes, start)) return 0
  if (isOfForm(bytes, start, end) || isCode(bytes, start, end)) return 0
  const { small, capital, digit, mark } = kinds
  const count = Math.sign(small) + Math.sign(capital) + Math.sign(digit) + Math.sign(mark)
  if (count > 2) return 0.3
  if (digit > 0 || (mark > 0 && small + capital > 0 && isDelimited(bytes, start))) return 0.12
  // A single word, which a setting may be as well: `passwd: files`.
  return isDelimited(bytes, start) ? 0.03 : 0.005
}

/** Hexadecimal and as long as a hash; `{SSHA}…`, `$2b$…`, `*94BD…` of MySQL, `md5…` of PostgreSQL. */
function isHash(bytes: Uint8Array, start: number): boolean {
  const { size, hex, digit } = kinds
  const first = bytes[start]
  if (digit > 0 && hex === size && hashLengths.has(size)) return true
  if (first === 0x7b) return true
  if (first === 0x24)
    return bytes[start + 2] === 0x24 || bytes[start + 3] === 0x24 || bytes[start + 1] === 0x61
  const isMysql = first === 0x2a && size === 41 && hex === 40
  const isPostgresql = size === 35 && bytes[start] === 0x6d && hex >= 33
  return isMysql || isPostgresql
}

/** A word of forms and settings without a digit: `newPassword`, `login.password.label`. */
function isOfForm(bytes: Uint8Array, start: number, end: number): boolean {
  if (kinds.digit > 0) return false
  let from = start
  for (let i = start; i <= end; i++) {
    const isWordEnd =
      i === end ||
      !isLetterOrBeyondAscii(bytes[i]) ||
      (i > from && isCapital(bytes[i]) && !isCapital(bytes[i - 1]))
    if (!isWordEnd) continue
    if (i > from && ofForms.has(hashWord(bytes, from, i))) return true
    from = i < end && isLetterOrBeyondAscii(bytes[i]) ? i : i + 1
  }
  return false
}

/** Calls, indexes, fields of variables, items of lists: `get_password()`, `argv[1]`, `user.secret`, `BinaryLike,`. */
function isCode(bytes: Uint8Array, start: number, end: number): boolean {
  // Between two texts that a program puts together: `"Password="+p+";"`.
  if (bytes[start] === 0x2b) return true
  const { small, capital, mark, dots, digit } = kinds
  for (let i = start + 1; i < end; i++) {
    const isOpening = bytes[i] === 0x28 || bytes[i] === 0x5b
    if (isOpening && isLetterOrBeyondAscii(bytes[i - 1]) && (i + 1 === end || hasClosing(bytes, i + 1, end)))
      return true
  }
  if (isDelimited(bytes, start)) return false
  const comma = bytes.indexOf(0x2c, start)
  const isList = comma >= 0 && comma < end
  return isList || (dots > 0 && mark === dots && digit === 0 && small + capital > 0)
}

function hasClosing(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 0x29 || bytes[i] === 0x5d) return true
  return false
}

/** `/home/someone`, for the working directory is called PWD, too; and what an escape of a typesetter begins. */
function isDirectory(bytes: Uint8Array, start: number): boolean {
  return (
    bytes[start] === 0x2f ||
    bytes[start] === 0x5c ||
    (bytes[start + 1] === 0x3a && (bytes[start + 2] === 0x5c || bytes[start + 2] === 0x2f))
  )
}

/** Behind a quote, an equals sign or a tag, or at the start of what was cut out as the value of a field. */
function isDelimited(bytes: Uint8Array, start: number): boolean {
  const before = start > 0 ? bytes[start - 1] : 0
  return before === 0 || before === 0x22 || before === 0x27 || before === 0x3d || before === 0x3e
}

export const password: Recogniser = {
  id: 'password',
  name: 'Password',
  category: 'credential',
  forms: [],
  value: confidenceOf,
  fieldNames,
  notFieldNames: namesOf(
    'password hash, password hint, password policy, password length, password changed, password file, password reset',
    'password expiry, password strength, password type, password field, password id, password age, password authentication',
    'password error, password label, password placeholder, password encoder, password column, password confirmation label',
  ),
  contextWords: {},
  mask: () => '****',
  normalise: copyExactly,
  source: 'OWASP Top 10 2021, A07; GDPR Art. 32(1): what opens the door to personal data',
  examples: {
    good: [
      'hunter2',
      'S3cr3t!pass',
      'Tr0ub4dor&3',
      'sunshine',
      'correct-horse-battery',
      '12345678',
      'p@ssw0rd',
    ],
    bad: [
      '****',
      '••••••••',
      '${DB_PASSWORD}',
      '{{ password }}',
      '$PASSWORD',
      '%s',
      '<password>',
      'null',
      'newPassword',
      'login.password.label',
      'Mot de passe oublié',
      '5f4dcc3b5aa765d61d8327deb882cf99',
      'getPassword()',
      '{SSHA}kHk1sTzXo9aV0Wm1JcJpHlqf',
      'xxxxxx',
      '/home/anna/projects',
      'auth[1]',
      'Kennwort',
    ],
  },
}
