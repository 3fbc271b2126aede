import { Direction } from '../../model/direction.ts'
import type { FlowTable } from '../../packet/flow-table.ts'
import { categoryBits } from '../../personal-data/categories.ts'
import type { Requirements } from '../../policy/definition.ts'
import { checkRequirements, type ConnectionFacts, summarise } from '../../policy/rules/requirements.ts'
import type { Conversation } from '../conversation.ts'
import { limits } from './limits.ts'

/** How far a connection meets what the rule that allows it requires. */
export const RequirementState = {
  /** Not known yet. */
  open: 0,
  /** Met, and nothing that may come changes that. */
  met: 1,
  /** Met so far: personal data that may not cross it may still come. */
  watched: 2,
  encryptionUnmet: 3,
  personalDataUnmet: 4,
} as const
export type RequirementState = (typeof RequirementState)[keyof typeof RequirementState]

/** Holds connections against requirements at the cost of a few integers, as it is done for each packet. */
export class RequirementJudge {
  readonly #flows: FlowTable
  readonly #forbidden = new WeakMap<Requirements, number>()

  constructor(flows: FlowTable) {
    this.#flows = flows
  }

  /** @param isMidstream - its beginning was not seen: whether it is encrypted may never be told */
  judge(
    flow: number,
    requirements: Requirements,
    conversation: Conversation | undefined,
    isMidstream: boolean,
  ): RequirementState {
    const encryption = this.#encryption(flow, requirements, conversation, isMidstream)
    if (encryption === 'unmet') return RequirementState.encryptionUnmet
    if (requirements.personalData === undefined)
      return encryption === 'met' ? RequirementState.met : RequirementState.open
    if ((this.found(conversation) & this.forbidden(requirements)) !== 0)
      return RequirementState.personalDataUnmet
    if (encryption === 'pending') return RequirementState.open
    // Of what is encrypted nothing is found.
    return conversation?.encrypted === true ? RequirementState.met : RequirementState.watched
  }

  /** Categories that may not cross a connection, as bits. */
  forbidden(requirements: Requirements): number {
    const known = this.#forbidden.get(requirements)
    if (known !== undefined) return known
    const { personalData } = requirements
    const bits =
      personalData === undefined
        ? 0
        : 'allowed' in personalData
          ? ~categoryBits(personalData.allowed)
          : categoryBits(personalData.forbidden)
    this.#forbidden.set(requirements, bits)
    return bits
  }

  /** Categories that were found. */
  found(conversation: Conversation | undefined): number {
    return conversation?.hasFindings === true ? conversation.findings.categories : 0
  }

  #encryption(
    flow: number,
    { encryption }: Requirements,
    conversation: Conversation | undefined,
    isMidstream: boolean,
  ): 'met' | 'unmet' | 'pending' {
    if (encryption === undefined) return 'met'
    const facts = factsOf(conversation)
    const check = summarise(checkRequirements({ encryption }, facts))
    if (check !== 'pending') return isMidstream && facts.encryption === 'none' ? 'met' : check
    if (isMidstream) return 'met'
    const said = this.#flows.bytes(flow, Direction.toServer) + this.#flows.bytes(flow, Direction.toClient)
    return said > limits.handshakeBytes ? 'unmet' : 'pending'
  }
}

/** What requirements ask about, as far as it is known. */
export function factsOf(conversation: Conversation | undefined): Omit<ConnectionFacts, 'categories'> & {
  categories: []
} {
  if (conversation === undefined) return { encryption: 'pending', categories: [] }
  const { encryption } = conversation
  const tlsVersion = encryption === 'encrypted' ? conversation.details().tls?.version : undefined
  return { encryption, ...(tlsVersion === undefined ? {} : { tlsVersion }), categories: [] }
}
