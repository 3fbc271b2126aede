import type { Log } from '../../lib/log.ts'
import type { FlowRecord } from '../../model/records.ts'
import { Learner, type LearningCounters } from '../../policy/learning/learner.ts'
import {
  type LearnedRule,
  type LearnedRuleView,
  learnedIdPrefix,
} from '../../policy/learning/learned-rules.ts'
import type { LearnedRow } from '../../store/policy-store.ts'
import type { Store } from '../../store/store.ts'
import { controllerLimits } from '../limits.ts'
import type { ControllerPolicy } from './controller-policy.ts'

export interface LearningOptions {
  store: Store
  policy: ControllerPolicy
  now: () => number
  log: Log
}

/** Learns from the flows that enforcers tell of, keeps what was learned, and makes it part of the policy. */
export class PolicyLearning {
  readonly #options: LearningOptions
  readonly #learner: Learner
  readonly #timer: NodeJS.Timeout
  #saving: Promise<void> = Promise.resolve()

  private constructor(options: LearningOptions, known: readonly LearnedRule[]) {
    this.#options = options
    this.#learner = new Learner(options.policy.live, known)
    if (known.length > 0) options.policy.learn(this.#learner.policy)
    this.#timer = setInterval(() => this.#settle(), controllerLimits.learnEveryMs).unref()
  }

  static async start(options: LearningOptions): Promise<PolicyLearning> {
    const rows = await options.store.learned()
    return new PolicyLearning(
      options,
      rows
        .filter(({ id }) => id.startsWith(learnedIdPrefix))
        .map(({ record }) => JSON.parse(record) as LearnedRule),
    )
  }

  flow(record: FlowRecord): void {
    this.#learner.flow(record, this.#options.now())
  }

  rules(): LearnedRuleView[] {
    return this.#learner.rules.views()
  }

  get counters(): LearningCounters {
    return this.#learner.counters
  }

  /** Takes a rule out; what goes on to be seen in Discover is learned again. @returns whether it was there */
  async forget(id: string): Promise<boolean> {
    if (!this.#learner.rules.remove(id)) return false
    this.#options.policy.learn(this.#learner.policy)
    await this.#save()
    return true
  }

  /** What is not kept yet is kept. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#save()
  }

  #settle(): void {
    const { policy, now } = this.#options
    if (this.#learner.settle(now())) policy.learn(this.#learner.policy)
    void this.#save()
  }

  /** One after the other, so that an older state never overwrites a newer one. Never rejects: it is tried again with the next. */
  #save(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      const { saved, removed } = this.#learner.rules.takeDirty()
      if (saved.length + removed.length === 0) return
      try {
        await this.#options.store.saveLearned({ saved: saved.map(rowOf), removed })
      } catch (error) {
        this.#learner.rules.keepDirty([...saved.map(({ id }) => id), ...removed])
        this.#options.log('warn', `What was learned is not kept yet: ${(error as Error).message}`)
      }
    })
    return this.#saving
  }
}

function rowOf(rule: LearnedRule): LearnedRow {
  const last = Math.max(...Object.values(rule.seen).map((seen) => seen.last))
  return { id: rule.id, last, record: JSON.stringify(rule) }
}
