import { errorOfKind, KernelError } from '../kernel-error.ts'
import { inNewNetworkNamespace } from '../namespaces.ts'
import { putEnforcement } from './enforcement-table.ts'
import { nextGeneration } from './marks.ts'
import { QUEUE } from './names.ts'
import type { QueueExpression } from './expressions.ts'
import { QueueBuffers } from './queue-buffers.ts'
import { VerdictQueue } from './verdict-queue.ts'

const OWN_NAMESPACE = '/proc/thread-self/ns/net'
const options = { failOpen: true, isQuarantined: false, ownMark: 1, generation: nextGeneration(0) }
const expressions: QueueExpression[] = ['queue', 'NFQUEUE']

/**
 * Which expression leads packets into a verdict queue on this kernel: tried out, with all our rules, in a network
 * namespace that is gone afterwards.
 * @throws {KernelError} where none does
 */
export function findQueueExpression(): QueueExpression {
  const refusals: string[] = []
  for (const queueExpression of expressions) {
    try {
      inNewNetworkNamespace(() => putEnforcement(OWN_NAMESPACE, { ...options, queueExpression }))
      return queueExpression
    } catch (error) {
      if (!(error instanceof KernelError) || error.code === 'not-permitted') throw error
      refusals.push(`${queueExpression}: ${error.message}`)
    }
  }
  throw errorOfKind('unsupported', `no rule leads to a verdict queue (${refusals.join('; ')})`)
}

/**
 * Serves a verdict queue for a moment, in a network namespace that is gone afterwards.
 * @throws {KernelError}
 */
export function tryVerdictQueue(): void {
  inNewNetworkNamespace(() => {
    const options = { netnsPath: OWN_NAMESPACE, queue: QUEUE, failOpen: true }
    VerdictQueue.open(options, new QueueBuffers()).close()
  })
}
