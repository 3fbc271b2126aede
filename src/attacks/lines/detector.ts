import { isAsciiLetter, isDigit } from '../../lib/ascii.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { Trait } from '../traits.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'

/** Headers that change what a browser or a cache does with a response (RFC 9110, RFC 6265, Fetch). */
const headers = new Set([
  'set-cookie',
  'location',
  'content-type',
  'content-length',
  'content-disposition',
  'content-encoding',
  'transfer-encoding',
  'refresh',
  'link',
  'x-xss-protection',
  'x-frame-options',
  'content-security-policy',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'strict-transport-security',
  'last-modified',
  'cache-control',
  'expires',
  'host',
  'cookie',
  'authorization',
  'connection',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-original-url',
  'referer',
  'user-agent',
  'proxy',
  'upgrade',
  'status',
  'pragma',
  'vary',
  'server',
  'x-powered-by',
  'clear-site-data',
  'set-cookie2',
])

const mailHeaders = new Set([
  'bcc',
  'cc',
  'to',
  'from',
  'subject',
  'reply-to',
  'sender',
  'mime-version',
  'return-path',
  'content-transfer-encoding',
])

/** Commands of SMTP and IMAP with what follows them (RFC 5321 4.1.1, RFC 9051 6). */
const mailCommands = [
  'rcpt to:',
  'mail from:',
  'data\n',
  'data\r',
  'quit\r',
  'quit\n',
  'helo ',
  'ehlo ',
  'vrfy ',
  'expn ',
]
const imapCommands = new Set([
  'capability',
  'fetch',
  'login',
  'logout',
  'select',
  'examine',
  'delete',
  'create',
  'rename',
  'list',
  'store',
  'append',
  'search',
  'noop',
])

/** A value of one line that holds several, the next of which a server or a client would read as a line of its own. */
export const splitLines: ValueDetector = {
  traits: Trait.lineBreak | Trait.percent | Trait.backslash | Trait.high,
  judge(view, sink) {
    const { lower, context, role } = view
    if (role !== 'value' || context === 'sql') return
    let at = nextBreak(lower, 0)
    for (let n = 0; at.start >= 0 && n < limits.lines; n++) {
      judgeLine(view, at.end, sink)
      at = nextBreak(lower, at.end)
    }
  },
}

interface Break {
  readonly start: number
  readonly end: number
}

/** Line breaks, as they are and as they are left by a decoding too few; U+560A and U+560D lose a byte in some servers and become them. */
function nextBreak(lower: string, from: number): Break {
  for (let i = from; i < lower.length; i++) {
    const code = lower.charCodeAt(i)
    if (code === 0x0a || code === 0x0d || code === 0x560a || code === 0x560d) return { start: i, end: i + 1 }
    if (code === 0x25 && (lower.startsWith('%0a', i) || lower.startsWith('%0d', i)))
      return { start: i, end: i + 3 }
    if (code === 0x5c && lower.startsWith('\\r\\n', i)) return { start: i, end: i + 4 }
  }
  return { start: -1, end: lower.length }
}

function judgeLine(view: ValueView, start: number, sink: AttackSink): void {
  const { lower, context } = view
  let first = start
  while (lower[first] === ' ' || lower[first] === '\t') first++
  const end = nameEnd(lower, first)
  const name = lower.slice(first, end)
  const isBody = context === 'body'
  if (lower[end] === ':') {
    if (headers.has(name) && (!isBody || name === 'set-cookie')) sink.report(rules.header)
    else if (mailHeaders.has(name) && isMailField(view)) sink.report(rules.mail)
  }
  if (isBody && lower.length > 512) return
  if (lower.startsWith('http/1.', first) || lower.startsWith('http/2', first) || isRequestLine(lower, first))
    sink.report(rules.response)
  if (!isBody && (lower.startsWith('<html', first) || lower.startsWith('<script', first)))
    sink.report(rules.document)
  if (mailCommands.some((command) => lower.startsWith(command, first)) || isImapCommand(lower, first, end))
    sink.report(rules.mailCommand)
  if (!isBody) sink.report(rules.lineBreak)
}

function nameEnd(lower: string, at: number): number {
  let i = at
  while (
    i < lower.length &&
    i < at + 40 &&
    (isAsciiLetter(lower.charCodeAt(i)) || isDigit(lower.charCodeAt(i)) || lower[i] === '-')
  )
    i++
  return i
}

/** An address or a subject has one line; the text of a mail may quote another. */
function isMailField({ lower, context, field }: ValueView): boolean {
  if (context !== 'body') return true
  const at = lower.indexOf('@')
  const line = nextBreak(lower, 0).start
  return (
    field.includes('mail') ||
    field === 'subject' ||
    field === 'to' ||
    field === 'from' ||
    (at > 0 && at < line && line < 128 && !lower.slice(0, line).includes(' '))
  )
}

function isRequestLine(lower: string, at: number): boolean {
  for (const method of ['get ', 'post ', 'put ', 'delete ', 'head ', 'options '])
    if (lower.startsWith(method, at)) return lower.slice(at, at + 256).includes(' http/1.')
  return false
}

/** `V100 CAPABILITY`, `a1 LOGIN x y`: a tag and a command. */
function isImapCommand(lower: string, first: number, end: number): boolean {
  if (
    end === first ||
    end - first > 6 ||
    lower[end] !== ' ' ||
    !isDigit(lower.charCodeAt(end - 1)) ||
    !isAsciiLetter(lower.charCodeAt(first))
  )
    return false
  return imapCommands.has(lower.slice(end + 1, nameEnd(lower, end + 1)))
}
