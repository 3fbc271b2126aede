import { randomBytes } from 'node:crypto'
import { KernelError } from '../../kernel/kernel-error.ts'
import { type AddressChange, changeAddressRules } from '../../kernel/netfilter/address-maps.ts'
import { enforcementState } from '../../kernel/netfilter/enforcement-state.ts'
import { putEnforcement, removeEnforcement } from '../../kernel/netfilter/enforcement-table.ts'
import type { QueueExpression } from '../../kernel/netfilter/expressions.ts'
import { findQueueExpression } from '../../kernel/netfilter/queue-expression.ts'
import type { NamespaceRules } from './namespace-protection.ts'
import type { Protection } from './wanted-protection.ts'

/** Rules of nf_tables in the namespaces themselves. */
export class KernelRules implements NamespaceRules {
  /** Of this run: what carries it was sent by us. */
  readonly ownMark = randomBytes(4).readUInt32LE()
  #queueExpression: QueueExpression | undefined

  put(path: string, protection: Exclude<Protection, { kind: 'none' }>): void {
    this.#queueExpression ??= findQueueExpression()
    putEnforcement(path, {
      isQuarantined: protection.kind === 'quarantine',
      failOpen: protection.kind === 'held' && protection.failOpen,
      queueExpression: this.#queueExpression,
      ownMark: this.ownMark,
    })
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
