import { emptyPolicy, type PolicyDefinition } from '../../policy/definition.ts'
import { LivePolicy } from '../../policy/live/live-policy.ts'
import type { PolicyOrder } from '../worker-messages.ts'

/** The policy and who runs, as a worker was told. */
export class WorkerPolicy {
  readonly live = new LivePolicy(emptyPolicy)
  /** Whether it can say anything but that all is allowed. */
  hasSay = false

  obey(order: PolicyOrder): void {
    switch (order.kind) {
      case 'policy':
        this.hasSay = hasSay(order.definition)
        return this.live.define(order.definition)
      case 'workload':
        if (order.isHere) this.live.home = order.node
        return this.live.started(order.workload, order.node)
      default:
        return this.live.stopped(order.id)
    }
  }
}

/** Where all groups learn, only a rule that denies says anything. */
function hasSay({ groups, rules, newServiceMode }: PolicyDefinition): boolean {
  const learns = (mode: string | undefined) => mode === undefined || mode === 'Discover'
  return (
    !learns(newServiceMode) ||
    groups.some(({ mode }) => !learns(mode)) ||
    rules.some(({ action, requirements }) => action === 'deny' || requirements !== undefined)
  )
}
