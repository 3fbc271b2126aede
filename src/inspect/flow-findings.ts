import { formatTime, type Microseconds } from '../lib/time.ts'
import { directionName, type Direction } from '../model/direction.ts'
import type { FlowRecord, PersonalDataRecord } from '../model/records.ts'
import { categoryBit } from '../personal-data/categories.ts'
import { DataSubjects, type FieldValues } from '../personal-data/counting/data-subjects.ts'
import { DistinctCounter } from '../personal-data/counting/distinct-counter.ts'
import { SubjectSketch } from '../personal-data/counting/subject-sketch.ts'
import type { KeyedHash } from '../personal-data/counting/keyed-hash.ts'
import type { Finding } from '../personal-data/detector.ts'
import { limits } from './limits.ts'

interface Aggregate extends FieldValues {
  direction: Direction
  field: string
  confidence: number
  count: number
  distinct: DistinctCounter
  masked: string
  hash: string
  first: Microseconds
  last: Microseconds
  /** Has grown since it was last told of. */
  isNews: boolean
}

/** The findings of one flow, added up by direction, identifier and field. Values are hashed and masked at once. */
export class FlowFindings {
  #byKey: Map<string, Aggregate> | undefined
  /** By direction. */
  readonly #subjects: [DataSubjects | undefined, DataSubjects | undefined] = [undefined, undefined]
  /** Something has grown since `news` was last asked. */
  hasNews = false
  /** Categories found, as bits of `categoryBit`. */
  categories = 0

  get size(): number {
    return this.#byKey?.size ?? 0
  }

  add(direction: Direction, field: string, finding: Finding, hashes: KeyedHash, now: Microseconds): void {
    const aggregate = this.#find(direction, field, finding, hashes, now)
    aggregate.count++
    aggregate.isNews = true
    this.hasNews = true
    this.categories |= categoryBit(finding.recogniser.category)
    aggregate.last = Math.max(aggregate.last, now)
    aggregate.confidence = Math.max(aggregate.confidence, finding.confidence)
    hashes.fingerprint(finding)
    aggregate.distinct.add(hashes.high, hashes.low)
    const subjects = (this.#subjects[direction] ??= new DataSubjects())
    subjects.add(aggregate, hashes.high, hashes.low)
  }

  /** About whose data it is, by direction; undefined where nothing was found. */
  dataSubjects(): FlowRecord['dataSubjects'] {
    if (this.size === 0) return undefined
    const [toServer, toClient] = this.#subjects.map((subjects) => subjects?.estimate() ?? 0)
    const sketch = new SubjectSketch()
    this.addSubjectsTo(sketch)
    return { toServer, toClient, ...(!sketch.isEmpty && { sketch: sketch.text() }) }
  }

  /** Adds these persons to those of other flows. */
  addSubjectsTo(sketch: SubjectSketch): void {
    for (const subjects of this.#subjects) subjects?.addTo(sketch)
  }

  records(flow: string): PersonalDataRecord[] {
    return [...(this.#byKey?.values() ?? [])].map((aggregate) => toRecord(flow, aggregate))
  }

  /** Those that are new or have grown since this was last asked. */
  news(flow: string): PersonalDataRecord[] {
    if (!this.hasNews) return []
    this.hasNews = false
    const grown = [...(this.#byKey?.values() ?? [])].filter(({ isNews }) => isNews)
    for (const aggregate of grown) aggregate.isNews = false
    return grown.map((aggregate) => toRecord(flow, aggregate))
  }

  #find(
    direction: Direction,
    field: string,
    finding: Finding,
    hashes: KeyedHash,
    now: Microseconds,
  ): Aggregate {
    const all = (this.#byKey ??= new Map())
    const { recogniser } = finding
    const known = all.get(`${direction} ${recogniser.id} ${field}`)
    if (known !== undefined) return known
    const kept = all.size < limits.findingsPerFlow ? field : '…'
    const key = `${direction} ${recogniser.id} ${kept}`
    const overflow = all.get(key)
    if (overflow !== undefined) return overflow
    const made: Aggregate = {
      recogniser,
      direction,
      field: kept,
      confidence: 0,
      count: 0,
      distinct: new DistinctCounter(),
      masked: recogniser.mask(valueText(finding)),
      hash: hashes.hash(finding),
      first: now,
      last: now,
      isNews: false,
      ...{ record: 0, high: 0, low: 0 },
    }
    all.set(key, made)
    return made
  }
}

function toRecord(flow: string, found: Aggregate): PersonalDataRecord {
  return {
    type: 'personal-data',
    flow,
    identifier: found.recogniser.id,
    category: found.recogniser.category,
    confidence: Math.round(found.confidence * 100) / 100,
    direction: directionName(found.direction),
    field: found.field,
    count: found.count,
    distinct: found.distinct.estimate(),
    masked: found.masked,
    hash: found.hash,
    first: formatTime(found.first),
    last: formatTime(found.last),
  }
}

function valueText({ bytes, start, end }: Finding): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
}
