import type { PolicyDefinition } from '../policy/definition.ts'
import type { DetectionChoices } from '../policy/detection.ts'
import type { LivePolicy } from '../policy/live/live-policy.ts'
import type { Engine } from './engine.ts'

/** Brings to an engine what of its detectors counts, as the policy says it. */
export class FollowedChoices {
  readonly #live: LivePolicy
  readonly #engine: Engine
  #known: DetectionChoices | undefined
  #exceptions: PolicyDefinition['attackExceptions']
  #thresholds: readonly (readonly string[])[] = []

  constructor(live: LivePolicy, engine: Engine) {
    this.#live = live
    this.#engine = engine
  }

  /** Before each packet: it compares a few references. */
  follow(): void {
    const { thresholds } = this.#live.policy
    if (thresholds !== this.#thresholds) this.#engine.tune((this.#thresholds = thresholds))
    const { detection, attackExceptions } = this.#live.definition
    if (detection === this.#known && attackExceptions === this.#exceptions) return
    this.#known = detection
    this.#exceptions = attackExceptions
    this.#engine.choose(detection ?? {}, attackExceptions)
  }
}
