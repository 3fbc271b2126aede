import type { FieldTracker } from '../content/field-tracker.ts'
import { isValueTracker } from '../content/field-tracker.ts'
import type { FileProblem } from '../content/files/budget.ts'
import { FileReader } from '../content/files/file-reader.ts'
import { MailTracker } from '../content/mail.ts'
import { insideFile } from '../content/multipart.ts'
import { ProtobufTracker } from '../content/protobuf.ts'
import { makeTracker } from '../content/trackers.ts'
import type { RunSink, ValueReader } from '../content/value-reader.ts'
import { isValueReader } from '../content/value-reader.ts'
import type { ContentFormat } from '../model/content-format.ts'
import type { Category, Place } from '../model/records.ts'
import type { Finding, FindingSink, PersonalDataDetector } from '../personal-data/detector.ts'
import { assessmentOf, FreeText, isProse } from '../personal-data/free-text/free-text.ts'
import type { RecordEvidence } from '../personal-data/judging/record-evidence.ts'
import type { AssessmentList } from './assessment-list.ts'
import { decodedRun, type DecodedRun } from './decoded-run.ts'
import { leastProseBytes } from './file-contents.ts'
import { WaitingValues } from './waiting-values.ts'
import { limits } from './limits.ts'
import { type DecodedPart, MailDocument } from './mail-document.ts'
import { type Nesting, pathFrom } from './nesting.ts'
import { PlacedValue } from './placed-value.ts'
import { WholeValues } from './whole-values.ts'

/** A value found in a document; it is masked, and lies at `bytes[start, end)` of the document. */
export interface DocumentFinding {
  /** Stable id of the recogniser. */
  identifier: string
  /** What a person calls it. */
  name: string
  category: Category
  /** 0 to 1. */
  confidence: number
  start: number
  end: number
  /** `''` where there is none. */
  field: string
  masked: string
}

/** Finds personal data in whole documents and says where it stands, in bytes of the document as it came. */
export class DocumentDetector {
  readonly #detector: PersonalDataDetector
  readonly #assessments: AssessmentList | undefined
  readonly #problems = new Set<FileProblem>()

  /** @param assessments - the trace that the detector was compiled with, where explanations are wanted */
  constructor(detector: PersonalDataDetector, assessments?: AssessmentList) {
    this.#detector = detector
    this.#assessments = assessments
  }

  /** What of the document was not inspected, and why. */
  get problems(): ReadonlySet<FileProblem> {
    return this.#problems
  }

  /** In order of their place. */
  detect(bytes: Uint8Array, format: ContentFormat): DocumentFinding[] {
    if (this.#assessments !== undefined) this.#assessments.clear()
    this.#problems.clear()
    const list = this.#detectIn(bytes, format, undefined)
    // The whole value of a field is told of at its end, which may be behind what stands in the next.
    return list.toSorted((a, b) => a.start - b.start || b.end - a.end)
  }

  #detectIn(
    bytes: Uint8Array,
    format: ContentFormat,
    nesting: DocumentNesting | undefined,
  ): DocumentFinding[] {
    const findings = new FindingList(this.#detector, format, nesting)
    findings.assessments = this.#assessments
    if (format === 'form') this.#detectForm(bytes, findings)
    else if (format !== 'binary') {
      const tracker = makeTracker(format)
      if (tracker instanceof FileReader) this.#detectFile(tracker, bytes, findings)
      else if (isValueReader(tracker)) this.#detectValues(tracker, bytes, findings)
      else {
        findings.follow(tracker, bytes.length)
        if (isProse(format)) findings.readText(bytes)
        if (nesting !== undefined && format === 'text')
          this.#detector.detectField(bytes, 0, bytes.length, findings)
        else this.#detector.detect(bytes, 0, bytes.length, findings)
        for (const part of findings.end(bytes)) {
          const nesting = findings.nestingOf(part.start, part.end, part.field, part.how)
          if (nesting.depth <= limits.nesting) this.#detectNested(part, nesting, findings)
        }
        this.#detectEncoded(bytes, findings)
      }
    }
    return findings.list
  }

  /** What stands encoded in a content whose findings are known. */
  #detectEncoded(bytes: Uint8Array, findings: FindingList): void {
    let end = 0
    for (const { at: first, field } of findings.takeRuns()) {
      // Behind a dot another run follows: JSON Web Tokens are three of them (RFC 7515 section 7.1).
      for (let at = first; at >= end; at = bytes[end] === DOT ? end + 1 : -1) {
        const run = decodedRun(bytes, at)
        if (run === undefined) break
        end = run.end
        const nesting = findings.nestingOf(at, end, field, run.how)
        if (nesting.depth > limits.nesting) return
        this.#detectNested(run, nesting, findings)
      }
    }
  }

