import { toJsonText } from '../lib/json-text.ts'
import { controllerLimits } from './limits.ts'

export interface LoggedEvent {
  sequence: number
  type: string
  /** Of the workload that it is about, for readers that may see one namespace only; null where it is about none. */
  namespace: string | null
  /** The event as JSON text on one line. */
  data: string
}

/**
 * The last events, once for all who follow them. A subscriber has a place in the log and takes the next event when it
 * can use it, so that a slow one costs nothing: it falls out of the log's end and is told so.
 */
export class EventLog {
  /** Tells this log from one before a restart, whose sequences mean something else. */
  readonly epoch: string
  readonly #limits: { events: number; eventBytes: number; subscribers: number }
  readonly #events = new Map<number, LoggedEvent>()
  readonly #subscriptions = new Set<Subscription>()
  #bytes = 0
  #first = 1
  #next = 1

  constructor(epoch: string, limits = controllerLimits as EventLogLimits) {
    this.epoch = epoch
    this.#limits = limits
  }

  publish(type: string, value: unknown, namespace: string | null = null): void {
    const event = { sequence: this.#next++, type, namespace, data: toJsonText(value) }
    this.#events.set(event.sequence, event)
    this.#bytes += event.data.length
    this.#trim()
    for (const subscription of this.#subscriptions) subscription.wake()
  }

  /**
   * Follows the log, from after `sequence` or, without, from now on; `wake` is called when there is something to take
   * again after `take` gave null. Null when there are too many subscribers.
   */
  subscribe(wake: () => void, after?: number): Subscription | null {
    if (this.full) return null
    const from = after === undefined || after >= this.#next ? this.#next : after + 1
    const subscription = new Subscription(this, from, wake, () => this.#subscriptions.delete(subscription))
    this.#subscriptions.add(subscription)
    return subscription
  }

  get full(): boolean {
    return this.#subscriptions.size >= this.#limits.subscribers
  }

  get subscribers(): number {
    return this.#subscriptions.size
  }

  /** Sequence of the newest event, 0 before the first. */
  get newest(): number {
    return this.#next - 1
  }

  /** Sequence of the oldest event that is still here; `newest + 1` when there is none. */
  get oldest(): number {
    return this.#first
  }

  at(sequence: number): LoggedEvent | undefined {
    return this.#events.get(sequence)
  }

  #trim(): void {
    while (this.#events.size > this.#limits.events || this.#bytes > this.#limits.eventBytes) {
      this.#bytes -= this.#events.get(this.#first)?.data.length ?? 0
      this.#events.delete(this.#first++)
    }
  }
}

export interface EventLogLimits {
  events: number
  eventBytes: number
  subscribers: number
}

/** `missed` events fell out of the log before they were taken; what follows is whole again. */
export type Taken = { event: LoggedEvent } | { missed: number } | null

export class Subscription {
  readonly #log: EventLog
  readonly #wake: () => void
  readonly #close: () => void
  #position: number
  #waiting = false

  constructor(log: EventLog, position: number, wake: () => void, close: () => void) {
    this.#log = log
    this.#position = position
    this.#wake = wake
    this.#close = close
  }

  /** The next event, or that some were missed, or null when there is none yet. */
  take(): Taken {
    const missed = this.#log.oldest - this.#position
    if (missed > 0) {
      this.#position = this.#log.oldest
      return { missed }
    }
    const event = this.#log.at(this.#position)
    this.#waiting = event === undefined
    if (!event) return null
    this.#position++
    return { event }
  }

  wake(): void {
    if (!this.#waiting) return
    this.#waiting = false
    this.#wake()
  }

  close(): void {
    this.#close()
  }
}
