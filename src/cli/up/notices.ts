import type { Log } from '../../lib/log.ts'
import { upLimits } from './limits.ts'

/** Keeps what is said before there is a view to say it to. */
export class Notices {
  #early: Parameters<Log>[] = []
  #target: Log | null = null

  readonly log: Log = (level, message) => {
    if (this.#target) this.#target(level, message)
    else if (this.#early.length < upLimits.notices) this.#early.push([level, message])
  }

  showOn(target: Log): void {
    this.#target = target
    for (const notice of this.#early) target(...notice)
    this.#early = []
  }
}
