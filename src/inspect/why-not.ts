import { makeTracker } from '../content/trackers.ts'
import type { ContentFormat } from '../model/content-format.ts'
import type { PersonalDataDetector } from '../personal-data/detector.ts'
import type { Assessment } from '../personal-data/judging/assessment.ts'
import type { Recogniser } from '../personal-data/recogniser.ts'
import type { AssessmentList } from './assessment-list.ts'
import { DocumentDetector, type DocumentFinding } from './document-detector.ts'

/**
 * How near one recogniser came to finding a value, the nearest first:
 * - `found`: it did
 * - `overlapped`: something surer has the bytes
 * - `unsure`: rated, below the threshold
 * - `needs-field`: such a form counts only where the field says so
 * - `joined`, `in-word`: part of a longer token; a letter or digit goes on at one of its ends
 * - `check-failed`: checksum or structure
 * - `not-such-value`: the field is called after it, but its value is none
 * - `written-otherwise`: without its separators it would have the form
 * - `no-form`: the field is called after it, but the value has none of its forms
 */
export const reasons = [
  'found',
  'overlapped',
  'unsure',
  'needs-field',
  'joined',
  'in-word',
  'check-failed',
  'not-such-value',
  'written-otherwise',
  'no-form',
] as const
export type Reason = (typeof reasons)[number]

/** One recogniser that came near. */
export interface NearMiss {
  recogniser: Recogniser
  why: Reason
  /** What it was judged by; undefined where it was not even looked at. */
  assessment: Assessment | undefined
  /** What has the bytes, where another has them. */
  by: DocumentFinding | undefined
}

/** One place where the value stands: `bytes[start, end)` of the document. */
export interface Occurrence {
  start: number
  end: number
  /** `''` where there is none. */
  field: string
  /** One for each recogniser that came near. */
  nearMisses: NearMiss[]
}

/** Occurrences that are looked at; a value that stands more often has the same reasons again. */
export const mostOccurrences = 5

/** Says why a value in a document was not found. */
export class WhyNot {
  readonly #detector: PersonalDataDetector
  readonly #assessments: AssessmentList

  /** @param assessments - the trace that the detector was compiled with */
  constructor(detector: PersonalDataDetector, assessments: AssessmentList) {
    this.#detector = detector
    this.#assessments = assessments
  }

  /** Nothing where the document does not hold the value. */
  explain(bytes: Uint8Array, format: ContentFormat, value: Uint8Array): Occurrence[] {
    const document = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const [written, places] = writtenPlaces(document, value, format)
    if (places.length === 0) return []
    const alone = this.#acceptedAlone(value)
    const stripped = withoutSeparators(value)
    const otherwise = stripped.length === value.length ? [] : this.#acceptedAlone(stripped)
    const findings = new DocumentDetector(this.#detector, this.#assessments).detect(bytes, format)
    return places.map((start) => {
      const end = start + written.length
      const field = fieldAt(bytes, start, format)
      const misses = new Misses()
      for (const assessment of this.#assessments.overlapping(start, end))
        misses.add(missOf(assessment, findings))
      for (const recogniser of alone) misses.add(unassessed(recogniser, 'in-word'))
      for (const recogniser of otherwise) misses.add(unassessed(recogniser, 'written-otherwise'))
      for (const recogniser of this.#detector.calledAfter(bytes, start, field))
        misses.add(unassessed(recogniser, 'no-form'))
      return { start, end, field, nearMisses: misses.sorted() }
    })
  }

  /** Recognisers that accept the whole of a value where it stands alone. */
  #acceptedAlone(value: Uint8Array): Recogniser[] {
    new DocumentDetector(this.#detector, this.#assessments).detect(value, 'text')
    return (
      this.#assessments
        .overlapping(0, value.length)
        .filter(({ outcome }) => outcome === 'rated' || outcome === 'needs-field')
        // What words tell is told of texts alone.
        .filter(({ terms }) => terms.every(({ because }) => because !== 'words'))
        .filter(({ start, end }) => start === 0 && end === value.length)
        .map(({ recogniser }) => recogniser)
    )
  }
}

/** For each recogniser the miss that came nearest. */
class Misses {
  readonly #byRecogniser = new Map<string, NearMiss>()

  add(miss: NearMiss): void {
    const { id } = miss.recogniser
    const known = this.#byRecogniser.get(id)
    if (known === undefined || isNearer(miss, known)) this.#byRecogniser.set(id, miss)
  }

  sorted(): NearMiss[] {
    return [...this.#byRecogniser.values()].sort((a, b) => (isNearer(a, b) ? -1 : 1))
  }
}

function isNearer(a: NearMiss, b: NearMiss): boolean {
  const [first, second] = [reasons.indexOf(a.why), reasons.indexOf(b.why)]
  if (first !== second) return first < second
  return (a.assessment?.confidence ?? 0) > (b.assessment?.confidence ?? 0)
}

function missOf(assessment: Assessment, findings: readonly DocumentFinding[]): NearMiss {
  const { recogniser, outcome, confidence, threshold, start, end } = assessment
  const overlapping = findings.filter((finding) => finding.start < end && start < finding.end)
  const by = overlapping.find(({ identifier }) => identifier === recogniser.id) ?? overlapping[0]
  if (outcome !== 'rated') return { recogniser, assessment, by: undefined, why: outcome }
  if (confidence < threshold || by === undefined)
    return { recogniser, assessment, by: undefined, why: 'unsure' }
  return { recogniser, assessment, by, why: by.identifier === recogniser.id ? 'found' : 'overlapped' }
}

function unassessed(recogniser: Recogniser, why: Reason): NearMiss {
  return { recogniser, why, assessment: undefined, by: undefined }
}

/** Where a value stands, and how it is written there: as it is, or as the format escapes it. */
function writtenPlaces(
  document: Buffer,
  value: Uint8Array,
  format: ContentFormat,
): [written: Uint8Array, places: number[]] {
  const text = Buffer.from(value).toString('utf8')
  const escaped = format === 'form' ? encodeURIComponent(text) : JSON.stringify(text).slice(1, -1)
  const spellings = [value, Buffer.from(escaped), Buffer.from(escaped.replaceAll('%20', '+'))]
  for (const written of spellings) {
    const places = placesOf(document, written)
    if (places.length > 0) return [written, places]
  }
  return [value, []]
}

function placesOf(bytes: Buffer, value: Uint8Array): number[] {
  const places: number[] = []
  if (value.length === 0) return places
  for (let at = bytes.indexOf(value); at >= 0 && places.length < mostOccurrences;) {
    places.push(at)
    at = bytes.indexOf(value, at + value.length)
  }
  return places
}

function fieldAt(bytes: Uint8Array, at: number, format: ContentFormat): string {
  if (format === 'binary') return ''
  if (format === 'form') return formFieldAt(bytes, at)
  const tracker = makeTracker(format)
  tracker.reset()
  tracker.read(bytes, 0, at)
  return tracker.field()
}

/** What stands before the `=` of the pair that `at` lies in, as it is written. */
function formFieldAt(bytes: Uint8Array, at: number): string {
  const pair = Buffer.from(bytes.subarray(0, at)).toString('utf8').split('&').at(-1) ?? ''
  return pair.includes('=') ? pair.slice(0, pair.indexOf('=')) : ''
}

/** Space, hyphen, dot, slash and apostrophe: what people write between groups. */
const separators = new Set(Buffer.from(" -./'"))

function withoutSeparators(value: Uint8Array): Uint8Array {
  return value.filter((byte) => !separators.has(byte))
}
