import type { AttackClass, AttackReason } from './attack.ts'
import { limits } from './limits.ts'

/** What a request is guilty of. */
export interface AttackVerdict {
  readonly class: AttackClass
  /** Points of the reasons. */
  readonly score: number
  /** Heaviest first. */
  readonly reasons: readonly AttackReason[]
}

/**
 * One verdict for each class whose reasons suffice alone; where only all together do, one for the class of the heaviest.
 *
 * @param reasons - heaviest first
 */
export function verdictsOf(reasons: readonly AttackReason[]): AttackVerdict[] {
  const verdicts = [...Map.groupBy(reasons, (reason) => reason.class)]
    .map(([attackClass, own]) => ({ class: attackClass, score: pointsOf(own), reasons: own }))
    .filter(({ score }) => score >= limits.threshold)
  const score = pointsOf(reasons)
  if (verdicts.length > 0 || score < limits.threshold) return verdicts
  return [{ class: reasons[0].class, score, reasons }]
}

function pointsOf(reasons: readonly AttackReason[]): number {
  return reasons.reduce((points, { weight }) => points + weight, 0)
}
