import { type PolicyPart, wireLimits } from '../../model/enforcer-messages.ts'
import { digestOf } from './kept-file.ts'

/** A policy as it came, whole. */
export interface ReceivedPolicy {
  version: number
  digest: string
  text: string
}

/** Puts parts of a policy together. Parts of another one, or out of order, begin anew. */
export class PolicyParts {
  #texts: string[] = []
  #digest = ''

  /** The policy that this part completes; undefined as long as more are to come, and where it is not what its digest says. */
  take({ version, digest, part, parts, text }: PolicyPart): ReceivedPolicy | undefined {
    if (part === 1 || digest !== this.#digest || part !== this.#texts.length + 1) this.#texts = []
    if (part !== this.#texts.length + 1 || parts > wireLimits.policyParts) return undefined
    this.#digest = digest
    this.#texts.push(text)
    if (part < parts) return undefined
    const whole = this.#texts.join('')
    this.#texts = []
    return digestOf(whole) === digest ? { version, digest, text: whole } : undefined
  }
}
