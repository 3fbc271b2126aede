import { FormDecoder } from '../content/form.ts'
import { HeadersTracker } from '../content/headers.ts'
import { MultipartTracker } from '../content/multipart.ts'
import { TableTracker } from '../content/table.ts'
import { makeTracker } from '../content/trackers.ts'
import type { FieldTracker } from '../content/field-tracker.ts'
import type { Microseconds } from '../lib/time.ts'
import type { Direction } from '../model/direction.ts'
import type { Place } from '../model/records.ts'
import type { KeyedHash } from '../personal-data/counting/keyed-hash.ts'
import type {
  DetectionStream,
  Finding,
  FindingSink,
  PersonalDataDetector,
} from '../personal-data/detector.ts'
import type { ContentFormat, ContentOptions, ContentStream } from '../protocols/protocol.ts'
import type { FlowFindings } from './flow-findings.ts'

/** Whose content is inspected: its findings are added up there. */
export interface ContentOwner {
  readonly findings: FlowFindings
}

/** What every content of an engine needs. */
export interface InspectorContext {
  detector: PersonalDataDetector
  hashes: KeyedHash
  /** Time of the packet at hand. */
  now: Microseconds
}

/** Finds personal data in the contents that parsers hand on, and says in which field it stood. */
export class ContentInspector {
  readonly #context: InspectorContext
  /** For whole contents, one of each format: they are done before the call returns. */
  readonly #whole = new Map<ContentFormat, InspectedContent>()
  readonly #free: InspectedContent[] = []
  readonly #named: NamedValue

  constructor(context: InspectorContext) {
    this.#context = context
    this.#named = new NamedValue(context)
  }

  whole(owner: ContentOwner, target: ContentTarget, bytes: Uint8Array, start: number, end: number): void {
    let content = this.#whole.get(target.format)
    if (content === undefined) this.#whole.set(target.format, (content = new InspectedContent(this.#context)))
    content.begin(owner, target)
    content.write(bytes, start, end)
    content.close()
  }

  field(owner: ContentOwner, value: NamedTarget, bytes: Uint8Array, start: number, end: number): void {
    this.#named.begin(owner, value)
    this.#context.detector.detect(bytes, start, end, this.#named)
  }

  open(owner: ContentOwner, target: ContentTarget): ContentStream {
    const content = this.#free.pop() ?? new InspectedContent(this.#context, this.#free)
    content.begin(owner, target)
    return content
  }
}

export interface ContentTarget {
  direction: Direction
  place: Place
  format: ContentFormat
  options?: ContentOptions | undefined
}

export interface NamedTarget {
  direction: Direction
  place: Place
  name: string
}

/** One short value whose field the parser knows. */
class NamedValue implements FindingSink {
  readonly #context: InspectorContext
  #owner: ContentOwner | undefined
  #target: NamedTarget | undefined

  constructor(context: InspectorContext) {
    this.#context = context
  }

  begin(owner: ContentOwner, target: NamedTarget): void {
    this.#owner = owner
    this.#target = target
  }

  pass(): void {}

  field(): string {
    return this.#target?.name ?? ''
  }

  found(finding: Finding): void {
    const { hashes, now } = this.#context
    if (this.#target === undefined) return
    const field = fieldText(this.#target.place, finding.field)
    this.#owner?.findings.add(this.#target.direction, field, finding, hashes, now)
  }
}

/** A content on its way through decoding, detection and the naming of fields. Reused. */
class InspectedContent implements ContentStream, FindingSink {
  readonly #context: InspectorContext
  readonly #pool: InspectedContent[] | undefined
  readonly #stream: DetectionStream
  readonly #trackers = new Map<ContentFormat, FieldTracker>()
  readonly #form = new FormDecoder()
  #tracker: FieldTracker | undefined
  #owner: ContentOwner | undefined
  #direction: Direction = 0
  #place: Place = 'payload'
  #format: ContentFormat = 'text'

  constructor(context: InspectorContext, pool?: InspectedContent[]) {
    this.#context = context
    this.#pool = pool
    this.#stream = context.detector.createStream()
  }

  begin(owner: ContentOwner, { direction, place, format, options }: ContentTarget): void {
    this.#owner = owner
    this.#direction = direction
    this.#place = place
    this.#format = format
    this.#stream.reset()
    if (this.#isDecoded()) this.#form.reset()
    else this.#beginTracker(format, options)
  }

  #beginTracker(format: ContentFormat, options: ContentOptions | undefined): void {
    let tracker = this.#trackers.get(format)
    if (tracker === undefined) this.#trackers.set(format, (tracker = makeTracker(format)))
    this.#tracker = tracker
    if (tracker instanceof MultipartTracker) tracker.begin(options?.boundary ?? '')
    else if (tracker instanceof TableTracker && options?.columns !== undefined)
      tracker.beginWithout(options.columns)
    else tracker.reset()
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    if (this.#format === 'binary') return
    if (this.#isDecoded()) this.#form.read(bytes, start, end, this)
    else this.#stream.write(bytes, start, end, this)
  }

  close(): void {
    if (this.#owner === undefined) return
    if (this.#isDecoded()) this.#form.end(this)
    else this.#stream.close(this)
    this.#owner = undefined
    this.#pool?.push(this)
  }

  /** A run of a decoded form value: each value is a content of its own under its name. */
  value(bytes: Uint8Array, start: number, end: number, last: boolean): void {
    this.#stream.write(bytes, start, end, this)
    if (!last) return
    this.#stream.close(this)
    this.#stream.reset()
  }

  pass(bytes: Uint8Array, start: number, end: number): void {
    if (!this.#isDecoded()) this.#tracker?.read(bytes, start, end)
  }

  field(): string {
    if (this.#format === 'path') return ''
    return this.#format === 'form' ? this.#form.name() : (this.#tracker?.field() ?? '')
  }

  found(finding: Finding): void {
    const { hashes, now } = this.#context
    const field = fieldText(this.#placeNow(), finding.field)
    this.#owner?.findings.add(this.#direction, field, finding, hashes, now)
  }

  #isDecoded(): boolean {
    return this.#format === 'form' || this.#format === 'path'
  }

  #placeNow(): Place {
    if (this.#format === 'form' && this.#place === 'http.body') return 'http.form'
    return this.#tracker instanceof HeadersTracker && this.#tracker.isCookie ? 'http.cookie' : this.#place
  }
}

/**
 * Place and name, as records carry it. Names come from the traffic: a run of digits or an address in one would be
 * personal data itself, and is covered.
 */
function fieldText(place: Place, name: string): string {
  if (name === '') return place
  let safe = ''
  let digits = 0
  for (const character of name) {
    const isDigit = character >= '0' && character <= '9'
    digits = isDigit ? digits + 1 : 0
    if (character === '@') return `${place} …`
    safe += isDigit && digits > 3 ? '#' : character
  }
  return `${place} ${safe}`
}
