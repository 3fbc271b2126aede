import type { ThreatDefinition } from '../threat.ts'
import type { DetectorContext } from '../detector-context.ts'
import { RateMeter } from '../meters/rate-meter.ts'

/** Guessing of passwords, by how often one client is refused by one server. */
export class Refusals {
  readonly #context: DetectorContext
  readonly #byEvent: ReadonlyMap<string, { threat: ThreatDefinition; meter: RateMeter }>

  constructor(context: DetectorContext) {
    const { httpBruteForce, sqlBruteForce } = context.threats
    this.#context = context
    this.#byEvent = new Map(
      Object.entries({ 'http-denied': httpBruteForce, 'postgresql-login-refused': sqlBruteForce }).map(
        ([event, threat]) => [event, { threat, meter: new RateMeter(threat.measure) }],
      ),
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
