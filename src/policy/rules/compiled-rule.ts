import { type RuleDefinition, tiers } from '../definition.ts'
import { allowedApplications, applicationNumber, applicationUnknown } from './applications.ts'
import { parsePorts, type PortRange } from './ports.ts'

/** A rule as numbers. */
export interface CompiledRule {
  definition: RuleDefinition
  /** Place in the order in which rules are asked, from 0. */
  rank: number
  /** Of rules that are equal otherwise the one with the lower is asked first. */
  sequence: number
  /** Numbers of groups. */
  from: number
  to: number
  /** Null: any. */
  applications: ReadonlySet<number> | null
  ports: readonly PortRange[] | null
}

/** A rule without its rank; ports that cannot be read match nothing, and `policyProblems` tells of them. */
export function compileRule(
  definition: RuleDefinition,
  sequence: number,
  numberOf: (group: string) => number,
): CompiledRule {
  const ports = parsePorts(definition.ports)
  const names = definition.applications
  const isAny = names.length === 0 || names.some((name) => name.toLowerCase() === 'any')
  return {
    definition,
    rank: -1,
    sequence,
    from: numberOf(definition.from),
    to: numberOf(definition.to),
    applications: isAny ? null : applicationsOf(definition),
    ports: typeof ports === 'string' ? [] : ports,
  }
}

/** A rule that denies is about what it names alone. */
function applicationsOf({ applications, action }: RuleDefinition): Set<number> {
  if (action === 'allow') return allowedApplications(applications)
  return new Set(applications.map(applicationNumber).filter((number) => number !== applicationUnknown))
}

/**
 * Order in which rules are asked: by tier, then by priority from high to low; of equals those that require something first, so
 * that a plain rule of the same priority does not pass them by; then as they were given.
 */
export function compareRules(a: CompiledRule, b: CompiledRule): number {
  return (
    tiers.indexOf(a.definition.tier) - tiers.indexOf(b.definition.tier) ||
    b.definition.priority - a.definition.priority ||
    Number(b.definition.requirements !== undefined) - Number(a.definition.requirements !== undefined) ||
    a.sequence - b.sequence
  )
}
