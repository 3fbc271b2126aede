import type { Log } from '../../lib/log.ts'
import type { FlowRecord, ProcessRecord } from '../../model/records.ts'
import type { LearnedPolicy } from '../../policy/composition.ts'
import { Learner, type LearningCounters } from '../../policy/learning/learner.ts'
import {
  LearnedProcesses,
  type LearnedProcess,
  learnedProcessPrefix,
} from '../../policy/learning/learned-processes.ts'
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

/** Learns from the flows and programs that enforcers tell of, keeps what was learned, and makes it part of the policy. */
export class PolicyLearning {
  readonly #options: LearningOptions
  readonly #learner: Learner
  readonly #processes: LearnedProcesses
  readonly #timer: NodeJS.Timeout
  /** A program was learned since the policy was told. */
  #hasNews = false
  #keptAt = -Infinity
  #saving: Promise<void> = Promise.resolve()

  private constructor(options: LearningOptions, rows: readonly LearnedRow[]) {
    this.#options = options
    this.#learner = new Learner(options.policy.live, recordsOf<LearnedRule>(rows, learnedIdPrefix))
    this.#processes = new LearnedProcesses(recordsOf<LearnedProcess>(rows, learnedProcessPrefix))
    if (rows.length > 0) options.policy.learn(this.#learned)
    this.#timer = setInterval(() => this.#settle(), controllerLimits.learnEveryMs).unref()
  }

  static async start(options: LearningOptions): Promise<PolicyLearning> {
    return new PolicyLearning(options, await options.store.learned())
  }

  flow(record: FlowRecord): void {
    this.#learner.flow(record, this.#options.now())
  }

  /** @param growth by how many the record has grown since it was last told */
  process(record: ProcessRecord, growth: number): void {
    const group = this.#options.policy.live.groupOf(record.workload)
    if (group !== undefined && this.#processes.add(group, record, growth)) this.#hasNews = true
  }

  rules(): LearnedRuleView[] {
    return this.#learner.rules.views()
  }

  /** Programs that a group was seen to run. */
  processesOf(group: string): LearnedProcess[] {
    return this.#processes.of(group)
  }

  get counters(): LearningCounters {
    const { refused, ...counters } = this.#learner.counters
    return { ...counters, refused: refused + this.#processes.refused }
  }

  /** Takes a rule or a program out; what goes on to be seen in Discover is learned again. @returns whether it was there */
  async forget(id: string): Promise<boolean> {
    if (!this.#learner.rules.remove(id) && !this.#processes.remove(id)) return false
    this.#options.policy.learn(this.#learned)
    await this.#save()
    return true
  }

  /** What is not kept yet is kept. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#save()
  }

  get #learned(): LearnedPolicy {
    const { groups, rules } = this.#learner.policy
    return { groups: [...groups, ...this.#processes.groups], rules }
  }

  #settle(): void {
    const { policy } = this.#options
    const now = this.#options.now()
    const isNew = this.#learner.settle(now) || this.#hasNews
    this.#hasNews = false
    if (isNew) policy.learn(this.#learned)
    // How often something was seen changes all the time; a crash may lose some of that, and nothing else.
    if (!isNew && now - this.#keptAt < controllerLimits.learnedCountsMs) return
    this.#keptAt = now
    void this.#save()
  }

  /** One after the other, so that an older state never overwrites a newer one. Never rejects: it is tried again with the next. */
  #save(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      await this.#keep(this.#learner.rules, (rule) =>
        Math.max(...Object.values(rule.seen).map(({ last }) => last)),
      )
      await this.#keep(this.#processes, ({ last }) => last)
    })
    return this.#saving
  }

  async #keep<Item extends { id: string }>(
    learned: Learned<Item>,
    lastOf: (item: Item) => number,
  ): Promise<void> {
    const { saved, removed } = learned.takeDirty()
    if (saved.length + removed.length === 0) return
    const rows = saved.map((item) => ({ id: item.id, last: lastOf(item), record: JSON.stringify(item) }))
    try {
      await this.#options.store.saveLearned({ saved: rows, removed })
    } catch (error) {
      learned.keepDirty([...saved.map(({ id }) => id), ...removed])
      this.#options.log('warn', `What was learned is not kept yet: ${(error as Error).message}`)
    }
  }
}

/** What remembers which of its items are not kept yet. */
interface Learned<Item> {
  takeDirty: () => { saved: Item[]; removed: string[] }
  keepDirty: (ids: readonly string[]) => void
}

function recordsOf<Item>(rows: readonly LearnedRow[], prefix: string): Item[] {
  return rows.filter(({ id }) => id.startsWith(prefix)).map(({ record }) => JSON.parse(record) as Item)
}
