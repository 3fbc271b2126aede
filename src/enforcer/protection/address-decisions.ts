import type { AddressChange, AddressRule } from '../../kernel/netfilter/address-maps.ts'
import { KernelPolicy } from '../../policy/kernel/kernel-policy.ts'
import type { KernelDelta, KernelElement } from '../../policy/kernel/kernel-rules.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'

/**
 * What the kernel refuses by addresses and ports alone in the namespace of a workload: what the policy denies whoever looks, also
 * while nobody does. All else it leaves to those who inspect.
 */
export class AddressDecisions {
  readonly #policy: KernelPolicy

  /** @param subject - id of the workload */
  constructor(live: LivePolicy, subject: string) {
    // Nothing is let through without a look: connections are told of with their application.
    this.#policy = new KernelPolicy(live, { subject, inspectsContent: true, tellsApplications: true })
  }

  /** All of it, for maps that are empty or say something else. */
  whole(): AddressChange {
    const { fallback } = this.#policy.compile()
    return { ...changeOf({ removed: [], added: this.#policy.elements, fallback }), isWhole: true }
  }

  /** What differs since it was asked last, after a change of the policy. */
  policyChanged(): AddressChange {
    return changeOf(this.#policy.compile())
  }

  /** The same where nothing has changed but who has these addresses. */
  membersChanged(addresses: readonly string[]): AddressChange {
    return changeOf(this.#policy.membersChanged(addresses))
  }
}

/** Whether there is anything to do about it. */
export function isChange(change: AddressChange, before: AddressChange | undefined): boolean {
  const { isWhole, removed, added, refusedOtherwise } = change
  return (
    isWhole ||
    removed.length + added.length > 0 ||
    refusedOtherwise.join() !== before?.refusedOtherwise.join()
  )
}

function changeOf({ removed, added, fallback }: KernelDelta): AddressChange {
  return {
    isWhole: false,
    removed: removed.map(ruleOf),
    added: added.map(ruleOf),
    refusedOtherwise: (['outgoing', 'incoming'] as const).filter(
      (direction) => fallback[direction] === 'reject',
    ),
  }
}

function ruleOf({ verdict, ...element }: KernelElement): AddressRule {
  return { ...element, isRefused: verdict === 'reject' }
}
