import type { Processor } from '../../../../../src/api/contract/types.ts'

/** `AVV-2026-017, 2026-01-15`. */
export function contractText({ contract, contractDate }: Processor): string {
  return [contract, contractDate].filter((each) => each !== undefined).join(', ')
}

/** Categories that were seen to go there; what is encrypted tells none. */
export function seenText({ observed: { categories, transfers } }: Processor): string {
  if (transfers.length === 0) return 'nothing'
  return categories.length === 0 ? 'not readable' : categories.join(', ')
}

/** `Courier Ltd (IN), samples, standard-contractual-clauses`. */
export function subProcessorText({
  name,
  country,
  purpose,
  transferMechanism,
}: NonNullable<Processor['subProcessors']>[number]): string {
  return [`${name} (${country})`, purpose, transferMechanism].filter((each) => each !== undefined).join(', ')
}

/** `standard-contractual-clauses: (EU) 2021/914, module 2`. */
export function groundText({ transferMechanism, transferReference }: Processor): string {
  return [transferMechanism, transferReference].filter((each) => each !== undefined).join(': ')
}
