import type { Criterion } from '../definition.ts'

const workloads = new Set(['containers', 'fed.containers'])
const machines = new Set(['nodes', 'fed.nodes'])
const outside = new Set(['external', 'fed.external'])

/** What a built-in group is of; undefined where the name is no built-in group's. */
export function builtInKind(name: string): 'workload' | 'node' | 'external' | undefined {
  if (workloads.has(name)) return 'workload'
  if (machines.has(name)) return 'node'
  return outside.has(name) ? 'external' : undefined
}

export const builtInGroups: readonly string[] = [...workloads, ...machines, ...outside]

export function isLearnedName(name: string): boolean {
  return name.startsWith('nv.') && name.length > 3
}

/** Only learned groups and nodes have a mode of their own. */
export function canHaveMode(name: string): boolean {
  return isLearnedName(name) || builtInKind(name) === 'node'
}

/**
 * By which members of a learned group are told, whatever criteria are written: its name says it. `nv.ip.<service>` has no workloads.
 * Undefined where the group is not learned.
 */
export function learnedCriteria(name: string): Criterion[] | undefined {
  if (!isLearnedName(name)) return undefined
  return name.startsWith('nv.ip.') ? [] : [{ key: 'service', op: '=', value: name.slice(3) }]
}
