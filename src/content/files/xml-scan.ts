import type { Budget } from './budget.ts'

/** Takes what XML is made of. */
export interface XmlSink {
  /** @param name - without its prefix. @param attributes - as written; for `attribute`. */
  open(name: string, attributes: string): void
  close(name: string): void
  /** As written, in `xml[start, end)`; for `unescaped`. */
  text(xml: string, start: number, end: number): void
}

/** Reads XML that is expected to be well-formed; of what is not, whatever comes out. */
export function scanXml(xml: string, sink: XmlSink, budget: Budget): void {
  let at = 0
  while (at < xml.length && budget.step()) {
    const tag = xml.indexOf('<', at)
    const end = tag < 0 ? xml.length : tag
    if (end > at) sink.text(xml, at, end)
    if (tag < 0) return
    at =
      xml[tag + 1] === '!' || xml[tag + 1] === '?' ? afterSpecial(xml, tag, sink) : afterTag(xml, tag, sink)
  }
}

function afterTag(xml: string, tag: number, sink: XmlSink): number {
  const close = xml.indexOf('>', tag)
  if (close < 0) return xml.length
  if (xml[tag + 1] === '/') {
    sink.close(localName(xml, tag + 2, close))
    return close + 1
  }
  let end = tag + 1
  while (end < close && xml.charCodeAt(end) > 0x20 && xml[end] !== '/') end++
  const name = localName(xml, tag + 1, end)
  sink.open(name, xml.slice(end, close))
  if (xml[close - 1] === '/') sink.close(name)
  return close + 1
}

/** Comments, instructions and declarations say nothing; character data is text as it is. */
function afterSpecial(xml: string, at: number, sink: XmlSink): number {
  if (xml.startsWith('<![CDATA[', at)) {
    const end = xml.indexOf(']]>', at)
    sink.text(xml, at + 9, end < 0 ? xml.length : end)
    return end < 0 ? xml.length : end + 3
  }
  const mark = xml.startsWith('<!--', at) ? '-->' : '>'
  const end = xml.indexOf(mark, at)
  return end < 0 ? xml.length : end + mark.length
}

function localName(xml: string, start: number, end: number): string {
  const name = xml.slice(start, end)
  return name.slice(name.indexOf(':') + 1).trimEnd()
}

/** Value of an attribute by its local name; `''` where it is not there. */
export function attribute(attributes: string, name: string): string {
  for (let at = attributes.indexOf(name); at > 0; at = attributes.indexOf(name, at + name.length)) {
    const before = attributes.charCodeAt(at - 1)
    const equals = at + name.length
    if ((before > 0x20 && before !== 0x3a) || attributes[equals] !== '=') continue
    const quote = attributes[equals + 1]
    const end = attributes.indexOf(quote, equals + 2)
    return unescaped(attributes.slice(equals + 2, end < 0 ? attributes.length : end))
  }
  return ''
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** XML 1.0 section 4.1. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (_, decimal, hex, name) => {
      if (name !== undefined) return NAMED[String(name).toLowerCase()]
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    },
  )
}
