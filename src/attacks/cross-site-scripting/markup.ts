import { isAsciiLetter } from '../../lib/ascii.ts'
import { isBlank, skipBlanks } from '../characters.ts'
import { limits } from './limits.ts'

export interface Attribute {
  /** Lower case, without what stands before its first letter: browsers of all ages read `"onload` and `/onload` as `onload`. */
  readonly name: string
  readonly value: string
  /** Whether `=` follows the name. */
  readonly hasValue: boolean
}

export interface Tag {
  /** Lower case. */
  readonly name: string
  readonly isClosing: boolean
  readonly attributes: readonly Attribute[]
  /** Index behind the tag. */
  readonly end: number
  /** Whether its `>` is there: a page goes on behind what is put into it, so that a tag may be closed by the page. */
  readonly isClosed: boolean
}

/**
 * Reads the tag whose `<` is at `at`, as the tokenizer of HTML does (WHATWG HTML 13.2.5, tag open state and after);
 * undefined where `<` opens no tag, such as in `a < b` or `<3`.
 */
export function readTag(lower: string, at: number): Tag | undefined {
  const isClosing = lower.charCodeAt(at + 1) === 0x2f
  const nameStart = isClosing ? at + 2 : at + 1
  if (!isAsciiLetter(lower.charCodeAt(nameStart))) return undefined
  let nameEnd = nameStart
  while (nameEnd < lower.length && !isTagNameEnd(lower.charCodeAt(nameEnd))) nameEnd++
  const { attributes, end, isClosed } = readAttributes(lower, nameEnd)
  return { name: lower.slice(nameStart, nameEnd), isClosing, attributes, end, isClosed }
}

/** `<` ends a name too: filters that take a tag out once leave what is nested in it. */
function isTagNameEnd(code: number): boolean {
  return isBlank(code) || code === 0x2f || code === 0x3e || code === 0x3c || code === 0
}

/** Reads attributes from `at` up to the `>` that closes their tag, or to the end. */
export function readAttributes(
  lower: string,
  at: number,
): { attributes: Attribute[]; end: number; isClosed: boolean } {
  const attributes: Attribute[] = []
  let i = at
  while (i < lower.length) {
    i = skipSeparators(lower, i)
    if (i >= lower.length) break
    if (lower.charCodeAt(i) === 0x3e) return { attributes, end: i + 1, isClosed: true }
    if (attributes.length >= limits.attributes) break
    const nameStart = i
    i = attributeNameEnd(lower, i + 1)
    const nameEnd = i
    const equals = skipBlanks(lower, i)
    const hasValue = lower.charCodeAt(equals) === 0x3d
    const value = hasValue ? readValue(lower, skipBlanks(lower, equals + 1)) : undefined
    if (value !== undefined) i = value.end
    attributes.push({ name: lettersOf(lower, nameStart, nameEnd), value: value?.text ?? '', hasValue })
  }
  return { attributes, end: i, isClosed: false }
}

function skipSeparators(lower: string, at: number): number {
  let i = at
  while (i < lower.length && (isBlank(lower.charCodeAt(i)) || lower.charCodeAt(i) === 0x2f)) i++
  return i
}

function attributeNameEnd(lower: string, at: number): number {
  let i = at
  for (; i < lower.length; i++) {
    const code = lower.charCodeAt(i)
    if (isBlank(code) || code === 0x2f || code === 0x3e || code === 0x3d) break
  }
  return i
}

function lettersOf(lower: string, start: number, end: number): string {
  let i = start
  while (i < end && !isAsciiLetter(lower.charCodeAt(i))) i++
  return lower.slice(i, end)
}

function readValue(lower: string, at: number): { text: string; end: number } {
  const quote = lower[at]
  if (quote === '"' || quote === "'") {
    const close = lower.indexOf(quote, at + 1)
    if (close >= 0) return { text: lower.slice(at + 1, close), end: close + 1 }
    return { text: lower.slice(at + 1), end: lower.length }
  }
  let i = at
  while (i < lower.length && !isBlank(lower.charCodeAt(i)) && lower.charCodeAt(i) !== 0x3e) i++
  return { text: lower.slice(at, i), end: i }
}
