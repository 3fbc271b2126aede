import type { Log } from '../../lib/log.ts'
import type { WitnessKind } from '../../model/evidence-kinds.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import { evidenceLimits } from '../limits.ts'
import type { Witness } from './witness.ts'

/** A head that was signed. */
export interface SignedHead {
  size: number
  /** Milliseconds since 1970. */
  at: number
  note: string
}

export interface WitnessState {
  kind: WitnessKind
  name: string
  /** The last head that it took, and when; null before the first. */
  last: { size: number; at: number } | null
  /** Since when it takes none, and why; null where it does. */
  failing: { since: number; why: string } | null
}

interface WitnessesOptions {
  witnesses: readonly Witness[]
  store: EvidenceStore
  now: () => number
  log: Log
  /** One is late, or takes heads again: to be put on record. */
  changed: (state: WitnessState, what: 'late' | 'again') => void
}

/** Tells each witness of the newest head, again and again until it takes it; of older ones that wait the newest stands for all. */
export class Witnesses {
  readonly #lanes: readonly Lane[]

  constructor(options: WitnessesOptions) {
    this.#lanes = options.witnesses.map((witness) => new Lane(witness, options))
  }

  signed(head: SignedHead): void {
    for (const lane of this.#lanes) lane.signed(head)
  }

  states(): WitnessState[] {
    return this.#lanes.map((lane) => lane.state())
  }

  /** Tells those who wait for the last head once more; whom it does not reach is told after the next start, by a later head. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }
}

/** One witness: never asked twice at a time. */
class Lane {
  readonly #witness: Witness
  readonly #options: WitnessesOptions
  readonly #stopped = new AbortController()
  #waiting: SignedHead | undefined
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #last: WitnessState['last'] = null
  #failing: WitnessState['failing'] = null
  #pauseMs: number = evidenceLimits.witnessRetryMs.first
  #isLate = false
  #isClosing = false

  constructor(witness: Witness, options: WitnessesOptions) {
    this.#witness = witness
    this.#options = options
  }

  signed(head: SignedHead): void {
    if (this.#isClosing || head.size === this.#last?.size) return
    this.#waiting = head
    if (this.#timer !== undefined || this.#running !== undefined) return
    const nextAt = (this.#last?.at ?? -Infinity) + this.#witness.everyMs
    this.#later(Math.max(0, nextAt - this.#options.now()))
  }

  state(): WitnessState {
    const { kind, name } = this.#witness
    return { kind, name, last: this.#last, failing: this.#failing }
  }

  async close(): Promise<void> {
    this.#isClosing = true
    clearTimeout(this.#timer)
    const deadline = setTimeout(() => this.#stopped.abort(), evidenceLimits.witnessStopMs)
    await this.#running
    if (this.#waiting !== undefined && !this.#stopped.signal.aborted) await this.#tell()
    clearTimeout(deadline)
    this.#stopped.abort()
  }

  #later(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#running = this.#tell()
    }, ms).unref()
  }

  #again(): void {
    this.#later(this.#pauseMs)
    this.#pauseMs = Math.min(this.#pauseMs * 2, evidenceLimits.witnessRetryMs.most)
  }

  async #tell(): Promise<void> {
    const head = this.#waiting as SignedHead
    try {
      const proof = await this.#witness.attest(head.note, this.#stopped.signal)
      await this.#took(head, proof)
    } catch (error) {
      this.#failed((error as Error).message)
    }
    this.#running = undefined
    if (this.#isClosing) return
    if (this.#failing !== null) this.#again()
    else if (this.#waiting !== undefined) this.signed(this.#waiting)
  }

  async #took({ size, note }: SignedHead, proof: string): Promise<void> {
    const { kind, name } = this.#witness
    const at = this.#options.now()
    await this.#options.store.saveWitness({ size, at, kind, name, note, proof })
    this.#last = { size, at }
    if (this.#waiting?.size === size) this.#waiting = undefined
    this.#failing = null
    this.#pauseMs = evidenceLimits.witnessRetryMs.first
    if (this.#isLate && !this.#isClosing) this.#options.changed(this.state(), 'again')
    this.#isLate = false
  }

  #failed(why: string): void {
    if (this.#isClosing) return
    const { now, log, changed } = this.#options
    const since = this.#failing?.since ?? now()
    this.#failing = { since, why }
    if (this.#isLate || now() - since < evidenceLimits.witnessLateMs) return
    this.#isLate = true
    const from = new Date(since).toISOString()
    log(
      'warn',
      `The witness ${this.#witness.name} takes no head of the evidence ledger since ${from}: ${why}`,
    )
    changed(this.state(), 'late')
  }
}
