import { formatAddress } from '../../lib/ip.ts'
import { Direction } from '../../model/direction.ts'
import type {
  ViolationCriterion,
  ViolationEnd,
  ViolationFinding,
  ViolationRecord,
} from '../../model/records.ts'
import { transportName } from '../../packet/transport-name.ts'
import { categoriesOf, categoryBit } from '../../personal-data/categories.ts'
import type { ConnectionFacts } from '../../policy/rules/requirements.ts'
import type { Conversation } from '../conversation.ts'
import type { Engine } from '../engine.ts'
import type { PeerContext } from './connection-peers.ts'
import { ConnectionFlag } from './connection-table.ts'
import { hostOf, type PolicyJudge, transportOf } from './policy-judge.ts'
import { factsOf } from './requirement-judge.ts'
import type { Violation, Violations } from './violations.ts'
import type { WatchedWorkload } from './watched-workload.ts'

/** What of a connection is not allowed, and what was done. */
export interface Denial {
  flow: number
  conversation: Conversation | undefined
  workload: WatchedWorkload | undefined
  action: ViolationRecord['action']
  criterion: ViolationCriterion
  /** Categories that may not cross it, as bits; 0 where it is not about them. */
  forbidden: number
}

/** Turns denials of connections into violations. */
export class ViolationNotes {
  readonly #engine: Engine
  readonly #context: PeerContext
  readonly #judge: PolicyJudge
  readonly #violations: Violations

  constructor(engine: Engine, context: PeerContext, judge: PolicyJudge, violations: Violations) {
    this.#engine = engine
    this.#context = context
    this.#judge = judge
    this.#violations = violations
  }

  note(denial: Denial): void {
    const { flow } = denial
    const key = this.#keyOf(denial)
    const now = this.#context.flows.last(flow)
    if (this.#violations.count(key, now)) return
    this.#violations.add(this.#violationOf(denial, key), now)
  }

  /** What tells the kinds of violations apart: everything but the client's port, and its address where it is in the same groups. */
  #keyOf({ flow, conversation, workload, action, criterion, forbidden }: Denial): string {
    const { flows, connections } = this.#context
    const { from, to } = connections
    const server = formatAddress(flows.serverAddress(flow))
    const ends = [workload?.subject ?? '', from[flow], to[flow], server, flows.serverPort(flow)]
    const application = conversation?.application ?? 'unknown'
    const decision = [action, criterion, this.#judge.rankOf(flow), foundIn(conversation) & forbidden]
    return [...ends, flows.protocol(flow), application, ...decision].join(' ')
  }

  #violationOf(denial: Denial, key: string): Violation {
    const { flow, conversation, workload, action, criterion } = denial
    const { flows, live } = this.#context
    return {
      key,
      flow: this.#engine.idOf(flow),
      workload: workload?.subject,
      transport: transportName(flows.protocol(flow)),
      client: this.#end(denial, Direction.toServer),
      server: this.#end(denial, Direction.toClient),
      application: conversation?.application ?? 'unknown',
      action,
      criterion,
      rule: live.policy.ruleAt(this.#judge.rankOf(flow))?.id,
      question: this.#questionOf(denial),
      finding: this.#findingOf(denial),
    }
  }

  #end({ flow, conversation, workload }: Denial, direction: Direction): ViolationEnd {
    const { flows, connections, live } = this.#context
    const isClient = direction === Direction.toServer
    const address = isClient ? flows.clientAddress(flow) : flows.serverAddress(flow)
    const subject = this.#judge.peers.subjectAt(flow, direction, workload)
    const names = isClient ? [] : this.#names(flow, conversation)
    return {
      address: formatAddress(address),
      port: isClient ? flows.clientPort(flow) : flows.serverPort(flow),
      groups: live.policy.groupsOfPeer(isClient ? connections.from[flow] : connections.to[flow]),
      ...(subject === undefined ? {} : { workload: subject }),
      ...(names.length === 0 ? {} : { names }),
    }
  }

  /** Names may be a person's: they are shown as those of flows are. */
  #names(flow: number, conversation: Conversation | undefined): string[] {
    const host = hostOf(conversation)
    const all = new Set([...(host === undefined ? [] : [host]), ...this.#judge.peers.serverNames(flow)])
    return [...all].map((name) => this.#engine.redaction.text(name))
  }

  #questionOf({ flow, conversation }: Denial): Violation['question'] {
    const { flows, connections } = this.#context
    const isTold = connections.has(flow, ConnectionFlag.told)
    const categories: ConnectionFacts['categories'] = categoriesOf(foundIn(conversation))
    return {
      from: connections.from[flow],
      to: connections.to[flow],
      transport: transportOf(flows.protocol(flow)),
      port: flows.serverPort(flow),
      application: isTold ? (conversation?.application ?? 'unknown') : undefined,
      facts: { ...factsOf(conversation), categories },
    }
  }

  #findingOf({ flow, conversation, forbidden }: Denial): ViolationFinding | undefined {
    if (forbidden === 0 || conversation?.hasFindings !== true) return undefined
    const found = conversation.findings
      .records(this.#engine.idOf(flow))
      .find(({ category }) => (categoryBit(category) & forbidden) !== 0)
    if (found === undefined) return undefined
    const { identifier, category, direction, field, masked, hash } = found
    return { identifier, category, direction, field, masked, hash }
  }
}

/** Categories found, as bits. */
function foundIn(conversation: Conversation | undefined): number {
  return conversation?.hasFindings === true ? conversation.findings.categories : 0
}
