import { isAsciiLetter } from '../../lib/ascii.ts'
import type { AttackSink, ValueView } from '../detector.ts'
import { Talk } from '../prose.ts'
import { isIdle, scriptSchemeOf } from './addresses.ts'
import { isEventHandler, isTellingHandler } from './attributes.ts'
import { limits } from './limits.ts'
import { type Attribute, readTag, type Tag } from './markup.ts'
import { rules } from './rules.ts'
import { doesSomething } from './scripts.ts'
import { judgeStyle } from './styles.ts'
import {
  activeElements,
  addressAttributes,
  loadingElements,
  pageElements,
  rawTextElements,
} from './vocabulary.ts'

/** What the walk over a view's markup has to know. */
interface Walk {
  readonly view: ValueView
  readonly sink: AttackSink
  readonly opened: Set<string>
  /** Whether markup belongs here: in a body it may, in a query, a cookie or a header it does not. */
  readonly isRich: boolean
  readonly talk: Talk
  openTags: number
  rawTexts: number
}

/** Judges the tags of a view as a browser would find them in the text of a page. */
export function judgeMarkup(view: ValueView, sink: AttackSink): void {
  const walk: Walk = {
    view,
    sink,
    opened: new Set(),
    isRich: view.context === 'body' || view.context === 'sql',
    talk: new Talk(view.lower),
    openTags: 0,
    rawTexts: 0,
  }
  judgeTags(view.lower, walk, 0)
}

function judgeTags(lower: string, walk: Walk, depth: number): void {
  let at = lower.indexOf('<')
  for (let tags = 0; at >= 0 && tags < limits.tags; tags++) {
    const tag = readTag(lower, at)
    if (tag === undefined) {
      judgeDeclaration(lower, at, walk.sink)
      at = lower.indexOf('<', at + 1)
      continue
    }
    judgeTag(tag, lower, walk, depth)
    const isRead = tag.isClosed || walk.openTags++ >= limits.openTags
    at = lower.indexOf('<', isRead ? tag.end : at + 1)
  }
}

/** `<!--[if`, `<?import`, `<![CDATA[<`: instructions that one browser or another follows. */
function judgeDeclaration(lower: string, at: number, sink: AttackSink): void {
  if (
    lower.startsWith('<!--[if', at) ||
    lower.startsWith('<?import', at) ||
    lower.startsWith('<?xml-stylesheet', at) ||
    lower.startsWith('<?xml:namespace', at)
  )
    sink.report(rules.conditionalComment)
}

function judgeTag(tag: Tag, lower: string, walk: Walk, depth: number): void {
  if (tag.isClosing) {
    judgeClosing(tag, walk)
    return
  }
  walk.opened.add(tag.name)
  judgeElement(tag, lower, walk)
  for (const attribute of tag.attributes) {
    judgeAttribute(attribute, tag, walk)
    if (depth === 0 && hasTag(attribute.value)) judgeTags(attribute.value, walk, 1)
  }
}

function hasTag(value: string): boolean {
  const at = value.indexOf('<')
  if (at < 0 || at + 1 >= value.length) return false
  const next = value.charCodeAt(at + 1)
  return isAsciiLetter(next) || next === 0x2f || next === 0x21
}

function judgeClosing(tag: Tag, { opened, sink, isRich }: Walk): void {
  if (opened.has(tag.name)) return
  if (rawTextElements.has(tag.name) && !isRich) sink.report(rules.rawTextBreakout)
  else if (pageElements.has(tag.name) && !isRich) sink.report(rules.pageEnd)
}

function judgeElement(tag: Tag, lower: string, walk: Walk): void {
  const { sink, isRich } = walk
  if (tag.name === 'script' || tag.name.endsWith(':script')) judgeScriptElement(tag, lower, walk)
  else if (tag.name === 'xss') sink.report(rules.probe)
  else if (tag.name === 'style') judgeStyle(contentOf(tag, lower, walk), sink)
  else if (activeElements.has(tag.name) && tag.attributes.some(loads))
    sink.report(isRich ? rules.embeddedElement : rules.activeElement)
  else if (!isRich && loadingElements.has(tag.name) && tag.attributes.some(loads))
    sink.report(rules.loadingElement)
  if (isElementName(tag.name)) sink.report(rules.documentElement)
}

function isElementName(name: string): boolean {
  return activeElements.has(name) || loadingElements.has(name) || pageElements.has(name)
}

function loads({ name, hasValue }: Attribute): boolean {
  return hasValue && (addressAttributes.has(name) || name === 'srcdoc' || name === 'http-equiv')
}

function judgeScriptElement(tag: Tag, lower: string, walk: Walk): void {
  const { sink } = walk
  const hasSource = tag.attributes.some(
    ({ name, hasValue }) => hasValue && (name === 'src' || name.endsWith('href')),
  )
  if (hasSource) sink.report(rules.scriptElement)
  else if (!tag.isClosed) return
  else if (doesSomething(contentOf(tag, lower, walk)) && !isAtEase(walk, lower, tag))
    sink.report(rules.scriptElement)
  else if (!walk.talk.isProse) sink.report(rules.scriptElement)
  else sink.report(rules.bareScriptElement)
}

/** In prose a script has to end too: `the <script> tag (in the head)` is talk. */
function isAtEase(walk: Walk, lower: string, tag: Tag): boolean {
  return walk.talk.isProse && lower.indexOf('</script', tag.end) < 0
}

/** The text of a script or a style, of the first ones in a view: each may go on to its end. */
function contentOf(tag: Tag, lower: string, walk: Walk): string {
  if (walk.rawTexts++ >= limits.rawTexts) return ''
  const close = lower.indexOf(`</${tag.name}`, tag.end)
  return lower.slice(tag.end, close < 0 ? undefined : close)
}

function judgeAttribute(attribute: Attribute, tag: Tag, walk: Walk): void {
  const { sink, isRich } = walk
  const { name, value } = attribute
  if (isEventHandler(attribute))
    sink.report(walk.talk.isProse && !isTellingHandler(attribute) ? rules.ownHandler : rules.eventHandler)
  else if (name === 'srcdoc' && value !== '') sink.report(rules.frameDocument)
  else if (name === 'style') {
    judgeStyle(value, sink)
    if (!isRich) sink.report(rules.style)
  }
  if (value.length > 3 && (value.includes(':') || value.includes('&{'))) judgeAddressIn(attribute, tag, sink)
}

function judgeAddressIn({ name, value }: Attribute, tag: Tag, sink: AttackSink): void {
  if (value.startsWith('&{')) {
    sink.report(rules.scriptAddress)
    return
  }
  const found = scriptSchemeOf(addressIn(name, value))
  if (found === undefined || isIdle(found.scheme, found.rest)) return
  if (found.scheme.startsWith('data:') && tag.name === 'img') return
  sink.report(rules.scriptAddress)
}

/** What of a value is the address: behind `url=` in a refresh, the first of `values`. */
function addressIn(name: string, value: string): string {
  if (name !== 'content') return value
  const at = value.lastIndexOf('url=')
  return at < 0 ? value : value.slice(at + 4)
}
