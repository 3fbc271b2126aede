import { createHmac, type KeyObject } from 'node:crypto'
import { DistinctSketch } from '../lib/distinct-sketch.ts'
import { formatTime, type Microseconds } from '../lib/time.ts'
import { directionName, type Direction } from '../model/direction.ts'
import type { PersonalDataRecord } from '../model/records.ts'
import type { Finding } from '../personal-data/detector.ts'
import type { Recogniser } from '../personal-data/recogniser.ts'
import { limits } from './limits.ts'

/** Hex digits kept of a keyed hash: 128 bits. */
const HASH_DIGITS = 32

interface Aggregate {
  recogniser: Recogniser
  direction: Direction
  field: string
  confidence: number
  count: number
  distinct: DistinctSketch
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
  /** Something has grown since `news` was last asked. */
  hasNews = false

  get size(): number {
    return this.#byKey?.size ?? 0
  }

  add(direction: Direction, field: string, finding: Finding, hashKey: KeyObject, now: Microseconds): void {
    const hash = keyedHash(hashKey, finding)
    const aggregate = this.#find(direction, field, finding, hash, now)
    aggregate.count++
    aggregate.isNews = true
    this.hasNews = true
    aggregate.last = Math.max(aggregate.last, now)
    aggregate.confidence = Math.max(aggregate.confidence, finding.confidence)
    aggregate.distinct.add(hash)
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

  #find(direction: Direction, field: string, finding: Finding, hash: string, now: Microseconds): Aggregate {
    const all = (this.#byKey ??= new Map())
    const { recogniser } = finding
    const known = all.get(`${direction} ${recogniser.id} ${field}`)
    if (known !== undefined) return known
    const kept = all.size < limits.findingsPerFlow ? field : '…'
    const key = `${direction} ${recogniser.id} ${kept}`
    const overflow = all.get(key)
    if (overflow !== undefined) return overflow
    const distinct = new DistinctSketch(limits.distinctSamples)
    const masked = recogniser.mask(valueText(finding))
    const made: Aggregate = {
      recogniser,
      direction,
      field: kept,
      confidence: 0,
      count: 0,
      distinct,
      masked,
      hash,
      first: now,
      last: now,
      isNews: false,
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

const canonical = Buffer.alloc(limits.canonicalBytes)

/** HMAC-SHA-256 over the value's canonical form, so that the same value written differently counts once. */
function keyedHash(key: KeyObject, finding: Finding): string {
  const length = normalise(finding)
  return createHmac('sha256', key)
    .update(finding.recogniser.id)
    .update(canonical.subarray(0, length))
    .digest('hex')
    .slice(0, HASH_DIGITS)
}

function normalise({ recogniser, bytes, start, end }: Finding): number {
  if (recogniser.normalise !== undefined && end - start <= canonical.length) {
    return recogniser.normalise(bytes, start, end, canonical)
  }
  let length = 0
  for (let i = start; i < end && length < canonical.length; i++) {
    const c = bytes[i]
    const isDigit = c >= 0x30 && c <= 0x39
    const upper = c >= 0x61 && c <= 0x7a ? c - 0x20 : c
    if (isDigit || (upper >= 0x41 && upper <= 0x5a)) canonical[length++] = upper
  }
  return length
}

function valueText({ bytes, start, end }: Finding): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
}
