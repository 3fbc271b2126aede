import type { ServerResponse } from 'node:http'
import type { EventLog, LoggedEvent, Subscription } from '../controller/event-log.ts'
import { serverLimits } from './limits.ts'

export interface StreamOptions {
  events: EventLog
  response: ServerResponse
  /** Whether the reader wants an event, and may see it. */
  shows: (event: LoggedEvent) => boolean
  lastEventId: string | undefined
}

/**
 * One reader of the event stream (HTML standard, section 9.2). It is written to only as fast as it reads; when it
 * falls behind the log it gets a `resync`, and when it takes nothing for a minute the connection ends.
 */
export class EventStream {
  readonly #events: EventLog
  readonly #response: ServerResponse
  readonly #shows: (event: LoggedEvent) => boolean
  readonly #subscription: Subscription
  readonly #heartbeat: NodeJS.Timeout
  #blocked = false
  /** Heartbeats that could not be sent since the reader last took something. */
  #missedBeats = 0
  #last: number

  /** The log must have room for one more (`full`). */
  constructor({ events, response, shows, lastEventId }: StreamOptions) {
    const resume = parseEventId(lastEventId, events)
    const subscription = events.subscribe(() => setImmediate(() => this.#pump()), resume ?? undefined)
    if (!subscription) throw new Error('The event log has no room for another reader')
    this.#events = events
    this.#response = response
    this.#shows = shows
    this.#subscription = subscription
    this.#last = resume ?? events.newest
    this.#heartbeat = setInterval(() => this.#beat(), serverLimits.heartbeatMs)
    response.on('drain', () => this.#resume())
    response.on('close', () => this.#close())
    response.write('retry: 2000\n\n')
    if (lastEventId !== undefined && resume === null) this.#write(resync(null))
    this.#pump()
  }

  #pump(): void {
    if (this.#response.destroyed || this.#blocked) return
    let chunk = ''
    for (let taken = this.#subscription.take(); taken; taken = this.#subscription.take()) {
      chunk += 'missed' in taken ? resync(taken.missed) : this.#format(taken.event)
      if (chunk.length < serverLimits.streamChunkBytes) continue
      if (!this.#write(chunk)) return
      chunk = ''
    }
    if (chunk !== '') this.#write(chunk)
  }

  #format(event: LoggedEvent): string {
    this.#last = event.sequence
    if (!this.#shows(event)) return ''
    return `id: ${this.#id()}\nevent: ${event.type}\ndata: ${event.data}\n\n`
  }

  /** Keeps what stands between from closing the connection, and tells how far a reader of few types is. */
  #beat(): void {
    if (!this.#blocked) this.#write(`: heartbeat\nid: ${this.#id()}\n\n`)
    else if (++this.#missedBeats * serverLimits.heartbeatMs >= serverLimits.stalledMs)
      this.#response.destroy()
  }

  #id(): string {
    return `${this.#events.epoch}.${this.#last}`
  }

  /** False when the reader has to catch up first. */
  #write(text: string): boolean {
    const flowing = this.#response.write(text)
    if (!flowing) this.#blocked = true
    return flowing
  }

  #resume(): void {
    this.#blocked = false
    this.#missedBeats = 0
    this.#pump()
  }

  #close(): void {
    clearInterval(this.#heartbeat)
    this.#subscription.close()
  }
}

function resync(missed: number | null): string {
  return `event: resync\ndata: ${JSON.stringify({ type: 'resync', missed })}\n\n`
}

/** The sequence to go on after; null where the id is of another run of the controller, or none. */
function parseEventId(id: string | undefined, events: EventLog): number | null {
  const prefix = `${events.epoch}.`
  if (!id?.startsWith(prefix)) return null
  const sequence = Number(id.slice(prefix.length))
  return Number.isSafeInteger(sequence) && sequence >= 0 && sequence <= events.newest ? sequence : null
}
