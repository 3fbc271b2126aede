import { randomBytes } from 'node:crypto'
import { KernelError } from '../../kernel/kernel-error.ts'
import { type AddressChange, changeAddressRules } from '../../kernel/netfilter/address-maps.ts'
import { enforcementState, generationOf } from '../../kernel/netfilter/enforcement-state.ts'
import type { EnforcementOptions } from '../../kernel/netfilter/enforcement-rules.ts'
import {
  beginGeneration,
  putEnforcement,
  removeEnforcement,
} from '../../kernel/netfilter/enforcement-table.ts'
import type { QueueExpression } from '../../kernel/netfilter/expressions.ts'
import { nextGeneration } from '../../kernel/netfilter/marks.ts'
import { findQueueExpression } from '../../kernel/netfilter/queue-expression.ts'
import type { NamespaceRules } from './namespace-protection.ts'
import type { Held, Protection } from './wanted-protection.ts'

/** Rules of nf_tables in the namespaces themselves. */
export class KernelRules implements NamespaceRules {
  /** Of this run: what carries it was sent by us. */
  readonly ownMark = randomBytes(4).readUInt32LE()
  #queueExpression: QueueExpression | undefined

  put(path: string, protection: Exclude<Protection, { kind: 'none' }>): number {
    // Also after one that was killed: it is not known by which policy that released what is still open.
    const options = this.#nextOptions(path, protection)
    putEnforcement(path, options)
    return options.generation
  }

  askAgain(path: string, protection: Held): number {
    const options = this.#nextOptions(path, protection)
    beginGeneration(path, options)
    return options.generation
  }

  #nextOptions(path: string, protection: Exclude<Protection, { kind: 'none' }>): EnforcementOptions {
    this.#queueExpression ??= findQueueExpression()
    return {
      isQuarantined: protection.kind === 'quarantine',
      failOpen: protection.kind === 'held' && protection.failOpen,
      queueExpression: this.#queueExpression,
      ownMark: this.ownMark,
      generation: nextGeneration(generationOf(path)),
    }
  }

  change(path: string, change: AddressChange): void {
    changeAddressRules(path, change)
  }

  isLeft(path: string): boolean {
    return enforcementState(path)?.isServed === false
  }

  remove(path: string): void {
    try {
      removeEnforcement(path)
    } catch (error) {
      // With the namespace its rules have gone.
      if (!(error instanceof KernelError) || error.code !== 'no-namespace') throw error
    }
  }
}
