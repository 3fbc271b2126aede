import { type PolicyDefinition, type RuleDefinition, tiers } from '../definition.ts'
import type { PolicyChange } from '../policy.ts'

/**
 * What leads from one definition to another as a change of the running policy; undefined where only a policy made anew decides as
 * the other does: rules were put before others that are asked after them, or what is said of the whole is another.
 */
export function stepBetween(before: PolicyDefinition, after: PolicyDefinition): PolicyChange | undefined {
  const isWholeSame =
    before.newServiceMode === after.newServiceMode &&
    before.newServiceProfileMode === after.newServiceProfileMode &&
    before.strictGroupMode === after.strictGroupMode &&
    JSON.stringify(before.admission) === JSON.stringify(after.admission) &&
    JSON.stringify(before.processors) === JSON.stringify(after.processors)
  const isInOrder = tiers.every((tier) => isAppended(ofTier(before, tier), ofTier(after, tier)))
  if (!isWholeSame || !isInOrder || hasMoved(before, after)) return undefined
  const rules = changed(before.rules, after.rules, ({ id }) => id)
  const groups = changed(before.groups, after.groups, ({ name }) => name)
  return {
    removedRules: rules.removed,
    rules: rules.present,
    removedGroups: groups.removed,
    groups: groups.present,
  }
}

function ofTier({ rules }: PolicyDefinition, tier: RuleDefinition['tier']): string[] {
  return rules.filter((rule) => rule.tier === tier).map(({ id }) => id)
}

/** Whether those that stay are in the same order and everything new comes behind them. */
function isAppended(before: readonly string[], after: readonly string[]): boolean {
  const remaining = new Set(after)
  const kept = before.filter((id) => remaining.has(id))
  return kept.every((id, i) => after[i] === id)
}

/** Whether a rule is of another tier than before: it would keep its place in the order of those that were there. */
function hasMoved(before: PolicyDefinition, after: PolicyDefinition): boolean {
  const old = new Map(before.rules.map(({ id, tier }) => [id, tier]))
  return after.rules.some(({ id, tier }) => (old.get(id) ?? tier) !== tier)
}

function changed<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): { removed: string[]; present: Item[] } {
  const old = new Map(before.map((item) => [keyOf(item), item]))
  const present = after.filter((item) => {
    const known = old.get(keyOf(item))
    old.delete(keyOf(item))
    return known === undefined || JSON.stringify(known) !== JSON.stringify(item)
  })
  return { removed: [...old.keys()], present }
}
