import type { PolicyAction, PolicyVersionItem } from '../../store/policy-store.ts'
import { storeLimits } from '../../store/limits.ts'
import type { Store } from '../../store/store.ts'
import {
  type ContentChange,
  contentChanges,
  contentOf,
  countsOf,
  emptyContent,
  type PolicyContent,
  storedOf,
} from './policy-content.ts'
import { PolicyChangeError } from './policy-error.ts'

/** Who does something, and why. */
export interface By {
  author: string
  reason: string
}

/** A change that is to become a version. */
export interface Edit extends By {
  action: PolicyAction
  content: PolicyContent
  /** The version that it brings back, where it undoes later ones. */
  restored?: number
}

/** A version as it is asked for: what it holds, and what it changed. */
export interface PolicyVersion extends PolicyVersionItem {
  content: PolicyContent
  changes: ContentChange[]
}

/** The versions of the policy: each is what people decided, who did and why. Number 0 is the empty policy before the first. */
export class PolicyHistory {
  readonly #store: Store
  readonly #now: () => number
  #number = 0
  #content: PolicyContent = emptyContent
  #restored: number | undefined

  private constructor(store: Store, now: () => number) {
    this.#store = store
    this.#now = now
  }

  static async load(store: Store, now: () => number): Promise<PolicyHistory> {
    const history = new PolicyHistory(store, now)
    const newest = await store.policyVersion()
    if (newest !== null) {
      history.#number = newest.number
      const { content, restored } = contentOf(newest)
      history.#content = content
      history.#restored = restored
    }
    return history
  }

  /** Of the version that holds. */
  get number(): number {
    return this.#number
  }

  get content(): PolicyContent {
    return this.#content
  }

  /** Makes it the version that holds once it is durable. */
  async add({ author, reason, action, content, restored }: Edit): Promise<PolicyVersion> {
    const changes = contentChanges(this.#content, content)
    const number = this.#number + 1
    const item = { number, at: this.#now(), author, action, reason, counts: countsOf(changes) }
    await this.#store.savePolicyVersion({ ...item, ...storedOf(content, restored) })
    this.#number = number
    this.#restored = restored
    this.#content = content
    return { ...item, content, changes }
  }

  /**
   * The versions that were in force at some time between two, in ms since 1970, oldest first: from when each was. Number 0 is before the
   * first that is kept.
   */
  async between(since: number, until: number): Promise<{ number: number; at: number }[]> {
    const kept = (await this.list({ limit: storeLimits.policyVersions })).toReversed()
    const all = [{ number: 0, at: -Infinity }, ...kept.map(({ number, at }) => ({ number, at }))]
    return all.filter(({ at }, i) => at < until && (all[i + 1]?.at ?? Infinity) > since)
  }

  /** Newest first. */
  list(query: { limit: number; before?: number | undefined }): Promise<PolicyVersionItem[]> {
    return this.#store.policyVersions(query)
  }

  /** @throws PolicyChangeError `POLICY_NO_VERSION` */
  async version(number: number): Promise<PolicyVersion> {
    const stored = await this.#store.policyVersion(number)
    if (stored === null) throw noVersion(number)
    const { objects: _objects, settings: _settings, ...item } = stored
    const { content } = contentOf(stored)
    const changes = contentChanges(await this.#contentBefore(number), content)
    return { ...item, content, changes }
  }

  /**
   * What there was before the version that holds, or what the given one held. To undo twice goes back twice.
   *
   * @throws PolicyChangeError `POLICY_NO_VERSION`
   */
  async before(to?: number): Promise<{ number: number; content: PolicyContent }> {
    const number = to ?? (this.#restored ?? this.#number) - 1
    if (number === 0 && this.#number > 0) return { number, content: emptyContent }
    const stored = number < 1 ? null : await this.#store.policyVersion(number)
    if (stored === null) throw noVersion(number)
    return { number, content: contentOf(stored).content }
  }

  async #contentBefore(number: number): Promise<PolicyContent> {
    const stored = await this.#store.policyVersion(number - 1)
    return stored === null ? emptyContent : contentOf(stored).content
  }
}

function noVersion(number: number): PolicyChangeError {
  return number < 1
    ? new PolicyChangeError('POLICY_NO_VERSION', 'There is nothing to undo.', 'See pavise policy history.')
    : new PolicyChangeError(
        'POLICY_NO_VERSION',
        `There is no version ${number} of the policy, or it is no longer kept.`,
        'See pavise policy history for those that are.',
      )
}
