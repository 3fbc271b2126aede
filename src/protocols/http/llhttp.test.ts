import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { corporaFolder, noCorpora } from '../../../test/support/corpora.ts'
import type { Turn } from './fixtures.ts'
import { converse, head } from './fixtures.ts'

/**
 * llhttp's own samples: what it reports of a message, this parser must hand on, too; where it refuses the input, this
 * one, which is asked by nobody, reads on and must at least have told an anomaly.
 */

interface Sample {
  name: string
  isRequest: boolean
  skipsBody: boolean
  input: string
  messages: Message[]
  /** Why llhttp refused the input. */
  refusal: string | undefined
}

interface Message {
  method: string
  url: string
  fields: [name: string, value: string][]
  body: string
  /** Its head was read whole. */
  hasHead: boolean
}

/** Samples on which a passive parser rightly differs, each with the reason. */
const BARE_CR = 'a bare CR ends no line here: it is told, and what follows it is inspected within the line'
const OTHER_PROTOCOL = 'RTSP and ICE are other protocols: what is not HTTP is inspected as payload'
const NO_LENGTH =
  'a request whose length nothing tells has no body here: what follows it is inspected as payload'
const EXCEPTIONS: Record<string, string> = {
  'request/content-length.md: Content-Length reset when no body is received (request)':
    "llhttp's caller says that requests have no body; nobody says so on a wire",
  'request/content-length.md: Missing CRLF-CRLF before body (lenient) (request-lenient-optional-lf-after-cr)':
    BARE_CR,
  'request/invalid.md: Headers separated by dummy characters (lenient) (request-lenient-optional-lf-after-cr)':
    BARE_CR,
  'request/invalid.md: Only LFs present (lenient) (request-lenient-all)':
    'the empty line behind the last chunk ends the message, and no trailer follows an empty line',
  'request/lenient-headers.md: Empty headers separated by CR (lenient) (request-lenient-headers)': BARE_CR,
  'request/method.md: SOURCE request with ICE (request)': OTHER_PROTOCOL,
  'request/method.md: OPTIONS request with RTSP (request)': OTHER_PROTOCOL,
  'request/method.md: ANNOUNCE request with RTSP (request)': OTHER_PROTOCOL,
  'request/method.md: PRI request HTTP2 (request)':
    'only the preface with HTTP/2.0 hands over, this one says HTTP/1.1',
  'request/sample.md: No LF after CR (lenient) (request-lenient-optional-lf-after-cr)': BARE_CR,
  'request/transfer-encoding.md: POST with `Transfer-Encoding` and `Content-Length` (lenient) (request-lenient-chunked-length)':
    'beside a coding that is none, the length is the likelier delimiter; the rest is inspected as payload',
  'request/transfer-encoding.md: POST with `chunked` before other transfer-coding (lenient) (request-lenient-transfer-encoding)':
    NO_LENGTH,
  'request/transfer-encoding.md: POST with `chunked` and duplicate transfer-encoding (lenient) (request-lenient-transfer-encoding)':
    NO_LENGTH,
  'request/transfer-encoding.md: Chunk header not terminated by CRLF (lenient) (request-lenient-optional-lf-after-cr)':
    BARE_CR,
  'response/invalid.md: Bare CR after response line (lenient) (response-lenient-optional-lf-after-cr)':
    BARE_CR,
  'response/sample.md: RTSP response (response)': OTHER_PROTOCOL,
  'response/sample.md: ICE response (response)': OTHER_PROTOCOL,
  'response/transfer-encoding.md: Trailing space on chunked body (response)':
    'white space behind a chunk size is a common mistake of servers and changes nothing',
}

const SECTION = /^#+ (.+)$|<!-- meta=(\{.*?\})\s*-->|```(http|log)\n([\s\S]*?)```/gm
const PAUSES = new Set([21, 22, 23])

function readSamples(folder: string): Sample[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('/') && file.endsWith('.md'))
    .toSorted()
    .flatMap((file) => readFile(file, readFileSync(join(folder, file), 'utf8')))
}

function readFile(file: string, text: string): Sample[] {
  const samples: Sample[] = []
  let title = ''
  let meta: { type: string; skipBody?: boolean } = { type: '' }
  let input = ''
  for (const [, heading, metaText, kind, block] of text.matchAll(SECTION)) {
    if (heading !== undefined) title = heading
    else if (metaText !== undefined) meta = JSON.parse(metaText) as typeof meta
    else if (kind === 'http') input = block
    else {
      const name = `${file}: ${title} (${meta.type})`
      const isRequest = meta.type.startsWith('request')
      samples.push({
        name,
        isRequest,
        skipsBody: meta.skipBody === true,
        input: unescapeInput(input),
        ...readLog(block),
      })
    }
  }
  return samples
}

