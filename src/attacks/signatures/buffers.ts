import type { HttpRequest } from '../seclang/transaction/message.ts'
import { hexValue } from '../../lib/ascii.ts'
import { signatureLimits } from './limits.ts'
import type { Application, BufferName } from './signature.ts'

/** What is judged: a request, the name that a question asks for, the name that a TLS client asks for. */
export type Message =
  | { application: 'http'; request: HttpRequest }
  | { application: 'dns' | 'tls'; name: string }

/** Buffers of a message, each made when a rule first asks for it. */
export class MessageBuffers {
  readonly #message: Message
  readonly #made = new Map<BufferName, string | undefined>()
  readonly #lower = new Map<string, string>()

  constructor(message: Message) {
    this.#message = message
  }

  get application(): Application {
    return this.#message.application
  }

  /** Undefined where the message has none. */
  get(name: BufferName): string | undefined {
    if (this.#made.has(name)) return this.#made.get(name)
    const text = this.#make(name)
    this.#made.set(name, text)
    return text
  }

  /** In small letters, as often as it is asked for. */
  lower(text: string): string {
    const known = this.#lower.get(text)
    if (known !== undefined) return known
    const lower = text.toLowerCase()
    this.#lower.set(text, lower)
    return lower
  }

  #make(name: BufferName): string | undefined {
    const message = this.#message
    if (message.application !== 'http') return own[message.application] === name ? message.name : undefined
    const header = headerOf.get(name)
    if (header !== undefined) return valueOf(message.request, header)
    return ofRequest[name]?.(message.request)
  }
}

const own: Readonly<Record<Exclude<Application, 'http'>, BufferName>> = { dns: 'dns.query', tls: 'tls.sni' }

/** Buffers that are the value of one header. */
const headerOf: ReadonlyMap<BufferName, string> = new Map([
  ['http.cookie', 'cookie'],
  ['http.user_agent', 'user-agent'],
  ['http.content_type', 'content-type'],
  ['http.content_len', 'content-length'],
  ['http.referer', 'referer'],
  ['http.accept', 'accept'],
  ['http.accept_lang', 'accept-language'],
  ['http.accept_enc', 'accept-encoding'],
  ['http.connection', 'connection'],
  ['http.host.raw', 'host'],
])

const ofRequest: Partial<Record<BufferName, (request: HttpRequest) => string | undefined>> = {
  'http.method': ({ method }) => method,
  'http.protocol': ({ protocol }) => protocol,
  'http.uri.raw': ({ target }) => target,
  'http.uri': ({ target }) => percentDecoded(target),
  'http.request_line': ({ method, target, protocol }) => `${method} ${target} ${protocol}`,
  'http.header': headerText,
  'http.header.raw': headerText,
  'http.header_names': ({ headers }) => `\r\n${headers.map(([name]) => `${name}\r\n`).join('')}\r\n`,
  'http.host': (request) => hostOf(request),
  'http.request_body': ({ body }) => body.slice(0, signatureLimits.bodyCharacters),
}

function headerText({ headers }: HttpRequest): string {
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
}

function valueOf({ headers }: HttpRequest, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** Without its port, in small letters. */
function hostOf(request: HttpRequest): string | undefined {
  const host = valueOf(request, 'host')
  if (host === undefined) return undefined
  const colon = host.lastIndexOf(':')
  return (colon > host.lastIndexOf(']') ? host.slice(0, colon) : host).toLowerCase()
}

/** Each `%2f` is its byte, once. */
export function percentDecoded(text: string): string {
  let decoded = ''
  let from = 0
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
    const [high, low] = [hexValue(text.charCodeAt(at + 1)), hexValue(text.charCodeAt(at + 2))]
    if (!(high >= 0 && low >= 0)) continue
    decoded += text.slice(from, at) + String.fromCharCode(high * 16 + low)
    from = at + 3
    at += 2
  }
  return decoded + text.slice(from)
}
