import type { Ledger } from '../../evidence/ledger.ts'
import type { Acceptance, Difference } from '../../privacy/differences/difference.ts'
import type { PrivacyStore } from '../../store/privacy-store.ts'
import { controllerLimits } from '../limits.ts'
import { PrivacyError } from './privacy-error.ts'

interface AcceptanceParts {
  store: PrivacyStore
  ledger: Ledger
  now: () => number
}

/** Which differences somebody lets be, and until when. Each decision is stored, and then put on record. */
export class Acceptances {
  readonly #parts: AcceptanceParts
  readonly #all: Map<string, Acceptance>

  private constructor(parts: AcceptanceParts, all: Map<string, Acceptance>) {
    this.#parts = parts
    this.#all = all
  }

  static async load(parts: AcceptanceParts): Promise<Acceptances> {
    const stored = await parts.store.list('acceptance', controllerLimits.acceptances)
    return new Acceptances(
      parts,
      new Map(stored.map(({ id, record }) => [id, JSON.parse(record) as Acceptance])),
    )
  }

  /** By the id of the difference; those that are over as well. */
  get all(): ReadonlyMap<string, Acceptance> {
    return this.#all
  }

  /** @param until in ms since 1970 @throws PrivacyError */
  async accept(
    difference: Difference,
    until: number,
    { by, reason }: { by: string; reason: string },
  ): Promise<void> {
    const at = this.#parts.now()
    checkTime(until, at)
    const { id, categories, text } = difference
    this.#checkRoom(id)
    const acceptance: Acceptance = { difference: id, by, reason, at, until, categories, text }
    await this.#parts.store.save('acceptance', [{ id, at, record: JSON.stringify(acceptance) }])
    this.#all.set(id, acceptance)
    await this.#record('accepted', acceptance, by)
  }

  /** @throws PrivacyError */
  async withdraw(id: string, by: string): Promise<void> {
    const known = this.#all.get(id)
    if (known === undefined)
      throw new PrivacyError(
        'ACCEPTANCE_UNKNOWN',
        `${id} is not accepted.`,
        'See pavise privacy differences.',
      )
    await this.#parts.store.remove('acceptance', id)
    this.#all.delete(id)
    await this.#record('withdrawn', known, by)
  }

  #checkRoom(id: string): void {
    if (this.#all.has(id) || this.#all.size < controllerLimits.acceptances) return
    throw new PrivacyError(
      'ACCEPTANCE_LIMIT',
      `${this.#all.size} differences are accepted already, or were.`,
      'Withdraw those that are over.',
    )
  }

  async #record(what: string, { until, ...acceptance }: Acceptance, actor: string): Promise<void> {
    const { difference, text, reason, categories } = acceptance
    const body = { what, difference, text, reason, categories, until: new Date(until).toISOString() }
    await this.#parts.ledger.append({ kind: 'privacy', actor, at: this.#parts.now(), body })
  }
}

/** What is accepted without an end is forgotten. @throws PrivacyError */
function checkTime(until: number, now: number): void {
  const days = Math.floor(controllerLimits.acceptanceMs / 86_400_000)
  if (until > now && until <= now + controllerLimits.acceptanceMs) return
  const problem = until > now ? `is more than ${days} days away` : 'is over already'
  throw new PrivacyError(
    'ACCEPTANCE_TIME',
    `The day until which it is accepted ${problem}.`,
    `Name one within ${days} days; then it comes back and can be looked at anew.`,
  )
}
