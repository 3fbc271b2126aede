import { isDigit } from '../../lib/ascii.ts'
import { isBlank, isWordCode, skipBlanks } from '../characters.ts'
import { limits } from './limits.ts'

/** What opens and closes an expression, and in which engines. */
const delimiters: readonly (readonly [open: string, close: string])[] = [
  ['{{', '}}'], // Jinja, Twig, Angular, Vue, Handlebars, Liquid, Nunjucks, Go
  ['${', '}'], // Freemarker, JSP, Thymeleaf, Mako, Groovy, SpEL in Spring
  ['#{', '}'], // SpEL, JSF, Ruby, Pug, Thymeleaf
  ['*{', '}'], // Thymeleaf
  ['@{', '}'], // Thymeleaf, Razor
  ['%{', '}'], // OGNL
  ['~{', '}'], // Thymeleaf
  ['<%', '%>'], // ERB, JSP, ASP, EJS
  ['{%', '%}'], // Jinja, Twig, Liquid
  ['@(', ')'], // Razor
  ['[[', ']]'], // Thymeleaf, inlined
  ['$(', ')'], // arithmetic of shells
]

export const Expression = { none: 0, plain: 1, call: 2, arithmetic: 3 } as const

/** The most telling expression of a template engine in a text. */
export function tellingExpression(lower: string): number {
  if (
    lower.startsWith('{') &&
    lower.endsWith('}') &&
    lower.length < 32 &&
    isArithmetic(lower, 1, lower.length - 1)
  )
    return Expression.arithmetic
  let best: number = Expression.none
  let judged = 0
  for (let i = 0; i + 1 < lower.length && judged < limits.expressions; i++) {
    const close = closingAt(lower, i)
    if (close === undefined) continue
    judged++
    const end = lower.slice(i + 2, i + 2 + limits.expressionLength).indexOf(close)
    if (end < 0) continue
    best = Math.max(best, kindOf(lower, i + 2, i + 2 + end))
    if (best === Expression.arithmetic) break
  }
  return best
}

function closingAt(lower: string, at: number): string | undefined {
  const second = lower[at + 1]
  if (second !== '{' && second !== '%' && second !== '(' && second !== '[') return undefined
  for (const [open, close] of delimiters) if (open[0] === lower[at] && open[1] === second) return close
  return undefined
}

function kindOf(lower: string, start: number, end: number): number {
  const first = skipBlanks(lower, lower[start] === '=' || lower[start] === '{' ? start + 1 : start)
  if (first >= end) return Expression.none
  if (isArithmetic(lower, first, end)) return Expression.arithmetic
  return reachesForCode(lower.slice(first, end)) ? Expression.call : Expression.plain
}

/** `7*7`, `7*'7'`, `1337+1`, `(41-3)*7`: numbers joined by operators and nothing else. */
function isArithmetic(lower: string, start: number, end: number): boolean {
  let numbers = 0
  let operators = 0
  for (let i = start; i < end; i++) {
    const code = lower.charCodeAt(i)
    if (isDigit(code)) {
      if (!isDigit(lower.charCodeAt(i - 1))) numbers++
    } else if (i > start && '*+-/%^'.includes(lower[i])) operators++
    else if (!isBlank(code) && !'\'"().}'.includes(lower[i])) return false
  }
  return numbers >= 2 && operators >= 1
}

const reaches = [
  'config',
  'self',
  '_self',
  'request',
  'settings',
  'constructor',
  'prototype',
  '__',
  'system',
  'exec',
  'eval',
  'runtime',
  'process',
  'global',
  'import',
  'require',
  'class',
  'dump(',
  'env',
  'file',
  'popen',
  'open(',
  'read(',
  'print(',
  'phpinfo',
  'application',
  'session',
  'param',
  'shell',
  'cmd',
  'command',
  'md5(',
  'sleep(',
  'jndi',
  'app.',
  'lipsum',
  'cycler',
  'range(',
  '.join(',
  'alert(',
  '$on',
  '$eval',
  'debug',
  'dir(',
  'getattr',
]

/** Objects that a probe asks for by name and a template by none. */
const exact = new Set([
  'config',
  'settings',
  'debug',
  'self',
  '_self',
  '_context',
  '.settings',
  'environment',
])

/** A call of something, or a reach for what leads to code. `user.name` and `price | currency` are neither. */
function reachesForCode(expression: string): boolean {
  if (isOgnl(expression)) return true
  const call = expression.indexOf('(')
  if (call > 0 && isWordCode(expression.charCodeAt(call - 1)))
    return reaches.some((part) => expression.includes(part)) || isStatic(expression)
  if (expression.includes('[') || expression.includes('.') || expression.includes('|'))
    return [
      '__',
      'config.',
      'self.',
      '_self',
      'constructor',
      '.class',
      'request.application',
      'app.request',
      '|attr',
      '|system',
      "|filter('",
      '|map(',
    ].some((part) => expression.includes(part))
  return exact.has(expression.trim())
}

/** `#context`, `(#a=…)`: a variable of OGNL. */
function isOgnl(expression: string): boolean {
  const at = expression[0] === '(' ? 1 : 0
  return expression[at] === '#' && isWordCode(expression.charCodeAt(at + 1))
}

/** `@print(…)`, `t(java…)`, `"".getclass()`. */
function isStatic(expression: string): boolean {
  return '@"\'#('.includes(expression[0])
}
