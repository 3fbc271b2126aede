import { scriptSchemes } from './vocabulary.ts'

/** Of all schemes that run something. */
const firstLetters = new Set(scriptSchemes.map((scheme) => scheme[0]))

/** What of an address is read for its scheme. */
const schemeLength = 64

/**
 * The scheme that would run what follows, if the address has one: controls and blanks before and in it are nothing to browsers (WHATWG
 * URL 4.4, and older ones more of them), and neither were backslashes and comments of styles. Undefined for any other address.
 */
export function scriptSchemeOf(lower: string): { scheme: string; rest: string } | undefined {
  let compact = ''
  let at = 0
  for (; at < lower.length && compact.length < schemeLength; at++) {
    if (isSkipped(lower.charCodeAt(at))) continue
    if (compact === '' && !firstLetters.has(lower[at])) return undefined
    compact += lower[at]
  }
  for (const scheme of scriptSchemes)
    if (compact.startsWith(scheme)) return { scheme, rest: compact.slice(scheme.length) + lower.slice(at) }
  return undefined
}

/** Controls, blanks, quotes of all kinds and `\\`. */
function isSkipped(code: number): boolean {
  return code <= 0x20 || code >= 0x7f || code === 0x22 || code === 0x27 || code === 0x5c || code === 0x60
}

/** Whether a link with this scheme does nothing: pages are full of `javascript:void(0)`. */
export function isIdle(scheme: string, rest: string): boolean {
  if (scheme !== 'javascript:') return false
  const body = rest.endsWith(';') ? rest.slice(0, -1) : rest
  return idleScripts.has(body)
}

const idleScripts = new Set([
  '',
  'void(0)',
  'void0',
  '//',
  'void',
  'none',
  '#',
  ';',
  'returnfalse',
  'voidnull',
  'history.back()',
  'window.close()',
  'history.go(-1)',
  'window.print()',
])
