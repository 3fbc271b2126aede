import { isBlank, isWordCode, lastBefore, skipBlanks } from '../characters.ts'
import { limits } from './limits.ts'
import {
  expressionKeywords,
  globalObjects,
  provingCalls,
  tellingCalls,
  tellingMembers,
} from './vocabulary.ts'

/** How sure it is that a text acts as JavaScript. */
export const Acting = { no: 0, maybe: 1, likely: 2, surely: 3 } as const

/**
 * How sure it is that JavaScript of an attacker stands in the text where a program would be read: a call or an access of what attackers
 * are after that stands where an expression may begin and may end. In `use alert(1) to see it` it does not.
 */
export function actingScript(text: string, lower: string): number {
  let best: number = Acting.no
  let judged = 0
  for (let i = 0; i < lower.length;) {
    if (!isNameCode(lower.charCodeAt(i))) {
      i++
      continue
    }
    const start = i
    while (i < lower.length && isNameCode(lower.charCodeAt(i))) i++
    if ((i - start < 3 && lower[start] !== '$') || !mayGoOn(lower, i)) continue
    const name = lower.slice(start, i)
    if (!isTelling(name)) continue
    best = Math.max(best, actingName(text, lower, { name, start, end: i }))
    if (best === Acting.surely || ++judged >= limits.expressions) break
  }
  return best
}

function isNameCode(code: number): boolean {
  return isWordCode(code) || code === 0x24
}

/** Whether what follows a name may go on with it: all that tells anything is called, read, set or handed on. */
function mayGoOn(lower: string, end: number): boolean {
  const next = skipBlanks(lower, end)
  if (next >= lower.length) return false
  const code = lower.charCodeAt(next)
  return code < 0x80 && !isNameCode(code)
}

function isTelling(name: string): boolean {
  return tellingCalls.has(name) || tellingMembers.has(name) || globalObjects.has(name)
}

interface Name {
  readonly name: string
  readonly start: number
  readonly end: number
}

function actingName(text: string, lower: string, { name, start, end }: Name): number {
  if (name === 'function' && text.charCodeAt(start) !== 0x46) return Acting.no
  if (!mayBegin(lower, start)) return Acting.no
  const members = tellingMembers.get(name)
  if (members !== undefined) {
    const acting = actingMember(lower, end, members)
    if (acting !== Acting.no) return acting
  }
  if (globalObjects.has(name)) return computedMember(lower, end)
  return tellingCalls.has(name) ? actingCall(lower, start, end, provingCalls.has(name)) : Acting.no
}

/** What an expression may follow. Letters before it are a sentence, unless they are a keyword. */
function mayBegin(lower: string, start: number): boolean {
  const before = lastBefore(lower, start)
  if (before < 0) return true
  const character = lower[before]
  if (character === ':' || character === ',' || character === '.')
    return before === start - 1 && character !== '.'
  if (!isNameCode(character.charCodeAt(0))) return character.charCodeAt(0) < 0x80
  if (before === start - 1) return false
  let wordStart = before
  while (wordStart > 0 && isNameCode(lower.charCodeAt(wordStart - 1))) wordStart--
  return expressionKeywords.has(lower.slice(wordStart, before + 1))
}

/** `document.cookie`, `document['cookie']`, `document?.cookie`. */
function actingMember(lower: string, end: number, members: ReadonlySet<string>): number {
  let i = skipBlanks(lower, end)
  if (lower.startsWith('?.', i)) i += 2
  else if (lower[i] === '.') i += 1
  else return Acting.no
  i = skipBlanks(lower, i)
  let memberEnd = i
  while (memberEnd < lower.length && isNameCode(lower.charCodeAt(memberEnd))) memberEnd++
  if (!members.has(lower.slice(i, memberEnd))) return Acting.no
  return mayEnd(lower, memberEnd) ? Acting.surely : Acting.maybe
}

/** What follows an expression in a program. A word behind a blank is a sentence. */
function mayEnd(lower: string, end: number): boolean {
  const next = skipBlanks(lower, end)
  if (next >= lower.length) return true
  const code = lower.charCodeAt(next)
  if (next > end && (isNameCode(code) || code > 0x7f)) return false
  if (code === 0x2c || code === 0x2e || code === 0x3f || code === 0x3a) return !isBlankOrEnd(lower, next + 1)
  return true
}

function isBlankOrEnd(text: string, at: number): boolean {
  return at >= text.length || isBlank(text.charCodeAt(at))
}

