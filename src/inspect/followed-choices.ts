import type { DetectionChoices } from '../policy/detection.ts'
import type { LivePolicy } from '../policy/live/live-policy.ts'
import type { Engine } from './engine.ts'

/** Brings to an engine what of its detectors counts, as the policy says it. */
export class FollowedChoices {
  readonly #live: LivePolicy
  readonly #engine: Engine
  #known: DetectionChoices | undefined

  constructor(live: LivePolicy, engine: Engine) {
    this.#live = live
    this.#engine = engine
  }

  /** Before each packet: it compares two references. */
  follow(): void {
    const { detection } = this.#live.definition
    if (detection === this.#known) return
    this.#known = detection
    this.#engine.choose(detection ?? {})
  }
}
