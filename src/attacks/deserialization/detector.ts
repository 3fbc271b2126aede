import { isDigit } from '../../lib/ascii.ts'
import { skipBlanks } from '../characters.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { Trait } from '../traits.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'

/** Serialised objects as they begin, in bytes, in base64 and in hexadecimal. Names of classes in them are in `literals.ts`. */
export const deserialization: ValueDetector = {
  traits: 0,
  roles: ['value', 'name', 'document', 'file-head'],
  judge(view, sink) {
    const { text, lower, role, traits } = view
    if (role === 'name') {
      judgeName(lower, sink)
      return
    }
    if (text.length < 4) return
    judgeBeginning(view, sink)
    judgeTypeName(view, sink)
    if ((traits & OBJECT_TRAITS) === OBJECT_TRAITS && hasPhpObject(text)) sink.report(rules.php)
  },
}

/** What the beginning of an object of PHP has. */
const OBJECT_TRAITS = Trait.colon | Trait.doubleQuote

/** `__proto__[x]`, `constructor.prototype.x`, as names of parameters and of fields. */
function judgeName(lower: string, sink: AttackSink): void {
  if (
    lower === '__proto__' ||
    lower.startsWith('__proto__') ||
    lower.includes('[__proto__') ||
    lower.includes('.__proto__')
  )
    sink.report(rules.prototype)
}

/**
 * Java: `STREAM_MAGIC` and `STREAM_VERSION` (Object Serialization Specification 6.4.2). .NET: `SerializationHeaderRecord` (MS-NRBF 2.6.1).
 * Python: `PROTO` of 2 to 5 and `FRAME` or `GLOBAL` (PEP 307, PEP 3154). Ruby: Marshal 4.8 with an object or a user's type.
 */
const beginnings: readonly (readonly [prefix: string, rule: keyof typeof rules])[] = [
  ['\u00ac\u00ed\0\u0005', 'java'],
  ['rO0AB', 'java'],
  ['aced0005', 'java'],
  ['ACED0005', 'java'],
  ['%ac%ed%00%05', 'java'],
  ['\\xac\\xed', 'java'],
  ['\0\u0001\0\0\0\u00ff\u00ff\u00ff\u00ff', 'dotNet'],
  ['AAEAAAD/////', 'dotNet'],
  ['0001000000ffffffff', 'dotNet'],
  ['\u0004\bo:', 'ruby'],
  ['\u0004\bU:', 'ruby'],
  ['BAhvOg', 'ruby'],
  ['BAhVOg', 'ruby'],
  ['BAhJbzo', 'ruby'],
  ['gASV', 'python'],
  ['gAWV', 'python'],
  ['gAJjb3MK', 'python'],
  ['gANjb3MK', 'python'],
  ['gANjcG9zaXgK', 'python'],
  ['gAJjcG9zaXgK', 'python'],
  ['gANjc3VicHJvY2Vzcw', 'python'],
  ['gANjYnVpbHRpbnMK', 'python'],
  ['Y29zCnN5c3RlbQ', 'python'],
  ['Y3Bvc2l4CnN5c3RlbQ', 'python'],
  ['\u0080\u0004\u0095', 'python'],
  ['\u0080\u0005\u0095', 'python'],
  ['\u0080\u0003cos\n', 'python'],
  ['\u0080\u0002cos\n', 'python'],
]

/** First characters of the beginnings: most values have another. */
const isFirst = new Uint8Array(256)
for (const [prefix] of beginnings) isFirst[prefix.charCodeAt(0)] = 1

function judgeBeginning({ text }: ValueView, sink: AttackSink): void {
  const start = skipBlanks(text, 0)
  if (isFirst[text.charCodeAt(start) & 0xff] === 0) return
  for (const [prefix, rule] of beginnings) if (text.startsWith(prefix, start)) sink.report(rules[rule])
}

const typeFields = new Set([
  '@type',
  '$type',
  '@class',
  'class',
  '__type',
  '_type',
  '@c',
  'javaclass',
  'valuetype',
])
const systemPackages = [
  'com.sun.',
  'java.',
  'javax.',
  'sun.',
  'org.apache.',
  'org.springframework.',
  'org.codehaus.',
  'ch.qos.',
  'com.mchange.',
  'com.zaxxer.',
  'oracle.jdbc',
  'lcom.sun.',
  'system.',
  'microsoft.',
]

/** A field that says which class to make, and a class of the platform or of a library in it. */
function judgeTypeName({ lower, field }: ValueView, sink: AttackSink): void {
  if (
    typeFields.has(field) &&
    systemPackages.some((name) => lower.startsWith(name)) &&
    !harmlessTypes.has(lower)
  )
    sink.report(rules.typeName)
}

/** What serialisers of data write themselves. */
const harmlessTypes = new Set([
  'java.util.arraylist',
  'java.util.hashmap',
  'java.util.linkedhashmap',
  'java.util.date',
  'java.lang.string',
  'java.lang.long',
  'java.lang.integer',
  'java.util.hashset',
  'java.util.linkedlist',
  'java.math.bigdecimal',
  'java.util.treemap',
  'java.lang.double',
  'java.lang.boolean',
])

/** `O:4:"name":1:{`, `C:4:"name":`: an object, with a name as long as it says. Arrays and scalars are everywhere and do nothing. */
function hasPhpObject(text: string): boolean {
  let at = text.indexOf(':"')
  for (let n = 0; at >= 0 && n < limits.strings; n++) {
    if (isObjectAt(text, at)) return true
    at = text.indexOf(':"', at + 2)
  }
  return false
}

function isObjectAt(text: string, colon: number): boolean {
  let i = colon - 1
  while (i >= 0 && isDigit(text.charCodeAt(i)) && colon - i < 6) i--
  if (i === colon - 1) return false
  const lengthStart = text[i] === '+' ? i : i + 1
  const kind = text[lengthStart - 2]
  if (text[lengthStart - 1] !== ':' || (kind !== 'O' && kind !== 'C' && kind !== 'o')) return false
  const length = Number(text.slice(lengthStart, colon))
  return text[colon + 2 + length] === '"' && text[colon + 3 + length] === ':'
}
