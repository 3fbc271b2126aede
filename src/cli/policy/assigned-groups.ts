import { formatAddress, parseAddress } from '../../lib/ip.ts'
import type { PolicyDefinition } from '../../policy/definition.ts'
import { builtInKind, isLearnedName } from '../../policy/groups/builtin.ts'
import { PolicyError } from './load.ts'

/**
 * Groups by address, in the form of `formatAddress`, of texts as `10.0.0.5=nv.api.clinic`.
 *
 * @throws PolicyError where one is no `address=group`.
 */
export function assignedGroups(texts: readonly string[], { groups }: PolicyDefinition): Map<string, string> {
  return new Map(
    texts.map((text) => {
      const [, address = '', group = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
      const bytes = parseAddress(address)
      const isGroup =
        groups.some(({ name }) => name === group) || builtInKind(group) !== undefined || isLearnedName(group)
      if (bytes !== undefined && isGroup) return [formatAddress(bytes), group] as const
      throw new PolicyError(
        'POLICY_QUESTION_INVALID',
        `--assign ${JSON.stringify(text)} is no address with a group of the policy`,
        'Write it as 10.0.0.5=nv.api.clinic.',
      )
    }),
  )
}
