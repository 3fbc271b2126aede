import type { KillOrder, WorkloadState } from '../../model/enforcer-messages.ts'
import type { ActiveResponse } from '../../model/response-words.ts'
import type { Notice } from '../../notify/notice.ts'
import type { ResponseRuleDefinition } from '../../policy/response/definition.ts'
import type { Captures } from '../captures.ts'
import type { Cases } from '../cases/cases.ts'
import { controllerLimits } from '../limits.ts'
import type { Quarantine } from '../policy/quarantine.ts'
import { type Happening, ResponseRefused } from './response-outcome.ts'

/** With what is acted. */
export interface ActionParts {
  quarantine: Quarantine
  /** Resolves with the enforcers that say that they cut it off; with none after a while. */
  quarantined: (workload: string) => Promise<string[]>
  captures: () => Captures | undefined
  cases: Cases
  kill: (enforcer: string | undefined, target: Omit<KillOrder, 'order'>) => Promise<string>
  /** Tells those who are named, or where nobody is all; resolves when they were told. @throws Error with whom it was not */
  notify: (notice: Notice, webhooks: readonly string[]) => Promise<string>
  workload: (id: string) => WorkloadState | undefined
  now: () => number
}

type Act = (parts: ActionParts, rule: ResponseRuleDefinition, happening: Happening) => Promise<string>

/**
 * Does what a rule asks for.
 *
 * @returns what was done, for people
 * @throws Error with why it was not
 */
export function act(
  action: ActiveResponse,
  parts: ActionParts,
  rule: ResponseRuleDefinition,
  happening: Happening,
): Promise<string> {
  return acts[action](parts, rule, happening)
}

const acts: Record<ActiveResponse, Act> = {
  quarantine: async (parts, rule, { event }) => {
    const { workload } = stateOf(parts, event.workload)
    const { id } = workload
    if (workload.hostNetwork)
      throw new ResponseRefused('it is in the network of its machine, which would be cut off')
    if (parts.quarantine.workloads.some((each) => each.workload === id)) return 'it was cut off already'
    const stored = parts.quarantine.add(id, `${rule.id}: ${event.names[0]}`)
    const [enforcers] = await Promise.all([parts.quarantined(id), stored])
    if (enforcers.length === 0) throw new ResponseRefused('no enforcer has said yet that it is cut off')
    return `cut off by ${enforcers.join(', ')}`
  },
  webhook: (parts, rule, { event }) => parts.notify(noticeOf(parts, rule, event), rule.webhooks),
  capture: async (parts, rule, { event }) => {
    const { workload } = stateOf(parts, event.workload)
    const { seconds, fileBytes, files } = controllerLimits.responseCapture
    const started = parts.captures()?.start({
      ...{ workloads: [workload.id], filter: '', headersOnly: false, fileBytes, files },
      until: parts.now() + seconds * 1_000,
      by: rule.id,
      reason: event.names[0],
    })
    if (started === undefined)
      throw new ResponseRefused('packets are not kept here, or as many captures as may be are under way')
    return `capture ${started.id} for ${seconds} s`
  },
  'kill-process': async (parts, _rule, { event, enforcer }) => {
    const { program, workload } = event
    if (program === undefined || workload === undefined)
      throw new ResponseRefused('the event is about no program')
    const { pids, path } = program
    return parts.kill(enforcer, { workload, pids, path })
  },
  'open-case': async (parts, rule, { event }) => {
    const { workload } = event
    const by = `rule ${rule.id}`
    const open = (await parts.cases.list()).find(
      ({ state, history, workloads }) =>
        state === 'open' && history[0]?.by === by && workloads[0] === workload,
    )
    if (open !== undefined) return `${open.id} is open about it already`
    const title = `${event.names[0]}: ${nameOf(parts, workload)}`.slice(0, controllerLimits.idLength)
    const detected = new Date(parts.now()).toISOString()
    const workloads = workload === undefined ? [] : [workload]
    const input = { title, workloads, times: { detected }, description: event.text }
    const { id } = await parts.cases.open(input, { by, reason: event.names[0] })
    return `${id} was opened`
  },
}

/** @throws ResponseRefused where it does not run any more, or is nobody's */
function stateOf(parts: ActionParts, id: string | undefined): WorkloadState {
  const state = id === undefined ? undefined : parts.workload(id)
  if (state === undefined) throw new ResponseRefused('the event is about no workload that runs')
  return state
}

function nameOf({ workload }: ActionParts, id: string | undefined): string {
  if (id === undefined) return 'no workload'
  return workload(id)?.workload.name ?? id
}

const urgencies: Partial<Record<string, Notice['urgency']>> = {
  ...{ Emergency: 'critical', Alert: 'critical', Critical: 'critical', Error: 'warning', Warning: 'warning' },
}

function noticeOf(
  parts: ActionParts,
  { id, comment }: ResponseRuleDefinition,
  { names, level, workload, text }: Happening['event'],
): Notice {
  return {
    at: new Date(parts.now()).toISOString(),
    urgency: urgencies[level] ?? 'information',
    about: id,
    title: `${names[0]} (${level}): ${nameOf(parts, workload)}`,
    text: comment === undefined ? text : `${text} ${comment}`,
  }
}
