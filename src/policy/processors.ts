import type { ProcessorDefinition } from '../model/processor.ts'
import type { GroupDefinition } from './definition.ts'

const prefix = 'processor/'

/** The group that rules refer to a processor by. No group of a user can be called so: `/` is not allowed in their names. */
export function processorGroupName(processor: string): string {
  return `${prefix}${processor}`
}

/** The processor that such a group is of; undefined where it is another. */
export function processorOfGroup(group: string): string | undefined {
  return group.startsWith(prefix) ? group.slice(prefix.length) : undefined
}

export function isProcessorGroup(group: string): boolean {
  return group.startsWith(processorGroupName(''))
}

/** Members are who has its addresses, and the members of its groups. */
export function processorGroup({ name, addresses, groups }: ProcessorDefinition): GroupDefinition {
  return {
    name: processorGroupName(name),
    criteria: addresses.map((value) => ({ key: 'address', op: '=', value })),
    includes: groups,
  }
}