/** Real line ends become CRLF, escaped ones what they say; a backslash at the end of a line joins it to the next. */
function unescapeInput(block: string): string {
  return Buffer.from(
    block
      .replace(/\n$/, '')
      .replaceAll(/\\\n/g, '')
      .replaceAll('\n', '\r\n')
      .replaceAll('\\r', '\r')
      .replaceAll('\\n', '\n')
      .replaceAll('\\t', '\t')
      .replaceAll('\\f', '\f')
      .replaceAll(/\\x([0-9a-f]+)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ).toString('latin1')
}

function readLog(log: string): { messages: Message[]; refusal: string | undefined } {
  const messages: Message[] = []
  let refusal: string | undefined
  for (const line of log.split('\n')) {
    const error = /error code=(\d+) reason="(.*)"/.exec(line)
    if (error !== null && !PAUSES.has(Number(error[1]))) refusal = error[2]
    if (/message begin/.test(line))
      messages.push({ method: '', url: '', fields: [], body: '', hasHead: false })
    const message = messages.at(-1)
    if (message === undefined) continue
    if (/headers complete/.test(line)) message.hasHead = true
    const span = /span\[(\w+)\]=(?:"(.*)"|(cr|lf))$/.exec(line)
    if (span !== null) addSpan(message, span[1], span[2] ?? (span[3] === 'cr' ? '\r' : '\n'))
  }
  return { messages, refusal }
}

function addSpan(message: Message, name: string, value: string): void {
  const text = Buffer.from(value).toString('latin1').replaceAll('\\t', '\t').replaceAll('\\f', '\f')
  if (name === 'method') message.method += text
  else if (name === 'url') message.url += text
  else if (name === 'body') message.body += text
  else if (name === 'header_field') message.fields.push([text, ''])
  else if (name === 'header_value') {
    const field = message.fields.at(-1)
    if (field !== undefined) field[1] += text
  }
}

/** What the parser handed on, in the form of llhttp's messages put together. */
function observe(sample: Sample) {
  const asked: Turn[] = sample.skipsBody ? [['>', head('HEAD / HTTP/1.1', 'Host: a').repeat(2)]] : []
  const { sink, details } = converse([...asked, [sample.isRequest ? '>' : '<', sample.input]])
  const side = sample.isRequest ? 'to-server' : 'to-client'
  const events = sink.events.filter((event) => event.direction === side)
  const urls = events.filter((event) => event.place === 'http.target' || event.place === 'http.query')
  const blocks = events.filter((event) => event.place === 'http.header')
  return {
    count: sample.isRequest ? details.requests : details.responses,
    methods: sample.isRequest ? details.methods : [],
    urls: urls.map((event) => (event.place === 'http.query' ? `?${event.text}` : event.text)).join(''),
    fields: blocks.flatMap((event) => readFields(event.text)),
    body: events
      .filter((event) => event.place === 'http.body')
      .map((event) => event.text)
      .join(''),
    anomalies: details.anomalies ?? [],
  }
}

function readFields(block: string): [string, string][] {
  const lines = block.replaceAll(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    })
}

function check(sample: Sample): void {
  const seen = observe(sample)
  const whole = sample.messages.filter((message) => message.hasHead)
  const fields = whole.flatMap((message) => message.fields.map(([name, value]) => [name, value.trim()]))
  const asterisk = (url: string) => (url === '*' ? '' : url)
  if (sample.refusal !== undefined) {
    assert.ok(seen.anomalies.length > 0, `no anomaly, though llhttp says: ${sample.refusal}`)
    assert.deepEqual(seen.fields.slice(0, fields.length), fields)
    return
  }
  const begun = sample.messages.filter((message) => message.hasHead || message.fields.length > 0)
  assert.equal(seen.count, begun.length)
  if (sample.isRequest) assert.deepEqual(seen.methods, [...new Set(begun.map((message) => message.method))])
  assert.equal(seen.urls, begun.map((message) => asterisk(message.url)).join(''))
  assert.deepEqual(seen.fields, fields)
  assert.equal(seen.body, whole.map((message) => message.body).join(''))
}

test("llhttp's samples", async (t) => {
  const folder = corporaFolder('vectors/llhttp')
  if (folder === undefined) return t.skip(noCorpora)
  const samples = readSamples(folder)
  assert.ok(samples.length > 200, `${samples.length} samples`)
  for (const sample of samples) {
    const reason = EXCEPTIONS[sample.name]
    await t.test(sample.name, () => {
      if (reason === undefined) check(sample)
      else assert.throws(() => check(sample), `no exception any more: ${reason}`)
    })
  }
})
