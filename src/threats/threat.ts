import type { KillChainStage, ThreatSeverity } from '../model/records.ts'

/** What is measured, and from which value on it is told of. */
export interface ThreatMeasure {
  /** What is counted: `packets`, `bytes`, `half-open connections`. */
  unit: string
  threshold: number
  /** In which time; absent where a single occurrence is measured. */
  seconds?: number
  /** It is counted in connections, of which an engine may see its share only: then its threshold is its share as well. */
  isSpread?: true
  /** It is told of where no more than that is measured. */
  isAtMost?: true
}

export interface ThreatDefinition {
  /** NeuVector's number; those from 3001 on are ours. */
  id: number
  /** As NeuVector shows it where it has it. */
  name: string
  severity: ThreatSeverity
  /** Whether it is looked for unless it is configured otherwise. */
  on: boolean
  /** Whether a group in Protect has it blocked unless it says otherwise: what NeuVector drops by default. */
  isBlocked?: true
  /** MITRE ATT&CK, Enterprise. */
  technique: string
  stage: KillChainStage
  /** What occurrences of one kind have in common; only kinds are told of apart. `service`: target and port, `sweep`: source and port. */
  by: 'pair' | 'target' | 'source' | 'service' | 'sweep'
  measure: ThreatMeasure
  /** 0 to 1: how sure it is to be hostile, seen from the wire alone. */
  confidence: number
  /** One sentence for people: what was seen. */
  reason: string
}
