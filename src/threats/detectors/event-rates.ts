import type { ThreatDefinition } from '../threat.ts'
import type { DetectorContext } from '../detector-context.ts'
import { RateMeter } from '../meters/rate-meter.ts'

/** Events of parsers that are a threat where they come too often: a client that is refused again and again, floods within a connection. */
export class EventRates {
  readonly #context: DetectorContext
  readonly #byEvent: ReadonlyMap<string, { threat: ThreatDefinition; meter: RateMeter }>

  constructor(context: DetectorContext) {
    const { threats } = context
    const byEvent = {
      'http-denied': threats.httpBruteForce,
      'postgresql-login-refused': threats.sqlBruteForce,
      'http2-stream-given-up': threats.http2RapidReset,
      'http2-continuation': threats.http2ContinuationFlood,
      'http2-control': threats.http2ControlFlood,
    }
    this.#context = context
    this.#byEvent = new Map(
      Object.entries(byEvent).map(([event, threat]) => [
        event,
        { threat, meter: new RateMeter(threat.measure) },
      ]),
    )
  }

  event(flow: number, origin: number, event: string): void {
    const counted = this.#byEvent.get(event)
    if (counted === undefined || !counted.threat.on) return
    const { seen, flows } = this.#context
    seen.ofFlow(flows, flow, origin)
    this.#context.meter(counted.threat, counted.meter)
  }
}
