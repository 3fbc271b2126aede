import { latin1 } from '../../lib/bytes.ts'
import { fieldName } from '../../content/field-name.ts'
import type { ContentFormat } from '../../model/content-format.ts'
import type { AttackContext, AttackRule, Strictness } from '../attack.ts'
import { readUtf8 } from '../decoding/utf8.ts'
import type { AttackSink, ValueRole } from '../detector.ts'
import { isWordCode } from '../characters.ts'
import { limits } from '../limits.ts'
import { RequestScore } from '../request-score.ts'
import { Trait, traitsOfBytes } from '../traits.ts'
import { judgeText, type ValuePlace } from '../value-judge.ts'
import { BinaryValues } from './binary-values.ts'
import { type CleanPlace, CleanValues } from './clean-values.ts'
import { FieldName } from './field-name.ts'
import { headerMarks, judgeHead } from './head-judge.ts'
import { HeaderLines } from './header-lines.ts'
import { readJsonStrings } from './json-strings.ts'
import { readMultipart } from './multipart-values.ts'
import { readPairs } from './pairs.ts'
import { sampleOf } from './sample.ts'
import { Unescape } from './unescape.ts'
import type { ValueSink } from './value-sink.ts'
import { readXmlValues } from './xml-values.ts'

const AMPERSAND = 0x26
const SLASH = 0x2f
const UNDERSCORE = 0x5f

/** Bytes that begin nothing in any language: a short value of nothing else is not looked at. */
const PLAIN = Trait.letter | Trait.digit | Trait.minus

/** A header line, or all of a request as one. */
const HEAD: CleanPlace = { role: 'head', context: 'header', field: '' }

/** Judges the contents of one request after another, value by value, and adds up what is found. */
export class RequestJudge implements AttackSink {
  /** Of the request at hand. */
  score: RequestScore
  /** Bytes of values that were too long to be judged whole; to be reset by whoever tells of them. */
  unjudgedBytes = 0
  readonly #clean = new CleanValues(limits.cleanValues)
  readonly #cleanLines = new CleanValues(limits.cleanLines)
  readonly #cleanHeads = new CleanValues(limits.cleanHeads)
  /** Whether a header of the request at hand is a reason to ask the detectors of requests. */
  #isMarked = false
  readonly #headerLines: HeaderLines
  readonly #sinks: Record<AttackContext, ValueSink>
  readonly #query: ValueSink
  readonly #form: ValueSink
  readonly #json: ValueSink
  readonly #binary = new BinaryValues()
  /** Of the value at hand. */
  #traits = 0
  #found = 0
  #context: AttackContext = 'body'
  #field = ''
  #text = ''

