import { FileReader } from '../content/files/file-reader.ts'
import { FormDecoder } from '../content/form.ts'
import { HeadersTracker } from '../content/headers.ts'
import { KeptBlocks } from '../content/kept-blocks.ts'
import { LazyFields } from '../content/lazy-fields.ts'
import { MailTracker } from '../content/mail.ts'
import { insideFile, MultipartTracker } from '../content/multipart.ts'
import { mayBeInsert } from '../content/sql.ts'
import { TableTracker } from '../content/table.ts'
import { makeTracker } from '../content/trackers.ts'
import type { ValueReader } from '../content/value-reader.ts'
import { isValueReader } from '../content/value-reader.ts'
import { WholeRuns } from '../content/whole-runs.ts'
import type { FieldTracker, ValueTracker } from '../content/field-tracker.ts'
import { isValueTracker } from '../content/field-tracker.ts'
import type { Direction } from '../model/direction.ts'
import type { Place } from '../model/records.ts'
import { FreeText, isProse } from '../personal-data/free-text/free-text.ts'
import type { DetectionStream, Finding, FindingSink } from '../personal-data/detector.ts'
import type { ContentFormat, ContentOptions, ContentStream } from '../protocols/protocol.ts'
import type { ContentOwner, InspectorContext } from './content-owner.ts'
import type { RuleState } from '../personal-data/custom/rule-state.ts'
import type { RecordEvidence } from '../personal-data/judging/record-evidence.ts'
import { ContentRecords } from './content-records.ts'
import { FileContents } from './file-contents.ts'
import { DecodedQueue, EncodedRuns } from './encoded-runs.ts'
import { limits } from './limits.ts'
import { MailContents } from './mail-contents.ts'
import { fieldText, NamedValue } from './named-value.ts'
import type { OpenNested } from './nested-content.ts'
import { type Nesting, pathFrom } from './nesting.ts'
import { PeekedContent } from './peeked-content.ts'
import { WholeValues } from './whole-values.ts'

/** What the contents of an inspector share. */
interface SharedState {
  /** Contents that were written to since `forgetWritten`, and go on; kept only where somebody peeks. */
  readonly written: InspectedContent[]
  readonly context: InspectorContext
  readonly blocks: KeptBlocks
  /** By the depth of the contents that are scanned. */
  readonly queues: readonly DecodedQueue[]
  readonly free: InspectedContent[]
}

/** Finds personal data in the contents that parsers hand on, and says in which field it stood. */
export class ContentInspector {
  readonly #shared: SharedState
  /** For contents that are done before the call returns. */
  readonly #whole: InspectedContent
  readonly #named: NamedValue
  readonly #peeked = new PeekedContent(undefined)

  constructor(context: InspectorContext) {
    const queues = Array.from({ length: limits.nesting }, () => new DecodedQueue())
    this.#shared = { context, written: [], blocks: new KeptBlocks(), queues, free: [] }
    this.#whole = new InspectedContent(this.#shared, false)
    this.#named = new NamedValue(context)
  }

  /** For a content that is written and closed before anything else is inspected. */
  whole(owner: ContentOwner, direction: Direction, place: Place, format: ContentFormat): ContentStream {
    this.#whole.begin(owner, direction, place, format, undefined)
    return this.#whole
  }

  /** Categories of what is in a text, as bits. */
  peekText(bytes: Uint8Array, start: number, end: number): number {
    this.#peeked.categories = 0
    this.#shared.context.detector.detect(bytes, start, end, this.#peeked)
    return this.#peeked.categories
  }

  /** For a value of a known name that is written before anything else is inspected. */
  named(owner: ContentOwner, direction: Direction, place: Place, name: string): NamedValue {
    this.#named.begin(owner, direction, place, name)
    return this.#named
  }

  /** The named values up to `endRecord` are one record. */
  beginRecord(owner: ContentOwner, direction: Direction): void {
    this.#named.beginRecord(owner, direction)
  }

