import type { GroupDefinition, ProcessorDefinition } from './definition.ts'

/** The group that rules refer to a processor by. No group of a user can be called so: `/` is not allowed in their names. */
export function processorGroupName(processor: string): string {
  return `processor/${processor}`
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
