import { isAsciiLetter } from '../../lib/ascii.ts'
import { isBlank } from '../characters.ts'
import type { AttackSink, ValueView } from '../detector.ts'
import { Trait } from '../traits.ts'
import { type Attribute, readAttributes } from './markup.ts'
import { rules } from './rules.ts'
import { Acting, actingScript, doesSomething } from './scripts.ts'
import { events } from './vocabulary.ts'

/** Whether the attribute is an event handler: a known event, or any name that begins as one and has a value that acts. */
export function isEventHandler({ name, value, hasValue }: Attribute): boolean {
  if (!name.startsWith('on') || name.length < 4) return false
  let end = 2
  while (end < name.length && isAsciiLetter(name.charCodeAt(end))) end++
  if (events.has(name.slice(2, end))) return hasValue || end < name.length
  return hasValue && end > 4 && doesSomething(value)
}

function isKnownEvent(name: string): boolean {
  return name.startsWith('on') && events.has(name.slice(2))
}

/** Whether its value acts beyond calling a function of the page. */
export function isTellingHandler({ value }: Attribute): boolean {
  return actingScript(value, value) >= Acting.likely || value.includes('javascript:') || value.includes('`')
}

/** `x" autofocus>`, `0);'>`: without a `<` of its own, the value ends the tag that it stands in. */
export function judgeTagEnds({ lower, traits }: ValueView, sink: AttackSink): void {
  if ((traits & Trait.lessThan) !== 0) return
  const end = lower.indexOf('>')
  const quote = lower[end - 1]
  if (quote === '"' || quote === "'") {
    const calls = lower.indexOf('(')
    sink.report(
      calls > 0 && calls < end && lower.indexOf(')', calls) < end ? rules.tagBreakout : rules.quoteAndTagEnd,
    )
  } else if (lower.endsWith('autofocus', end)) sink.report(rules.tagBreakout)
}

/**
 * What a value does inside a tag: in an attribute in `"`, in one in `'`, and in one without quotes. A handler of a known event with
 * a value that acts is one; `online = true` is none.
 */
export function judgeBreakouts(view: ValueView, sink: AttackSink): void {
  const { lower, traits } = view
  if (!lower.includes('on') && !lower.includes('style')) return
  if ((traits & Trait.doubleQuote) !== 0 && judgeFrom(lower, lower.indexOf('"') + 1, sink)) return
  if ((traits & Trait.singleQuote) !== 0 && judgeFrom(lower, lower.indexOf("'") + 1, sink)) return
  judgeFrom(lower, firstBlank(lower), sink)
}

function firstBlank(lower: string): number {
  if (lower.startsWith('on')) return 0
  let i = 0
  while (i < lower.length && !isBlank(lower.charCodeAt(i))) i++
  return i
}

function judgeFrom(lower: string, at: number, sink: AttackSink): boolean {
  const { attributes } = readAttributes(lower, at)
  for (const attribute of attributes)
    if (isKnownEvent(attribute.name) && attribute.hasValue && acts(attribute.value)) {
      sink.report(rules.attributeBreakout)
      return true
    }
  return false
}

function acts(value: string): boolean {
  return actingScript(value, value) >= Acting.likely || (doesSomething(value) && !value.includes(' '))
}
