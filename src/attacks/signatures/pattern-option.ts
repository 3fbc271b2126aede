import { SecLangError } from '../seclang/problem.ts'
import { compilePattern } from '../seclang/pattern/compile-pattern.ts'
import type { BufferName, PatternTest } from './signature.ts'
import { SignatureError } from './syntax/rule-text.ts'

/** Letters behind a pattern that say what it is looked for in. */
const bufferFlags: ReadonlyMap<string, BufferName> = new Map([
  ['U', 'http.uri'],
  ['I', 'http.uri.raw'],
  ['P', 'http.request_body'],
  ['H', 'http.header'],
  ['D', 'http.header.raw'],
  ['M', 'http.method'],
  ['C', 'http.cookie'],
  ['V', 'http.user_agent'],
  ['W', 'http.host'],
  ['Z', 'http.host.raw'],
])

/** `"/ab+c/Ui"`: the test, and the buffer that it names itself. @throws SignatureError */
export function readPatternOption(value: string): { test: PatternTest; buffer: BufferName | undefined } {
  const isNegated = value.startsWith('!')
  const quoted = (isNegated ? value.slice(1) : value).trim().replace(/^"|"$/g, '')
  const end = quoted.lastIndexOf('/')
  if (!quoted.startsWith('/') || end === 0) throw new SignatureError('a pattern is not between slashes')
  const flags = [...quoted.slice(end + 1)]
  const modes = flags.filter((flag) => 'ims'.includes(flag)).join('')
  const buffer = flags.flatMap((flag) => bufferFlags.get(flag) ?? [])[0]
  for (const flag of flags)
    if (!'imsRBOG'.includes(flag) && !bufferFlags.has(flag))
      throw new SignatureError(`the letter ${flag} behind a pattern is not known here`)
  const prefix = modes === '' ? '' : `(?${modes})`
  // In a rule a semicolon stands behind a backslash, and a slash may.
  const body = quoted.slice(1, end).replaceAll('\\/', '/').replaceAll('\\;', ';')
  try {
    const pattern = compilePattern(`${prefix}${body}`)
    return { buffer, test: { kind: 'pattern', pattern, isNegated, isRelative: flags.includes('R') } }
  } catch (error) {
    if (error instanceof SecLangError) throw new SignatureError(`its pattern: ${error.message}`)
    throw error
  }
}