  #detectNested(run: DecodedRun, nesting: DocumentNesting, findings: FindingList): void {
    const assessments = this.#assessments
    if (assessments !== undefined) assessments.run = { start: nesting.start, end: nesting.end }
    findings.list.push(...this.#detectIn(run.bytes, run.format, nesting))
    if (assessments !== undefined) assessments.run = findings.nesting
  }

  /** Each value is a content of its own, where it lies. */
  #detectValues(reader: ValueReader, bytes: Uint8Array, findings: FindingList): void {
    const placed = new PlacedValue(bytes)
    const sink: RunSink = {
      value: (run, start, end, isLast) => {
        placed.add(run, start, end)
        if (!isLast) return
        const value = placed.take()
        findings.name = reader.name()
        findings.origin = placed.origins
        if (this.#assessments !== undefined) this.#assessments.origin = placed.origins
        this.#detector.detectField(value, 0, value.length, findings)
        this.#detectEncoded(value, findings)
      },
    }
    findings.reader = reader
    if (reader instanceof ProtobufTracker) reader.begin(bytes.length)
    else reader.reset()
    reader.read(bytes, 0, bytes.length, sink)
    reader.end(sink)
  }

  /** Texts of a file lie nowhere in its bytes: the field says on which page or sheet, and the place is all of it. */
  #detectFile(file: FileReader, bytes: Uint8Array, findings: FindingList): void {
    // Until they are told of, texts stand one behind the other.
    let at = 0
    const value = (run: Uint8Array, start: number, end: number): void => {
      const known = findings.list.length
      findings.name = file.field()
      findings.shownName = file.name()
      findings.origin = Uint32Array.from({ length: end - start + 1 }, (_, i) => at + i)
      at += end - start + 1
      if (this.#assessments !== undefined) this.#assessments.origin = findings.origin
      const isProse = end - start >= leastProseBytes
      if (isProse) findings.readText(run.subarray(start, end))
      this.#detector.detectField(run, start, end, findings)
      if (isProse) findings.endText()
      for (let i = known; i < findings.list.length; i++) {
        const finding = findings.list[i]
        this.#assessments?.keep(finding)
        if (findings.nesting === undefined) Object.assign(finding, { start: 0, end: bytes.length })
      }
    }
    file.readWhole(bytes, { value })
    for (const problem of file.problems) this.#problems.add(problem)
  }

  /** Each value is a content of its own, decoded. */
  #detectForm(bytes: Uint8Array, findings: FindingList): void {
    const value = new DecodedValue(bytes)
    findings.reader = oneRecord
    let at = 0
    while (at < bytes.length) {
      const ampersand = bytes.indexOf(AMPERSAND, at)
      const end = ampersand < 0 ? bytes.length : ampersand
      const equals = bytes.indexOf(EQUALS, at)
      const hasName = equals >= 0 && equals < end
      findings.name = hasName ? value.read(at, equals).toString('utf8') : ''
      const decoded = value.read(hasName ? equals + 1 : at, end)
      findings.origin = value.origins
      if (this.#assessments !== undefined) this.#assessments.origin = value.origins
      this.#detector.detectField(decoded, 0, decoded.length, findings)
      this.#detectEncoded(decoded, findings)
      at = end + 1
    }
  }
}