  endRecord(): void {
    this.#named.endRecord()
  }

  /** What is written from now on is what `peek` is about. */
  forgetWritten(): void {
    this.#shared.written.length = 0
  }

  /** Categories of what would be found if the contents that were written to ended here, as bits. */
  peek(): number {
    let found = 0
    for (const content of this.#shared.written) found |= content.peek()
    return found
  }

  open(
    owner: ContentOwner,
    direction: Direction,
    place: Place,
    format: ContentFormat,
    options: ContentOptions | undefined,
  ): ContentStream {
    const content = this.#shared.free.pop() ?? new InspectedContent(this.#shared)
    content.begin(owner, direction, place, format, options)
    return content
  }
}

/** A content on its way through decoding, detection and the naming of fields. Reused. */
class InspectedContent implements ContentStream, FindingSink {
  readonly #context: InspectorContext
  readonly #shared: SharedState
  readonly #isPooled: boolean
  /** For what does not come in one piece; most contents do. */
  #stream: DetectionStream | undefined
  /** The stream has part of a content. */
  #isStreaming = false
  readonly #trackers = new Map<ContentFormat, FieldTracker>()
  readonly #fields: LazyFields
  readonly #values: WholeValues
  readonly #records: ContentRecords
  /** Tells whole values of the content at hand. */
  #valueTracker: ValueTracker | undefined
  /** How many bytes of a content that came in one piece were passed. */
  #passed = 0
  /** The tracker at hand of a mail, which hands on what is encoded in it. */
  #mail: MailTracker | undefined
  #form: FormDecoder | undefined
  /** Hands on the values of the content at hand, each of which is a content of its own. */
  #reader: ValueReader | undefined
  readonly #runs = new WholeRuns(this)
  /** Of the value at hand among all that the reader handed on, and how much of it came. */
  #valueStart = 0
  #valueLength = 0
  readonly #files: FileContents
  /** Made for the first content that people may have written. */
  #freeText: FreeText | undefined
  /** The content at hand is one. */
  #isProse = false
  readonly #fromText: FindingSink = { pass() {}, field: () => '', found: (finding) => this.#report(finding) }
  #isCookies: HeadersTracker | undefined
  #owner: ContentOwner | undefined
  #direction: Direction = 0
  #place: Place = 'payload'
  #format: ContentFormat = 'text'

  /** Where the content lies in another. */
  #nesting: Nesting | undefined
  /** Runs of base64 in the content at hand; undefined where they are too deep to be looked at. */
  #runsInside: EncodedRuns | undefined
  readonly #runsByDepth: EncodedRuns[] = []
  /** Field that the run at hand stands in, where it was asked for at its beginning. */
  #runField: string | undefined
  #peeked: PeekedContent | undefined

  constructor(shared: SharedState, isPooled = true) {
    const { context, blocks } = shared
    this.#shared = shared
    this.#context = context
    this.#fields = new LazyFields(blocks)
    this.#records = new ContentRecords(context, (field) => this.#shownField(field))
    this.#values = new WholeValues(context.detector, this, (finding) => this.#report(finding))
    this.#files = new FileContents(context.detector, (finding) => this.#report(finding))
    this.#isPooled = isPooled
  }

  begin(
    owner: ContentOwner,
    direction: Direction,
    place: Place,
    format: ContentFormat,
    options: ContentOptions | undefined,
    nesting?: Nesting,
  ): void {
    this.#owner = owner
    this.#records.begin(owner, direction)
    this.#nesting = nesting
    this.#direction = direction
    this.#place = place
    this.#format = format
    this.#isCookies = undefined
    this.#valueStart = this.#valueLength = 0
    this.#isProse = place === 'http.body' && options !== undefined && isProse(format, options.mediaType)
    if (this.#isProse) (this.#freeText ??= new FreeText()).begin()
    this.#beginRuns(nesting?.depth ?? 0)
    if (isDecoded(format)) this.#beginReader((this.#form ??= new FormDecoder()))
    else this.#beginTracker(format, options)
  }

  #beginRuns(depth: number): void {
    this.#runsInside = this.#runsByDepth[depth] ?? this.#makeRuns(depth)
    this.#beginFirstRun()
  }

