import type { ContentFormat } from '../model/content-format.ts'
import { binaryFormat } from './binary-format.ts'
import { fileFormat } from './files/file-start.ts'

const limits = {
  /** First bytes that are looked at. */
  lookedAtBytes: 16_384,
  /** Lines that must agree on a separator. */
  tableLines: 8,
  /** Lines that must read as YAML. */
  yamlLines: 64,
} as const

/** How statements of SQL begin. Their first words begin sentences as well, `Call me`, `With regard to`; what follows does not. */
const beginnings = [
  String.raw`select\b(?:[^;]*?\bfrom\b|\s*['\d$@*]|\s+\w+\s*\()`,
  String.raw`(?:insert|merge|replace)\s+(?:\w+\s+)?into\b`,
  String.raw`update\s+\S+\s+(?:\w+\s+){0,2}set\b`,
  String.raw`delete\s+from\b`,
  String.raw`with\s+(?:recursive\s+)?\S+\s*(?:\([^)]*\)\s*)?as\b`,
  String.raw`copy\s*(?:\(|\S+\s*(?:\([^)]*\)\s*)?(?:from|to)\b)`,
  String.raw`create\s+(?:\w+\s+){0,3}(?:table|view|index|schema|database|user|role|function|procedure|trigger|type|sequence|extension)\b`,
  String.raw`begin\s*(?:;|transaction\b|work\b)`,
  String.raw`call\s+[\w.]+\s*\(`,
  String.raw`values\s*\(`,
]

const statements = new RegExp(String.raw`^\s*(?:--[^\n]*\n\s*)*(?:${beginnings.join('|')})`, 'i')

/**
 * How a document is to be read of which nothing is known but its text. A guess from its first bytes: what has no
 * structure that is sure is `text`.
 */
export function documentFormat(bytes: Uint8Array): ContentFormat {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, limits.lookedAtBytes))
  const file = fileFormat(bytes, 0, bytes.length)
  if (file !== undefined) return file
  const binary = isText(head) ? undefined : binaryFormat(bytes)
  if (binary !== undefined) return binary
  if (head.includes(0)) return 'binary'
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  const first = text[0]
  if (first === '{' || first === '[') return /^\s*[[{].*[\]}]\s*\n\s*[[{]/.test(text) ? 'ndjson' : 'json'
  if (first === '<') return /^<(?:!doctype html|html|head|body|div|p|table)\b/i.test(text) ? 'html' : 'xml'
  if (/^(?:MSH|BHS|FHS)([^\w\s])[^\w\s]{2,5}\1/.test(text)) return 'hl7'
  if (/^BEGIN:V(?:CARD|CALENDAR)\r?\n/i.test(text)) return 'vcard'
  if (statements.test(text)) return 'sql'
  if (isForm(text)) return 'form'
  if (isMail(text)) return 'mail'
  if (isYaml(text)) return 'yaml'
  return tableFormat(text) ?? 'text'
}

/** Without control characters other than white space, form feeds and what colours a terminal. */
function isText(head: Uint8Array): boolean {
  // A continuation of UTF-8 cannot stand first.
  if (head[0] >= 0x80 && head[0] < 0xc0) return false
  return !head.some((c) => c < 0x20 && !(c >= 0x08 && c <= 0x0d) && c !== 0x1b)
}

/** `key=value&key=value` on one line, with what may not stand raw in it escaped. */
function isForm(text: string): boolean {
  const line = text.trimEnd()
  return /^[\w.~%+*[\]-]+=[^\s=&]*(?:&[\w.~%+*[\]-]+=[^\s=&]*)*$/.test(line)
}

/** Headers up to an empty line, two of them of a message (RFC 5322 section 3.6, RFC 2045 section 4). */
function isMail(text: string): boolean {
  const empty = /\r?\n\r?\n/.exec(text)
  if (empty === null) return false
  const lines = text.slice(0, empty.index).split(/\r?\n/)
  if (lines[0].startsWith('From ')) lines.shift()
  return (
    lines.every((line) => /^(?:[!-9;-~]+[ \t]*:|[ \t])/.test(line)) &&
    lines.filter((line) => mailHeader.test(line)).length > 1
  )
}

const mailHeader =
  /^(?:from|to|cc|subject|date|sender|reply-to|message-id|received|return-path|mime-version|delivered-to)[ \t]*:/i

/**
 * Marked as YAML, or lines that all are its, with a level below another. Lines of `key: value` alone are a text: labels say as
 * much there.
 */
function isYaml(text: string): boolean {
  if (/^(?:%YAML |---(?:[ \t][^\n]*)?\r?\n)/.test(text)) return true
  const lines = text.split(/\r?\n/, limits.yamlLines + 1).filter((line) => !/^\s*(?:#.*)?$/.test(line))
  // The last one looked at may be cut.
  if (lines.length > 2) lines.pop()
  return (
    lines.every((line) => yamlLine.test(line)) &&
    lines.some((line, i) => i > 0 && isBelow(lines[i - 1], line))
  )
}

/** `key: value`, `key:`, `- entry`, or what goes on an indented one. */
const yamlLine = /^(?:(?:- +)*(?:[\w.$/-]+|"[^"]*"|'[^']*'):(?: .*)?|- .*|\s+\S.*)$/

function isBelow(parent: string, line: string): boolean {
  if (!/^(?:- +)*\s*[\w.$/-]+:\s*$/.test(parent) || !/^\s*(?:- |[\w.$/-]+:(?: |$))/.test(line)) return false
  return indentOf(line) > indentOf(parent) || line.trimStart().startsWith('- ')
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** Lines with the same number of one separator, two or more of them. */
function tableFormat(text: string): ContentFormat | undefined {
  const lines = text.split(/\r?\n/, limits.tableLines + 1).filter((line) => line !== '')
  if (lines.length < 2) return undefined
  if (lines.length > limits.tableLines) lines.length = limits.tableLines
  for (const [separator, format] of separators) {
    const counts = lines.map((line) => cells(line, separator))
    if (counts[0] > 0 && counts.every((count) => count === counts[0])) return format
  }
  return undefined
}

const separators: readonly [separator: string, format: ContentFormat][] = [
  ['\t', 'tsv'],
  [';', 'csv'],
  [',', 'csv'],
  ['|', 'csv'],
]

/** Separators outside of quotes. */
function cells(line: string, separator: string): number {
  let count = 0
  let isQuoted = false
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted
    else if (character === separator && !isQuoted) count++
  }
  return count
}
