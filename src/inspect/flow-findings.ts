import { formatTime, type Microseconds } from '../lib/time.ts'
import { directionName, type Direction } from '../model/direction.ts'
import type { FlowRecord, PersonalDataRecord } from '../model/records.ts'
import { categoryBit } from '../personal-data/categories.ts'
import { DataSubjects, type FieldValues } from '../personal-data/counting/data-subjects.ts'
import { DistinctCounter } from '../personal-data/counting/distinct-counter.ts'
import type { SubjectSketch } from '../personal-data/counting/subject-sketch.ts'
import type { KeyedHash } from '../personal-data/counting/keyed-hash.ts'
import type { Finding } from '../personal-data/detector.ts'
import type { Recogniser } from '../personal-data/recogniser.ts'
import type { DetectionChoice } from './detection-choice.ts'
import { limits } from './limits.ts'
import { sealValue, type SealedValue } from './sealed-value.ts'

type Fingerprint = Pick<SealedValue, 'high' | 'low'>

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

/** Takes what a sensor of the user matched that is an attack; `field` as it may be shown. */
export type AttackTaker = (direction: Direction, field: string, value: SealedValue) => void

/** Takes each value as it is found; undefined for one that is not known as it was any more. For whoever masks what was recorded. */
export type ValueTaker = (finding: Finding | undefined) => void

/** The findings of one flow, added up by direction, identifier and field. Values are hashed and masked at once. */
export class FlowFindings {
  readonly #choice: DetectionChoice
  readonly #attack: AttackTaker | undefined
  readonly #taker: ValueTaker | undefined
  #byKey: Map<string, Aggregate> | undefined
  /** By direction. */
  readonly #subjects: [DataSubjects | undefined, DataSubjects | undefined] = [undefined, undefined]
  /** Values since `takeUntold` was last asked, by direction. */
  readonly #untold: [number, number] = [0, 0]
  /** Something has grown since `news` was last asked. */
  hasNews = false
  /** Categories found, as bits of `categoryBit`. */
  categories = 0

  /**
   * @param choice which findings count
   * @param attack takes what is no personal data but an attack; without it that is a finding as others are
   * @param taker is given each value as it was; nobody but who masks it where it came from
   */
  constructor(choice: DetectionChoice, attack?: AttackTaker, taker?: ValueTaker) {
    this.#choice = choice
    this.#attack = attack
    this.#taker = taker
  }

  get size(): number {
    return this.#byKey?.size ?? 0
  }

  add(direction: Direction, field: string, finding: Finding, hashes: KeyedHash, now: Microseconds): void {
    const { recogniser, confidence } = finding
    if (!this.#choice.counts(recogniser.id, confidence)) return
    if (recogniser.attackSensor !== undefined && this.#attack !== undefined)
      return this.#attack(direction, field, sealValue(finding, hashes))
    this.#taker?.(finding)
    const known = this.#find(direction, field, recogniser)
    const aggregate = known ?? this.#make(direction, field, sealValue(finding, hashes), now)
    hashes.fingerprint(finding)
    aggregate.confidence = Math.max(aggregate.confidence, confidence)
    this.#count(aggregate, hashes, now)
  }

  /** The same for a value that is masked and hashed already. */
  addSealed(direction: Direction, field: string, value: SealedValue, now: Microseconds): void {
    if (!this.#choice.counts(value.recogniser.id, value.confidence)) return
    if (value.recogniser.attackSensor !== undefined && this.#attack !== undefined)
      return this.#attack(direction, field, value)
    this.#taker?.(undefined)
    const known = this.#find(direction, field, value.recogniser)
    const aggregate = known ?? this.#make(direction, field, value, now)
    aggregate.confidence = Math.max(aggregate.confidence, value.confidence)
    this.#count(aggregate, value, now)
  }

  /** Masks and hashes a value, and returns what adds it once it counts. */
  later(
    direction: Direction,
    field: string,
    finding: Finding,
    context: { hashes: KeyedHash; now: Microseconds },
  ): () => void {
    const value = sealValue(finding, context.hashes)
    return () => this.addSealed(direction, field, value, context.now)
  }

  #count(aggregate: Aggregate, { high, low }: Fingerprint, now: Microseconds): void {
    const { direction } = aggregate
    aggregate.count++
    this.#untold[direction]++
    aggregate.isNews = true
    this.hasNews = true
    this.categories |= categoryBit(aggregate.recogniser.category)
    aggregate.last = Math.max(aggregate.last, now)
    aggregate.distinct.add(high, low)
    const subjects = (this.#subjects[direction] ??= new DataSubjects())
    subjects.add(aggregate, high, low)
  }

  /** Values were found since `takeUntold` was last asked. */
  get hasUntold(): boolean {
    return this.#untold[0] + this.#untold[1] > 0
  }

  /** How many values were found since this was last asked, by direction. */
  takeUntold(): readonly [number, number] {
    const [toServer, toClient] = this.#untold
    this.#untold[0] = this.#untold[1] = 0
    return [toServer, toClient]
  }

  /** About whose data it is, by direction; undefined where nothing was found. */
  dataSubjects(): FlowRecord['dataSubjects'] {
    if (this.size === 0) return undefined
    const [toServer, toClient] = this.#subjects.map((subjects) => subjects?.sketch.estimate() ?? 0)
    const [sketchToServer, sketchToClient] = this.#subjects.map(sketchOf)
    const sketches = {
      ...(sketchToServer !== undefined && { toServer: sketchToServer }),
      ...(sketchToClient !== undefined && { toClient: sketchToClient }),
    }
    return { toServer, toClient, ...(Object.keys(sketches).length > 0 && { sketches }) }
  }

  /** Adds these persons to those of other flows. */
  addSubjectsTo(sketch: SubjectSketch): void {
    for (const subjects of this.#subjects) if (subjects !== undefined) sketch.addAll(subjects.sketch)
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

  #find(direction: Direction, field: string, { id }: Recogniser): Aggregate | undefined {
    const all = (this.#byKey ??= new Map())
    const known = all.get(`${direction} ${id} ${field}`)
    if (known !== undefined || all.size < limits.findingsPerFlow) return known
    return all.get(`${direction} ${id} …`)
  }

  #make(direction: Direction, field: string, value: SealedValue, now: Microseconds): Aggregate {
    const all = (this.#byKey ??= new Map())
    const { recogniser, masked, hash } = value
    const kept = all.size < limits.findingsPerFlow ? field : '…'
    const made: Aggregate = {
      recogniser,
      direction,
      field: kept,
      confidence: 0,
      count: 0,
      distinct: new DistinctCounter(),
      masked,
      hash,
      first: now,
      last: now,
      isNews: false,
      ...{ record: 0, high: 0, low: 0 },
    }
    all.set(`${direction} ${recogniser.id} ${kept}`, made)
    return made
  }
}

function sketchOf(subjects: DataSubjects | undefined): string | undefined {
  return subjects === undefined || subjects.sketch.isEmpty ? undefined : subjects.sketch.text()
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