  /** Apart from where it is asked for: a function that holds a closure makes room for it at each call. */
  #makeRuns(depth: number): EncodedRuns | undefined {
    const queue = this.#shared.queues.at(depth)
    if (queue === undefined) return undefined
    return (this.#runsByDepth[depth] = new EncodedRuns(queue, () => this.#opener(this.#runField)))
  }

  /** A content, or a value that is one, may be a run as a whole: nothing stands before it. */
  #beginFirstRun(): void {
    this.#runField = undefined
    this.#runsInside?.begin(this.#depth + 1)
  }

  get #depth(): number {
    return this.#nesting?.depth ?? 0
  }

  /** @param field - that a content stands in that is found now. */
  #opener(field = this.#reader?.name() ?? this.#nesting?.field ?? ''): OpenNested {
    const owner = this.#owner
    const direction = this.#direction
    const place = this.place
    const around = pathFrom(this.#nesting, field)
    const depth = this.#depth + 1
    const open: OpenNested = (format, how) => {
      const content = this.#shared.free.pop() ?? new InspectedContent(this.#shared)
      const nesting = { depth, field, path: `${around} ${how}`.trim() }
      if (owner !== undefined) content.begin(owner, direction, place, format, undefined, nesting)
      return content
    }
    open.problem = (kind) => owner?.anomaly?.(`nested-${kind}`)
    return open
  }

  #mailContents(): MailContents | undefined {
    const queue = this.#shared.queues.at(this.#depth)
    if (queue === undefined) return undefined
    return new MailContents(queue, this.#depth + 1, (field) => this.#opener(field))
  }

  /** Its tracker reads everything, as it comes. */
  get #isEager(): boolean {
    return this.#valueTracker !== undefined || this.#mail !== undefined
  }

  #beginReader(reader: ValueReader): void {
    reader.reset()
    this.#reader = reader
    this.#runs.reset()
  }

  #beginTracker(format: ContentFormat, options: ContentOptions | undefined): void {
    let tracker = this.#trackers.get(format)
    if (tracker === undefined) this.#trackers.set(format, (tracker = makeTracker(format)))
    if (isValueReader(tracker)) {
      this.#beginReader(tracker)
      return
    }
    this.#valueTracker = isValueTracker(tracker) ? tracker : undefined
    if (this.#valueTracker !== undefined) this.#valueTracker.values = this.#values
    this.#values.reset()
    this.#mail = tracker instanceof MailTracker ? tracker : undefined
    if (this.#mail !== undefined) this.#mail.encoded = this.#mailContents()
    if (tracker instanceof MultipartTracker) tracker.files = this.#files
    if (tracker instanceof MultipartTracker) tracker.begin(options?.boundary ?? '')
    else if (tracker instanceof TableTracker && options?.table !== undefined) tracker.begin(options.table)
    else tracker.reset()
    if (tracker instanceof HeadersTracker) this.#isCookies = tracker
    this.#fields.begin(tracker, this.#isEager)
  }

  write(bytes: Uint8Array, start: number, end: number, isLast = false): void {
    if (this.#format === 'binary') return
    if (this.#context.peeks === true && !isLast && this.#shared.written.at(-1) !== this)
      this.#shared.written.push(this)
    if (this.#format === 'sql' && !this.#isStreaming && !mayBeInsert(bytes, start, end)) this.#readLazily()
    if (this.#reader !== undefined) this.#reader.read(bytes, start, end, this.#runs)
    else this.#detect(bytes, start, end, isLast)
    if (this.#files.areThere) this.#inspectFiles()
    this.#records.seal(this.#isInRecord)
  }

  close(): void {
    if (this.#owner === undefined) return
    if (this.#reader !== undefined) this.#endReader(this.#reader)
    else if (this.#isStreaming) this.#endStream()
    this.#valueTracker?.end()
    this.#mail?.end()
    this.#mail = undefined
    this.#inspectDecoded()
    if (this.#isProse) this.#freeText?.close(this.#fromText)
    if (this.#files.areThere) this.#inspectFiles()
    this.#valueTracker = undefined
    this.#reader = undefined
    this.#fields.end()
    this.#records.clear()
    this.#owner = undefined
    if (this.#isPooled) this.#shared.free.push(this)
  }

  #endReader(reader: ValueReader): void {
    if (reader instanceof FileReader) this.#files.file('', reader)
    else reader.end(this.#runs)
  }

  /** Those that came as parts, and the content itself; while what is around them was read, the detector was at work. */
  #inspectFiles(): void {
    for (const file of this.#files.inspect(this.place)) this.#tellProblems(file)
  }

  #tellProblems({ problems }: FileReader): void {
    for (const problem of problems) this.#owner?.anomaly?.(`file-${problem}`)
  }

  /** Nothing is to be told of whole values: fields are read where they are asked for. */
  #readLazily(): void {
    if (this.#valueTracker === undefined) return
    this.#fields.begin(this.#valueTracker)
    this.#valueTracker.values = undefined
    this.#valueTracker = undefined
  }

  /** A run of a value of a form, or of a binary content: each value is a content of its own under its name. */
  value(bytes: Uint8Array, start: number, end: number, last: boolean): void {
    if (last && !this.#isStreaming && this.#format !== 'path') this.#detectWhole(bytes, start, end, true)
    else this.#detect(bytes, start, end, last)
    this.#valueLength += end - start
    if (!last) return
    this.#valueStart += this.#valueLength
    this.#valueLength = 0
    if (this.#isStreaming) this.#endStream()
    this.#beginFirstRun()
  }

  #detect(bytes: Uint8Array, start: number, end: number, isLast: boolean): void {
    if (isLast && !this.#isStreaming && end - start <= limits.encodedSliceBytes) {
      this.#detectWhole(bytes, start, end, this.#nesting !== undefined && this.#format === 'text')
      return
    }
    this.#isStreaming = true
    this.#stream ??= this.#context.detector.createStream()
    for (let at = start; at < end; at += limits.encodedSliceBytes) {
      this.#stream.write(bytes, at, Math.min(end, at + limits.encodedSliceBytes), this)
      this.#inspectDecoded()
    }
  }

  /** @param isField - it is the whole value of the field that it stands in */
  #detectWhole(bytes: Uint8Array, start: number, end: number, isField: boolean): void {
    this.#passed = 0
    const { detector } = this.#context
    if (isField) detector.detectField(bytes, start, end, this)
    else detector.detect(bytes, start, end, this)
    const rest = start + this.#passed
    if (this.#runsInside?.isOpen === true) {
      this.#readRuns(this.#runsInside, bytes, rest, end)
      this.#runsInside.end()
    }
    if (this.#isEager) this.#fields.passInPlace(bytes, rest, end)
    if (this.#isProse) this.#freeText?.write(bytes, rest, end, this.#fromText)
    this.#inspectDecoded()
  }

  #endStream(): void {
    this.#stream?.close(this)
    this.#stream?.reset()
    this.#isStreaming = false
    this.#runsInside?.end()
    this.#inspectDecoded()
  }

  /** Inspects what was encoded in the bytes that were scanned. */
  #inspectDecoded(): void {
    this.#shared.queues[this.#depth]?.flush()
  }

  encodedRun(bytes: Uint8Array, start: number, end: number): void {
    const runs = this.#runsInside
    if (runs === undefined || runs.isOpen) return
    const field = this.field()
    // A mail decodes its bodies itself.
    if (field === insideFile) return
    runs.begin(this.#depth + 1)
    this.#runField = field
    if (start < end) this.#readRuns(runs, bytes, start, end)
  }

  /** Behind a dot another run follows: JSON Web Tokens are three of them (RFC 7515 section 7.1). */
  #readRuns(runs: EncodedRuns, bytes: Uint8Array, start: number, end: number): void {
    let at = runs.read(bytes, start, end)
    while (!runs.isOpen && at < end && bytes[at] === DOT) {
      runs.begin(this.#depth + 1)
      at = runs.read(bytes, at + 1, end)
    }
  }

  pass(bytes: Uint8Array, start: number, end: number): void {
    // A whole content is passed where it lies, and stays there.
    if (this.#runsInside?.isOpen === true) this.#readRuns(this.#runsInside, bytes, start, end)
    if (this.#isStreaming) this.#fields.pass(bytes, start, end)
    else this.#fields.passInPlace(bytes, start, end)
    if (this.#isProse) this.#freeText?.write(bytes, start, end, this.#fromText)
    this.#passed += end - start
  }

  /** Categories of what would be found if it ended here, as bits. */
  peek(): number {
    if (this.#owner === undefined) return 0
    const peeked = (this.#peeked ??= new PeekedContent(this))
    peeked.categories = 0
    if (this.#isStreaming) this.#stream?.peek(peeked)
    if (this.#reader !== undefined) {
      peeked.value(this.#context.detector, this.#runs)
      peeked.value(this.#context.detector, this.#reader.held)
    }
    return peeked.categories
  }

  field(): string {
    if (this.#format === 'path') return ''
    const field = this.#reader?.name() ?? this.#fields.field()
    return field === '' && this.#nesting !== undefined ? this.#nesting.field : field
  }

  undecided(finding: Finding, needs: RecordEvidence): void {
    if (finding.field === insideFile) return
    const length = finding.end - finding.start
    const start = this.#valueStart + finding.offset
    const isFound = this.#records.hold(finding, {
      record: this.#record(),
      needs,
      start,
      end: start + length,
    })
    if (isFound) this.#values.foundUntil(finding.offset + length)
  }

  told(evidence: RecordEvidence): void {
    this.#records.tell(this.#record(), evidence)
  }

  #record(): number {
    return (this.#reader ?? this.#fields).record?.() ?? 0
  }

  readonly #isInRecord = (record: number): boolean =>
    (this.#reader ?? this.#fields).isInRecord?.(record) === true

  /** Beside what else is found: it takes nothing from the whole value of a field. */
  matchedRule(finding: Finding): void {
    this.#report(finding)
  }

  ruleState(): RuleState | undefined {
    return this.#owner?.ruleState?.(this.#direction)
  }

  ruleWaits(finding: Finding): () => void {
    const add = this.#owner?.findings.later(
      this.#direction,
      this.#shownField(finding.field),
      finding,
      this.#context,
    )
    return () => add?.()
  }

  found(finding: Finding): void {
    const until = finding.offset + finding.end - finding.start
    this.#values.foundUntil(until)
    if (this.#isProse) this.#freeText?.claimed(finding.offset, until, this.#fromText)
    this.#report(finding)
  }

  #report(finding: Finding): void {
    if (finding.field === insideFile) return
    const start = this.#valueStart + finding.offset
    this.#records.claim(start, start + finding.end - finding.start)
    const { hashes, now } = this.#context
    this.#owner?.findings.add(this.#direction, this.#shownField(finding.field), finding, hashes, now)
  }

  #shownField(field: string): string {
    return fieldText(this.place, pathFrom(this.#nesting, field))
  }

  get place(): Place {
    if (this.#format === 'form' && this.#place === 'http.body') return 'http.form'
    return this.#isCookies?.isCookie === true ? 'http.cookie' : this.#place
  }
}

const DOT = 0x2e

/** Decoded first: every byte of it is read, and each value is a content of its own. */
function isDecoded(format: ContentFormat): boolean {
  return format === 'form' || format === 'path'
}