  constructor(strictness: Strictness) {
    this.score = new RequestScore(strictness)
    this.#sinks = {
      query: this.#sinkOf('query'),
      header: this.#sinkOf('header'),
      cookie: this.#sinkOf('cookie'),
      body: this.#sinkOf('body'),
      path: this.#sinkOf('path'),
      sql: this.#sinkOf('sql'),
    }
    const unescape = new Unescape()
    const decoded = (how: 'form' | 'json', to: ValueSink): ValueSink => ({
      value: (role, name, bytes, start, end) => {
        const value = unescape[how](bytes, start, end)
        to.value(role, name, value.bytes, value.start, value.end)
      },
    })
    this.#query = decoded('form', this.#sinks.query)
    this.#form = decoded('form', this.#sinks.body)
    this.#json = decoded('json', this.#sinks.body)
    this.#headerLines = new HeaderLines(this.#sinks.header, this.#sinks.cookie, headerMarks)
  }

  #sinkOf(context: AttackContext): ValueSink {
    // Filled anew for each value.
    const place: { context: AttackContext; role: ValueRole; field: string } = {
      ...{ context, role: 'value', field: '' },
    }
    return {
      value: (role, name, bytes, start, end) => {
        this.#traits = traitsOfBytes(bytes, start, end)
        if (isPlain(this.#traits, bytes, start, end)) return
        place.role = role
        place.field = name.text
        this.#value(place, bytes, start, end)
      },
    }
  }

  report(rule: AttackRule): void {
    this.#found++
    this.score.report(rule, this.#context, fieldName(this.#field), () => sampleOf(this.#text))
  }

  /** A path as it was sent, without the query. */
  path(bytes: Uint8Array, start: number, end: number): void {
    const sink = this.#sinks.path
    sink.value('value', FieldName.none, bytes, start, end)
    if ((traitsOfBytes(bytes, start, end) & ~(PLAIN | Trait.slash | Trait.dot)) === 0) return
    let at = start
    for (let i = 0; i < limits.pathSegments && at < end; i++) {
      while (at < end && bytes[at] === SLASH) at++
      let stop = at
      while (stop < end && bytes[stop] !== SLASH) stop++
      if (at < stop && stop - at < end - start) sink.value('value', FieldName.none, bytes, at, stop)
      at = stop
    }
  }

  query(bytes: Uint8Array, start: number, end: number): void {
    readPairs(bytes, start, end, AMPERSAND, this.#query)
  }

  /** The header lines of a request. Most clients send the same ones with each of theirs, or nearly. */
  headers(bytes: Uint8Array, start: number, end: number): void {
    const lines = this.#headerLines
    lines.take(bytes, start, end)
    this.#isMarked = false
    if (this.#cleanHeads.has(HEAD, bytes, start, end)) return
    const found = this.#found
    while (lines.next()) this.#headerLine(bytes)
    if (found === this.#found && !this.#isMarked) this.#cleanHeads.add(HEAD, bytes, start, end)
  }

  #headerLine(bytes: Uint8Array): void {
    const { start, end } = this.#headerLines.line
    if (this.#cleanLines.has(HEAD, bytes, start, end)) return
    const found = this.#found
    const isMarked = this.#headerLines.giveValues()
    if (isMarked) this.#isMarked = true
    else if (found === this.#found) this.#cleanLines.add(HEAD, bytes, start, end)
  }

  /** A statement as a database received it. */
  statement(bytes: Uint8Array, start: number, end: number): void {
    this.#sinks.sql.value('value', FieldName.none, bytes, start, end)
  }

  body(format: ContentFormat, bytes: Uint8Array, start: number, end: number): void {
    const sink = this.#sinks.body
    if (start === end) return
    switch (format) {
      case 'form':
        return readPairs(bytes, start, end, AMPERSAND, this.#form)
      case 'json':
      case 'ndjson':
        // What only begins as JSON is a text: `{{7*7}}`.
        if (!readJsonStrings(bytes, start, end, this.#json))
          sink.value('value', FieldName.none, bytes, start, end)
        return
      case 'xml':
        return readXmlValues(bytes, start, end, sink)
      case 'multipart':
        return readMultipart(bytes, start, end, sink)
      case 'grpc':
      case 'protobuf':
      case 'msgpack':
      case 'bson':
      case 'avro':
        return this.#binary.read(format, bytes, start, end, sink)
      case 'text':
      case 'html':
      case 'yaml':
      case 'csv':
      case 'tsv':
      case 'sql':
      case 'path':
        return sink.value('value', FieldName.none, bytes, start, end)
      default:
        return sink.value(
          'file-head',
          FieldName.none,
          bytes,
          start,
          Math.min(end, start + limits.fileHeadBytes),
        )
    }
  }

  /** A text that stands alone; where it is itself a form or JSON, its values as well. */
  text(text: string, context: AttackContext): void {
    this.#context = context
    this.#field = ''
    this.#text = text
    judgeText(text, { context, role: 'value', field: '' }, this)
    if (context === 'sql') return
    const bytes = Buffer.from(text)
    if (beginsPair(text)) readPairs(bytes, 0, bytes.length, AMPERSAND, this.#query)
    else if (text[0] === '{' || text[0] === '[') readJsonStrings(bytes, 0, bytes.length, this.#json)
  }

  /** What its head says as a whole, once its headers were read. What is given is path and query as they were sent. */
  head(method: string, bytes: Uint8Array, start: number, end: number): void {
    this.#context = 'header'
    this.#field = ''
    this.#text = ''
    judgeHead(method, { bytes, start, end, isMarked: this.#isMarked }, this.#headerLines, this)
  }

  #value(place: ValuePlace, bytes: Uint8Array, start: number, end: number): void {
    if (this.#clean.has(place, bytes, start, end)) return
    this.#context = place.context
    this.#field = place.field
    const found = this.#found
    this.#windows(place, bytes, start, end)
    if (found === this.#found) this.#clean.add(place, bytes, start, end)
  }

  /** A long value is judged in parts that overlap. */
  #windows(place: ValuePlace, bytes: Uint8Array, start: number, end: number): void {
    if (end - start <= limits.windowBytes) {
      this.#text = textOf(this.#traits, bytes, start, end)
      judgeText(this.#text, place, this)
      return
    }
    let at = start
    for (let i = 0; i < limits.windows; i++) {
      const stop = Math.min(end, at + limits.windowBytes)
      this.#text = textOf(traitsOfBytes(bytes, at, stop), bytes, at, stop)
      judgeText(this.#text, place, this)
      if (stop === end) return
      at = stop - limits.overlapBytes
    }
    this.unjudgedBytes += end - at - limits.overlapBytes
  }
}

/** Whether nobody can make anything of a value. */
function isPlain(traits: number, bytes: Uint8Array, start: number, end: number): boolean {
  if ((traits & ~PLAIN) !== 0 || end - start >= limits.encodedCharacters) return false
  return !isInternal(bytes, start, end)
}

/** `__proto__`, `__construct`: names with which languages call what is their own. */
function isInternal(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > 4 && bytes[start] === UNDERSCORE && bytes[start + 1] === UNDERSCORE
}

/** `name=`, `user[$ne]=` */
function beginsPair(text: string): boolean {
  let at = 0
  while (at < limits.nameBytes && (isWordCode(text.charCodeAt(at)) || '.-[]$%'.includes(text[at] ?? ' ')))
    at++
  return at > 0 && text[at] === '='
}

/** UTF-8, and what is none of it as the characters of the same numbers. */
function textOf(traits: number, bytes: Uint8Array, start: number, end: number): string {
  if ((traits & Trait.high) !== 0) return readUtf8(bytes.subarray(start, end))
  return latin1(bytes, start, end)
}
