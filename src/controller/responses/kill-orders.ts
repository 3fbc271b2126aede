import { randomUUID } from 'node:crypto'
import type { KillOrder, KillReport } from '../../model/enforcer-messages.ts'
import { controllerLimits } from '../limits.ts'
import type { EnforcerSession } from '../enforcer-session.ts'
import { ResponseRefused } from './response-outcome.ts'

/** Orders to end programs that enforcers have not answered yet. */
export class KillOrders {
  readonly #waiting = new Map<string, (report: KillReport | undefined) => void>()

  /** @throws ResponseRefused where it is not known to have ended */
  async kill(session: EnforcerSession | undefined, target: Omit<KillOrder, 'order'>): Promise<string> {
    if (session === undefined) throw new ResponseRefused('its enforcer is not connected')
    const order = randomUUID()
    const { promise, resolve } = Promise.withResolvers<KillReport | undefined>()
    this.#waiting.set(order, resolve)
    const timer = setTimeout(resolve, controllerLimits.killMs, undefined)
    session.send({ kind: 'kill', order, ...target })
    const report = await promise
    clearTimeout(timer)
    this.#waiting.delete(order)
    if (report === undefined) throw new ResponseRefused('its enforcer did not answer in time')
    if (report.outcome === 'refused') throw new ResponseRefused(report.detail)
    return report.detail
  }

  answered(report: KillReport): void {
    this.#waiting.get(report.order)?.(report)
  }
}
