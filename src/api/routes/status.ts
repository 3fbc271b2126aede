import type { Static } from 'typebox'
import type { Controller } from '../../controller/controller.ts'
import type { NamespaceScope } from '../../store/store.ts'
import type { health, status } from '../contract/records.ts'
import { HttpProblem } from '../problem.ts'
import { workloadsWithin } from './flows-within.ts'

/** @param scope whose workloads are told of */
export async function readStatus(
  controller: Controller,
  version: string,
  scope: NamespaceScope,
): Promise<Static<typeof status>> {
  const { store, retention } = controller
  const { usedBytes, oldestFlow, oldestFinding } = await store.statistics()
  const { flowsMs, findingsMs, coverageMs, evidenceMs, maxBytes } = retention
  return {
    type: 'status',
    version,
    startedAt: new Date(controller.startedAt).toISOString(),
    now: new Date().toISOString(),
    enforcers: controller.enforcers(),
    workloads: workloads(controller, scope),
    store: {
      usedBytes,
      maxBytes,
      oldestFlow: time(oldestFlow),
      oldestFinding: time(oldestFinding),
      retentionMs: { flows: flowsMs, findings: findingsMs, coverage: coverageMs, evidence: evidenceMs },
    },
    limitsReached: controller.counters(),
    subscribers: controller.events.subscribers,
  }
}

/** @throws HttpProblem 503 where the store does not answer. */
export async function readReadiness(controller: Controller): Promise<Static<typeof health>> {
  try {
    await controller.store.statistics()
    return { status: 'ready' }
  } catch {
    throw new HttpProblem(503, 'The store does not answer.', { nextStep: 'See the log of Pavise.' })
  }
}

function workloads(controller: Controller, scope: NamespaceScope): Static<typeof status>['workloads'] {
  const running = workloadsWithin(controller, scope)
  const notSeen = running.filter((state) => state.coverage !== 'seen')
  return {
    running: running.length,
    seen: running.length - notSeen.length,
    notSeen: notSeen.map(({ workload, coverage, detail }) => ({
      id: workload.id,
      name: workload.name,
      coverage,
      ...(detail === undefined ? {} : { detail }),
    })),
  }
}

function time(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
