import type { Microseconds } from '../lib/time.ts'
import type { Direction } from '../model/direction.ts'
import type { RuleState } from '../personal-data/custom/rule-state.ts'
import type { KeyedHash } from '../personal-data/counting/keyed-hash.ts'
import type { PersonalDataDetector } from '../personal-data/detector.ts'
import type { FlowFindings } from './flow-findings.ts'

/** Whose content is inspected: its findings are added up there. */
export interface ContentOwner {
  readonly findings: FlowFindings
  /** What the message has of the rules of sensors that the content at hand of a direction is a part of. */
  ruleState?(direction: Direction): RuleState | undefined
  /** Something in a content that could not be inspected, by a stable kebab-case code. */
  anomaly?(code: string): void
}

/** What every content of an engine needs. */
export interface InspectorContext {
  detector: PersonalDataDetector
  hashes: KeyedHash
  /** Time of the packet at hand. */
  now: Microseconds
  /** It is to be told what would be found if contents ended with the packet at hand. */
  peeks?: boolean
}