/** `window['alert'](1)`, `top["al"+"ert"](1)`, `this[/x/.source](1)`: a member by a computed name that is called or set. */
function computedMember(lower: string, end: number): number {
  const open = skipBlanks(lower, end)
  if (lower[open] !== '[') return Acting.no
  const first = lower[skipBlanks(lower, open + 1)]
  if (first === undefined || !'"\'`/(![+'.includes(first)) return Acting.no
  const close = lower.indexOf(']', open)
  if (close < 0) return Acting.maybe
  const next = lower[skipBlanks(lower, close + 1)]
  return next !== undefined && '(`[=.?'.includes(next) ? Acting.surely : Acting.maybe
}

/** A function that is called: `alert(1)`, `` alert`1` ``, `alert?.(1)`, `(alert)(1)`, `alert.call(…)`; or handed on: `.map(alert)`. */
function actingCall(lower: string, start: number, end: number, isProving: boolean): number {
  let i = skipComments(lower, end)
  if (lower.startsWith('?.', i)) i = skipBlanks(lower, i + 2)
  const next = lower[i]
  if (next === '(' || next === '`') {
    const close = lower.indexOf(next === '(' ? ')' : '`', i + 1)
    if (close < 0) return isProving ? Acting.likely : Acting.maybe
    if (!mayEnd(lower, close + 1)) return Acting.maybe
    return isProving ? Acting.surely : Acting.likely
  }
  if (!isProving || i >= lower.length) return Acting.no
  if (lower.startsWith('.call', i) || lower.startsWith('.apply', i) || lower.startsWith('.bind', i))
    return Acting.surely
  return isHandedOn(lower, start, i) ? Acting.surely : Acting.no
}

/** `=alert;`, `(alert)(1)`, `.map(alert)`, `{x=eval}`. */
function isHandedOn(lower: string, start: number, next: number): boolean {
  const before = lower[lastBefore(lower, start)]
  if (before === undefined) return false
  const after = lower[next]
  const behindBracket = after === ')' ? lower[skipBlanks(lower, next + 1)] : undefined
  if (before === ',' && behindBracket === '(') return true
  if (before === '=') return ";,)}'".includes(after)
  if (before !== '(') return false
  if (after !== ')') return after === ',' && !isBlankOrEnd(lower, next + 1)
  const behind = lower[skipBlanks(lower, next + 1)]
  if (behind === '(' || behind === '`') return true
  const caller = lower.charCodeAt(lastBefore(lower, lastBefore(lower, start)))
  return isNameCode(caller) && lower.lastIndexOf('.', start) > start - 16
}

function skipComments(lower: string, at: number): number {
  let i = skipBlanks(lower, at)
  while (lower.startsWith('/*', i)) {
    const close = lower.indexOf('*/', i + 2)
    if (close < 0) return i
    i = skipBlanks(lower, close + 2)
  }
  return i
}

/** What makes a string end and a program go on: `'-`, `";`, `` `) ``, `\';`. */
export function breaksOutOfString(lower: string): boolean {
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i)
    if (code !== 0x22 && code !== 0x27 && code !== 0x60) continue
    const next = skipBlanks(lower, i + 1)
    if (next < lower.length && ';+-*/|&^%?)}],<>=\n'.includes(lower[next])) return true
  }
  return false
}

/** Programs in nothing but `[]()!+` and the like: a run of them that has what such programs are built of. */
export function isSymbolsOnlyScript(text: string): boolean {
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (!'[]()!+{}'.includes(text[i])) start = i + 1
    else if (i - start >= symbolsRun) {
      if (isBuiltOfSymbols(text, start, i)) return true
      start = i
    }
  }
  return false
}

const symbolsRun = 24

/** `[]` with a sign before or in it, from which such programs make their numbers and strings. */
function isBuiltOfSymbols(text: string, start: number, end: number): boolean {
  let hasArray = false
  let hasSign = false
  for (let i = start; i < end; i++) {
    if (text[i] === '[' && text[i + 1] === ']') hasArray = true
    if ((text[i] === '!' || text[i] === '+') && (text[i + 1] === '[' || text[i + 1] === '(')) hasSign = true
  }
  return hasArray && hasSign
}

/** Whether the content of a script element or of a handler does anything: a call, a template, an assignment, an access. */
export function doesSomething(lower: string): boolean {
  for (let i = 0; i < lower.length; i++) {
    const character = lower[i]
    if (character === '`' || character === '=') return true
    if (character === '(' && i > 0 && !isBlank(lower.charCodeAt(i - 1))) return true
  }
  return lower.includes('throw ') || lower.includes('&lpar;') || lower.includes('\\x28')
}
