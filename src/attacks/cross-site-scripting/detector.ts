import { isAsciiLetter } from '../../lib/ascii.ts'
import { isWordCode, skipBlanks } from '../characters.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { Talk } from '../prose.ts'
import { Trait } from '../traits.ts'
import { isIdle, scriptSchemeOf } from './addresses.ts'
import { judgeBreakouts, judgeTagEnds } from './attributes.ts'
import { judgeMarkup } from './elements.ts'
import { rules } from './rules.ts'
import { Acting, actingScript, breaksOutOfString, doesSomething, isSymbolsOnlyScript } from './scripts.ts'

/**
 * What would become markup or script where it lands: in the text of a page, in an attribute in either kind of quotes or in none, in an
 * address, in a script or in a string of one. Harmless markup is no attack.
 */
export const crossSiteScripting: ValueDetector = {
  traits:
    Trait.lessThan |
    Trait.parenthesis |
    Trait.backtick |
    Trait.equals |
    Trait.colon |
    Trait.bracket |
    Trait.singleQuote |
    Trait.doubleQuote |
    Trait.plus |
    Trait.dot,
  judge(view, sink) {
    if ((view.traits & Trait.lessThan) !== 0) judgeMarkup(view, sink)
    if ((view.traits & Trait.equals) !== 0) judgeBreakouts(view, sink)
    if ((view.traits & Trait.greaterThan) !== 0) judgeTagEnds(view, sink)
    if (isStrippedScript(view.lower)) sink.report(rules.strippedElement)
    if ((view.traits & Trait.colon) !== 0) judgeAddress(view, sink)
    if (view.context === 'query' && isAssignment(view.lower)) sink.report(rules.assignment)
    if ((view.traits & callTraits) !== 0) judgeScript(view, sink)
    if ((view.traits & Trait.plus) !== 0 && view.lower.includes('+adw-')) sink.report(rules.utf7)
  },
}

const callTraits = Trait.parenthesis | Trait.backtick | Trait.bracket | Trait.equals | Trait.dot

/** `scriptalert(1)/script`: a filter took the brackets, and what is left says what was there. */
function isStrippedScript(lower: string): boolean {
  if (!lower.endsWith('/script')) return false
  const start = lower.indexOf('script')
  return start < lower.length - 6 && doesSomething(lower.slice(start + 6))
}

/** `a="x";`: a statement of JavaScript and nothing else. */
function isAssignment(lower: string): boolean {
  if (lower.length > 256 || !lower.endsWith(';')) return false
  let i = 0
  while (i < lower.length && isWordCode(lower.charCodeAt(i))) i++
  const quote = lower[i + 1]
  if (i === 0 || lower[i] !== '=' || (quote !== '"' && quote !== "'")) return false
  return lower.indexOf(quote, i + 2) === lower.length - 2
}

/** A value that is an address as a whole. */
function judgeAddress(view: ValueView, sink: AttackSink): void {
  const start = firstOfAddress(view.lower)
  const found = scriptSchemeOf(start === 0 ? view.lower : view.lower.slice(start))
  if (found === undefined || isIdle(found.scheme, found.rest)) return
  if (found.scheme === 'javascript:' && !runsSomething(found.rest)) return
  if (found.scheme.startsWith('data:image') && !found.rest.includes('script') && !found.rest.includes('on'))
    return
  sink.report(rules.scriptAddress)
}

/** Behind quotes and what closes a tag, where an address was broken out of. */
function firstOfAddress(lower: string): number {
  let i = 0
  while (
    i < lower.length &&
    !isAsciiLetter(lower.charCodeAt(i)) &&
    '"\'`>)(;=/,\\ \t\r\n\0'.includes(lower[i])
  )
    i++
  return i
}

function runsSomething(rest: string): boolean {
  for (let i = 0; i < rest.length; i++) if ('(`=[\\%&'.includes(rest[i])) return true
  return rest.startsWith('//') || rest.startsWith('throw')
}

/** Longer texts of bodies that are no markup are programs, which no page runs. */
const longestScript = 512

function judgeScript(view: ValueView, sink: AttackSink): void {
  const { text, lower, traits } = view
  if ((traits & Trait.bracket) !== 0 && (traits & Trait.plus) !== 0 && isSymbolsOnlyScript(text))
    sink.report(rules.symbols)
  const acting = actingScript(text, lower)
  if (acting === Acting.no) return
  const talk = new Talk(lower)
  const quotes = Trait.singleQuote | Trait.doubleQuote | Trait.backtick
  if (acting === Acting.surely) {
    if (view.context === 'body' && lower.length > longestScript) sink.report(rules.likelyScript)
    else if (!talk.isProse) sink.report(rules.script)
    else sink.report(rules.maybeScript)
  } else if (acting === Acting.likely) {
    if (talk.isProse) sink.report(rules.maybeScript)
    else if ((traits & quotes) !== 0 && lower.length < 512 && startsWithBreakout(lower))
      sink.report(rules.stringBreakout)
    else sink.report(rules.likelyScript)
  } else sink.report(rules.maybeScript)
}

/** `';`, `x"-`, `\');`: a string ends near the beginning of the value. */
function startsWithBreakout(lower: string): boolean {
  const start = skipBlanks(lower, 0)
  return breaksOutOfString(lower.slice(start, start + 64))
}
