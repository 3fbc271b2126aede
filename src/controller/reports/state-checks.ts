import type { Log } from '../../lib/log.ts'
import { objectiveStates } from '../../report/assessment/objective-states.ts'
import type { Controller } from '../controller.ts'
import { controllerLimits } from '../limits.ts'
import { gatherFacts } from './gather-facts.ts'

/**
 * Looks each day at what of the objectives of frameworks is evidenced, and puts it on record: what is known of the present only
 * (accounts, modes, what runs) can be said of that day later on.
 */
export class StateChecks {
  readonly #controller: Controller
  readonly #now: () => number
  readonly #log: Log
  readonly #round: NodeJS.Timeout
  #under = Promise.resolve()

  constructor(controller: Controller, { now, log }: { now: () => number; log: Log }) {
    this.#controller = controller
    this.#now = now
    this.#log = log
    this.#round = setInterval(() => void this.look(), controllerLimits.checkRoundMs).unref()
  }

  /** Looks where the last time is a day ago. Never rejects: what fails is told in the log, and tried at the next round. */
  look(): Promise<void> {
    this.#under = this.#under
      .then(() => this.#lookIfDue())
      .catch((error: unknown) => this.#log('error', `Checks: ${(error as Error).message}`))
    return this.#under
  }

  /** Resolves once none is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#round)
    await this.#under
  }

  async #lookIfDue(): Promise<void> {
    const { ledger } = this.#controller
    const now = this.#now()
    const last = await ledger.last('check')
    if (last !== undefined && now - Date.parse(last.header.time) < controllerLimits.checkMs) return
    const facts = await gatherFacts(
      this.#controller,
      { since: now - controllerLimits.checkMs, until: now },
      now,
    )
    await ledger.append({
      kind: 'check',
      actor: 'pavise',
      at: now,
      body: { objectives: objectiveStates(facts) },
    })
  }
}
