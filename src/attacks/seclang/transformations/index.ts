import { createHash } from 'node:crypto'
import { isAscii, isAsciiLetter, isDigit } from '../../../lib/ascii.ts'
import {
  base64Decode,
  cssDecode,
  escapeSequenceDecode,
  hexDecode,
  htmlEntityDecode,
  jsDecode,
  sqlHexDecode,
  urlDecode,
  utf8ToUnicode,
} from './decode.ts'
import { commandLine, normalizePath, removeComments, replaceBlanks, replaceComments } from './normalize.ts'

/** From a value to one, each character a byte. */
export type Transformation = (value: string) => string

const digest = (algorithm: string) => (value: string) =>
  createHash(algorithm).update(value, 'latin1').digest().toString('latin1')

/** By their names in SecLang, in lower case. `none` is no transformation: it takes those before it away. */
export const transformations: ReadonlyMap<string, Transformation> = new Map<string, Transformation>([
  ['base64decode', (value) => base64Decode(value, false)],
  ['base64decodeext', (value) => base64Decode(value, true)],
  ['base64encode', (value) => Buffer.from(value, 'latin1').toString('base64')],
  ['cmdline', commandLine],
  ['compresswhitespace', (value) => replaceBlanks(value, ' ')],
  ['cssdecode', cssDecode],
  ['escapeseqdecode', escapeSequenceDecode],
  ['hexdecode', hexDecode],
  ['hexencode', (value) => Buffer.from(value, 'latin1').toString('hex')],
  ['htmlentitydecode', htmlEntityDecode],
  ['jsdecode', jsDecode],
  ['length', (value) => String(value.length)],
  ['lowercase', lowerCase],
  ['md5', digest('md5')],
  ['normalisepath', normalizePath],
  ['normalisepathwin', (value) => normalizePath(value.replaceAll('\\', '/'))],
  ['normalizepath', normalizePath],
  ['normalizepathwin', (value) => normalizePath(value.replaceAll('\\', '/'))],
  ['removecomments', removeComments],
  ['removecommentschar', withoutCommentMarks],
  ['removenulls', (value) => value.replaceAll('\0', '')],
  ['removewhitespace', (value) => replaceBlanks(value, '')],
  ['replacecomments', (value) => replaceComments(value, ' ')],
  ['replacenulls', (value) => value.replaceAll('\0', ' ')],
  ['sha1', digest('sha1')],
  ['sqlhexdecode', sqlHexDecode],
  ['trim', (value) => value.trim()],
  ['trimleft', (value) => value.trimStart()],
  ['trimright', (value) => value.trimEnd()],
  ['uppercase', upperCase],
  ['urldecode', (value) => urlDecode(value, false)],
  ['urldecodeuni', (value) => urlDecode(value, true)],
  ['urlencode', (value) => Array.from(value, encoded).join('')],
  ['utf8tounicode', utf8ToUnicode],
])

function withoutCommentMarks(value: string): string {
  return ['/*', '*/', '<!--', '-->', '--', '#'].reduce((text, mark) => text.replaceAll(mark, ''), value)
}

/** Letters of ASCII: a byte beyond is a part of a character. */
function lowerCase(value: string): string {
  return isAscii(value)
    ? value.toLowerCase()
    : Array.from(value, (c) => (c < '\x80' ? c.toLowerCase() : c)).join('')
}

function upperCase(value: string): string {
  return isAscii(value)
    ? value.toUpperCase()
    : Array.from(value, (c) => (c < '\x80' ? c.toUpperCase() : c)).join('')
}

function encoded(character: string): string {
  const code = character.charCodeAt(0)
  if (isAsciiLetter(code) || isDigit(code) || character === '*') return character
  return character === ' ' ? '+' : `%${code.toString(16).padStart(2, '0')}`
}
