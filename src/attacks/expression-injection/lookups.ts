import { limits } from './limits.ts'

/** Lookups of Log4j by prefix; the first three are in every Java program's settings too, with a name and no more. */
const lookups = [
  'jndi:',
  'lower:',
  'upper:',
  '::-',
  ':-',
  'env:',
  'sys:',
  'java:',
  'ctx:',
  'date:',
  'main:',
  'bundle:',
  'k8s:',
  'docker:',
  'marker:',
  'map:',
  'sd:',
  'web:',
  'log4j:',
  'base64:',
  'spring:',
  'event:',
]

/**
 * Whether the text has a lookup that reaches outside (`jndi`), or that a message has no reason to have: lookups within lookups are resolved
 * as Log4j does, innermost first, so that `${${lower:j}${::-n}di:` is `${jndi:`. With `mayHaveSettings`, `${env:HOME}` is none.
 */
export function hasHostileLookup(lower: string, mayHaveSettings: boolean): boolean {
  let at = lower.indexOf('${')
  for (let n = 0; at >= 0 && n < limits.lookups; n++) {
    if (isHostile(lower.slice(at, at + limits.lookupLength), mayHaveSettings)) return true
    at = lower.indexOf('${', at + 2)
  }
  return false
}

function isHostile(text: string, mayHaveSettings: boolean): boolean {
  const resolved = resolve(text)
  if (resolved.text.includes('${jndi:') || resolved.text.startsWith('jndi:')) return true
  if (resolved.wasNested) return true
  for (const prefix of lookups)
    if (text.startsWith(prefix, 2)) return isTelling(text, prefix, mayHaveSettings)
  return false
}

function isTelling(text: string, prefix: string, mayHaveSettings: boolean): boolean {
  if (prefix === 'date:' || prefix === 'map:') return false
  if (prefix === 'env:' && mayHaveSettings)
    return text.includes(':-') || text.includes('secret') || text.includes('aws_')
  return isWhole(text, prefix)
}

/** `${lower:x}`, `${::-x}`: with something behind the prefix. */
function isWhole(text: string, prefix: string): boolean {
  return text.length > prefix.length + 2
}

/** Takes lookups inside out; `wasNested` where one that only hides a letter stood in another. */
function resolve(text: string): { text: string; wasNested: boolean } {
  let result = text
  let wasNested = false
  for (let round = 0; round < 8; round++) {
    const open = result.lastIndexOf('${')
    if (open <= 0) break
    const close = result.indexOf('}', open)
    if (close < 0) break
    const inner = result.slice(open + 2, close)
    const hidden = hiddenText(inner)
    if (hidden === undefined) break
    wasNested = true
    result = result.slice(0, open) + hidden + result.slice(close + 1)
  }
  return { text: result, wasNested }
}

/** What a lookup of one of the hiding kinds gives: its default, or its argument. */
function hiddenText(inner: string): string | undefined {
  const fallback = inner.lastIndexOf(':-')
  if (fallback >= 0) return inner.slice(fallback + 2)
  if (inner.startsWith('lower:') || inner.startsWith('upper:')) return inner.slice(6)
  return undefined
}