/** All of a form is one record. */
const oneRecord = { record: () => 1 }

const DOT = 0x2e
const AMPERSAND = 0x26
const EQUALS = 0x3d
const PERCENT = 0x25
const PLUS = 0x2b

/** A percent-decoded stretch of a document (WHATWG URL section 5), and where each of its bytes came from. */
class DecodedValue {
  origins = new Uint32Array(0)
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  read(start: number, end: number): Buffer {
    const out = Buffer.alloc(end - start)
    const origins = new Uint32Array(end - start + 1)
    let length = 0
    for (let at = start; at < end; length++) {
      const escaped = this.#bytes[at] === PERCENT && at + 2 < end ? this.#escapedAt(at) : -1
      origins[length] = at
      out[length] = escaped >= 0 ? escaped : this.#bytes[at] === PLUS ? 0x20 : this.#bytes[at]
      at += escaped >= 0 ? 3 : 1
    }
    origins[length] = end
    this.origins = origins
    return out.subarray(0, length)
  }

  /** -1 where no two hexadecimal digits follow. */
  #escapedAt(at: number): number {
    const digits = String.fromCharCode(this.#bytes[at + 1], this.#bytes[at + 2])
    return /^[\da-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : -1
  }
}

interface FoundRun {
  at: number
  field: string
}

/** Where a content lies that was found in a document, or in a content of it. */
interface DocumentNesting extends Nesting {
  /** Place of the outermost run in the document. */
  start: number
  end: number
}

class FindingList implements FindingSink {
  readonly list: DocumentFinding[] = []
  name = ''
  /** Positions in the document by those in what is detected in; undefined where they are the same. */
  origin: Uint32Array | undefined
  /** What the field is called for people, where that is more than what a value is judged by. */
  shownName: string | undefined
  readonly #values: WholeValues
  #textReader: FreeText | undefined
  /** While a text is read. */
  #freeText: FreeText | undefined
  /** Where explanations are wanted. */
  assessments: AssessmentList | undefined
  readonly #fromText: FindingSink = {
    pass() {},
    field: () => '',
    found: (finding) => this.#addFromText(finding),
  }
  readonly #records = new WaitingValues<{ finding?: DocumentFinding }>(
    () => ({}),
    ({ finding }) => this.#raise(finding),
  )
  /** Of values that are each a content of its own. */
  reader: Pick<ValueReader, 'record'> | undefined
  #tracker: FieldTracker | undefined
  /** Where the document is a mail. */
  #mail: MailDocument | undefined
  /** Up to where the tracker has read. */
  #read = 0
  /** Headers are a part of a request; every other document is a body. */
  readonly place: Place | undefined

  /** Where the content lies in the document, if it is not the document. */
  readonly nesting: DocumentNesting | undefined
  readonly #runs: FoundRun[] = []

  constructor(detector: PersonalDataDetector, format: ContentFormat, nesting: DocumentNesting | undefined) {
    this.nesting = nesting
    this.place = format === 'headers' ? 'http.header' : undefined
    this.#values = new WholeValues(detector, this, (finding, until) => this.#add(finding, until))
  }

  follow(tracker: FieldTracker, sizeBytes: number): void {
    this.#tracker = tracker
    if (tracker instanceof MailTracker) this.#mail = new MailDocument(tracker, sizeBytes)
    if (isValueTracker(tracker)) tracker.values = this.#values
    tracker.reset()
  }

  /** Names and addresses are looked for by their words as well. */
  readText(bytes: Uint8Array): void {
    this.#freeText = this.#textReader ??= new FreeText()
    this.#freeText.beginWhole(bytes, 0, bytes.length)
  }

  endText(): void {
    this.#freeText?.close(this.#fromText)
    this.#freeText = undefined
  }

  /** Values may stand behind the last match. Returns what stands encoded in a mail. */
  end(bytes: Uint8Array): readonly DecodedPart[] {
    this.endText()
    const tracker = this.#tracker
    if (this.#mail !== undefined) return this.#mail.end(bytes, this.#read, bytes.length)
    if (tracker === undefined || !isValueTracker(tracker)) return []
    tracker.read(bytes, this.#read, bytes.length)
    tracker.end()
    return []
  }

  pass(bytes: Uint8Array, start: number, end: number): void {
    this.#tracker?.read(bytes, start, end)
    this.#read += end - start
  }

  field(): string {
    const field = this.#tracker?.field() ?? this.name
    return field === '' ? (this.nesting?.field ?? '') : field
  }

  encodedRun(_bytes: Uint8Array, start: number, end: number): void {
    const field = this.field()
    // A mail decodes its bodies itself.
    if (field !== insideFile) this.#runs.push({ at: this.#read - (end - start), field })
  }

  /** Where runs may begin in the content that was detected in, which the beginning is, too; the next content begins. */
  takeRuns(): readonly FoundRun[] {
    const runs = [
      { at: 0, field: this.#tracker === undefined ? this.field() : (this.nesting?.field ?? '') },
      ...this.#runs,
    ]
    this.#runs.length = 0
    this.#read = 0
    return runs
  }

  /** Where a content lies that is encoded in `[start, end)` of the one at hand. */
  nestingOf(start: number, end: number, field: string, how: string): DocumentNesting {
    const around = pathFrom(this.nesting, field)
    return {
      depth: (this.nesting?.depth ?? 0) + 1,
      start: this.nesting?.start ?? this.#placeOf(start),
      end: this.nesting?.end ?? this.#placeOf(end),
      field,
      path: `${around} ${how}`.trim(),
    }
  }

  found(finding: Finding): void {
    const until = finding.offset + finding.end - finding.start
    this.#values.foundUntil(until)
    this.#freeText?.claimed(finding.offset, until, this.#fromText)
    this.#add(finding, until)
  }

  matchedRule(finding: Finding): void {
    this.#add(finding, finding.offset + finding.end - finding.start)
  }

  #addFromText(finding: Finding): void {
    this.assessments?.assessed(assessmentOf(finding))
    this.#add(finding, finding.offset + finding.end - finding.start)
  }

  undecided(finding: Finding, needs: RecordEvidence): void {
    const record = this.#record()
    if (finding.field === insideFile || record === 0) return
    const last = finding.offset + finding.end - finding.start
    const item = this.#documentFinding(finding, last)
    if (this.#records.isKnown(record, needs)) {
      this.#values.foundUntil(last)
      this.#raise(item)
      return
    }
    const place = { record, needs, start: this.#placeOf(finding.offset), end: this.#placeOf(last) }
    const kept = this.#records.keep(place)
    if (kept !== undefined) kept.finding = item
  }

  told(evidence: RecordEvidence): void {
    const record = this.#record()
    if (record !== 0) this.#records.tell(record, evidence)
  }

  #record(): number {
    return (this.#tracker ?? this.reader)?.record?.() ?? 0
  }

  /** It stands in a person's record. */
  #raise(finding: DocumentFinding | undefined): void {
    if (finding === undefined) return
    this.assessments?.raise(finding)
    this.list.push(finding)
  }

  /** In the content at hand as it came. */
  #placeOf(position: number): number {
    return this.origin?.[position] ?? position
  }

  #add(finding: Finding, last: number): void {
    if (finding.field === insideFile) return
    this.#records.claim(this.#placeOf(finding.offset), this.#placeOf(last))
    this.list.push(this.#documentFinding(finding, last))
  }

  #documentFinding(finding: Finding, last: number): DocumentFinding {
    const { recogniser, confidence, field, bytes, start, end, offset } = finding
    const value = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
    return {
      identifier: recogniser.id,
      name: recogniser.name,
      category: recogniser.category,
      confidence: Math.round(confidence * 100) / 100,
      start: this.nesting?.start ?? this.#placeOf(offset),
      end: this.nesting?.end ?? this.#placeOf(last),
      field: pathFrom(this.nesting, this.shownName ?? field),
      masked: recogniser.mask(value),
    }
  }
}
