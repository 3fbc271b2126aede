import { limits as contentLimits } from '../content/limits.ts'
import type { Direction } from '../model/direction.ts'
import type { Finding } from '../personal-data/detector.ts'
import type { RecordEvidence } from '../personal-data/judging/record-evidence.ts'
import type { Recogniser } from '../personal-data/recogniser.ts'
import type { ContentOwner, InspectorContext } from './content-owner.ts'
import { WaitingValues, type RecordPlace } from './waiting-values.ts'
import { sealValue, type SealedValue } from './sealed-value.ts'

/** A value that waits for its record: as it is while the call lasts in which it came, masked and hashed from then on. */
class WaitingFinding {
  field = ''
  sealed: SealedValue | undefined
  #recogniser: Recogniser | undefined
  #confidence = 0
  readonly #bytes = new Uint8Array(contentLimits.valueBytes)
  #length = 0

  set({ recogniser, confidence, field, bytes, start, end }: Finding): void {
    this.field = field
    this.sealed = undefined
    this.#recogniser = recogniser
    this.#confidence = confidence
    this.#length = end - start
    for (let i = 0; i < this.#length; i++) this.#bytes[i] = bytes[start + i]
  }

  get finding(): Finding | undefined {
    const recogniser = this.#recogniser
    if (recogniser === undefined) return undefined
    const place = { bytes: this.#bytes, start: 0, end: this.#length, offset: 0 }
    return { recogniser, confidence: this.#confidence, field: this.field, ...place }
  }

  seal(context: InspectorContext): void {
    const { finding } = this
    if (finding !== undefined) this.sealed = sealValue(finding, context.hashes)
  }

  /** Nothing is left of the value as it was. */
  erase(): void {
    if (this.#recogniser === undefined) return
    this.#recogniser = undefined
    this.#bytes.fill(0)
  }
}

/** What the records of a flow's content are known for, and values in them that wait for that. */
export class ContentRecords {
  readonly #context: InspectorContext
  readonly #shownField: (field: string) => string
  /** Made for the first content that has records. */
  #made: WaitingValues<WaitingFinding> | undefined
  /** What it keeps values in. */
  readonly #findings: WaitingFinding[] = []
  #owner: ContentOwner | undefined
  #direction: Direction = 0
  /** There may be something to forget, and values that are not masked yet. */
  #isTouched = false
  #isUnsealed = false
  readonly #seal = (waiting: WaitingFinding): void => {
    if (waiting.sealed === undefined) waiting.seal(this.#context)
  }

  /** @param shownField - how a field is told of in records */
  constructor(context: InspectorContext, shownField: (field: string) => string) {
    this.#context = context
    this.#shownField = shownField
  }

  get #values(): WaitingValues<WaitingFinding> {
    return (this.#made ??= new WaitingValues(
      () => this.#makeFinding(),
      (waiting) => this.#report(waiting),
    ))
  }

  #makeFinding(): WaitingFinding {
    const finding = new WaitingFinding()
    this.#findings.push(finding)
    return finding
  }

  #erase(): void {
    for (const finding of this.#findings) finding.erase()
  }

  /** Begins a new content. */
  begin(owner: ContentOwner, direction: Direction): void {
    this.clear()
    this.#owner = owner
    this.#direction = direction
  }

  /** Forgets all records. */
  clear(): void {
    if (this.#isTouched) this.#values.clear()
    if (this.#isUnsealed) this.#erase()
    this.#isTouched = this.#isUnsealed = false
    this.#owner = undefined
  }

  /** Something in a record says `evidence` of it. */
  tell(record: number, evidence: RecordEvidence): void {
    if (record === 0) return
    this.#isTouched = true
    this.#values.tell(record, evidence)
  }

  /** Something was found at the content's `[start, end)`. */
  claim(start: number, end: number): void {
    if (this.#isTouched) this.#values.claim(start, end)
  }

  /** Takes a value, at once if its record is known already: then it returns true. */
  hold(finding: Finding, place: RecordPlace): boolean {
    if (place.record === 0 || finding.end - finding.start > contentLimits.valueBytes) return false
    if (this.#values.isKnown(place.record, place.needs)) {
      const { hashes, now } = this.#context
      this.#owner?.findings.add(this.#direction, this.#shownField(finding.field), finding, hashes, now)
      return true
    }
    const waiting = this.#values.keep(place)
    if (waiting === undefined) return false
    waiting.set(finding)
    this.#isTouched = this.#isUnsealed = true
    return false
  }

  /** A call ends, and what came in it is gone: what waits in records that go on is masked and hashed, other values are forgotten. */
  seal(goesOn: (record: number) => boolean): void {
    if (!this.#isUnsealed) return
    this.#isUnsealed = false
    this.#values.sift(goesOn, this.#seal)
    this.#erase()
  }

  #report({ field, sealed, finding }: WaitingFinding): void {
    const { hashes, now } = this.#context
    const findings = this.#owner?.findings
    const shown = this.#shownField(field)
    if (sealed !== undefined) findings?.addSealed(this.#direction, shown, sealed, now)
    else if (finding !== undefined) findings?.add(this.#direction, shown, finding, hashes, now)
  }
}
