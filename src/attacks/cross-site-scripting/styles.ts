import type { AttackSink } from '../detector.ts'
import { rules } from './rules.ts'

/** Declarations through which styles ran scripts, in browsers of their day. */
const activeParts = [
  'expression(',
  'javascript:',
  'vbscript:',
  'livescript:',
  'mocha:',
  '-moz-binding',
  'behavior:',
  'behaviour:',
  'behavior=',
  '-o-link',
  '@import',
  'data:text',
  'data:image/svg',
  'url(//',
  'filter:progid',
]

/** Judges declarations of a style attribute or element, with comments and escapes taken out of them as browsers do. */
export function judgeStyle(lower: string, sink: AttackSink): void {
  if (lower === '') return
  const plain =
    lower.includes('/*') || lower.includes('\\') || lower.includes(' ') ? plainStyle(lower) : lower
  for (const part of activeParts)
    if (plain.includes(part)) {
      sink.report(rules.activeStyle)
      return
    }
}

/** CSS Syntax 3, 4.3.2 (comments) and 4.3.7 (escapes). */
function plainStyle(lower: string): string {
  let plain = ''
  for (let i = 0; i < lower.length; i++) {
    const character = lower[i]
    if (character === '/' && lower[i + 1] === '*') {
      const close = lower.indexOf('*/', i + 2)
      if (close < 0) return plain
      i = close + 1
    } else if (character === '\\') {
      let end = i + 1
      while (end < lower.length && end < i + 7 && '0123456789abcdef'.includes(lower[end])) end++
      if (end === i + 1) continue
      const code = Number.parseInt(lower.slice(i + 1, end), 16)
      if (code < 0x10000) plain += String.fromCharCode(code).toLowerCase()
      i = lower[end] === ' ' ? end : end - 1
    } else if (character > ' ') plain += character
  }
  return plain
}
