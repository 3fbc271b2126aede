import type { GroupDefinition, PolicyDefinition } from '../definition.ts'

/**
 * Groups whose connections may be decided otherwise by the one definition than by the other: those that changed rules speak of, those
 * that changed themselves, and whoever rules join with those. `all` where what differs is about everybody.
 */
export function touchedGroups(
  before: PolicyDefinition,
  after: PolicyDefinition,
): ReadonlySet<string> | 'all' {
  if (isForAll(before, after)) return 'all'
  const groups = changedGroups(before.groups, after.groups)
  if (groups === 'all') return 'all'
  addIncluding(groups, [...before.groups, ...after.groups])
  const touched = new Set(groups)
  const rules = changedItems(before.rules, after.rules, ({ id }) => id)
  for (const { from, to } of rules) touched.add(from).add(to)
  for (const { from, to } of groups.size === 0 ? [] : [...before.rules, ...after.rules])
    if (groups.has(from) || groups.has(to)) touched.add(from).add(to)
  return touched
}

/** Also where rules are asked in another order. */
function isForAll(before: PolicyDefinition, after: PolicyDefinition): boolean {
  const isSame = (part: (definition: PolicyDefinition) => unknown) =>
    JSON.stringify(part(before)) === JSON.stringify(part(after))
  const settings = ({ newServiceMode, strictGroupMode }: PolicyDefinition) => [
    newServiceMode,
    strictGroupMode,
  ]
  return !isSame(settings) || !isInOrder(before, after)
}

/** Whether rules that are in both are in the same order and of the same tier in both. */
function isInOrder(before: PolicyDefinition, after: PolicyDefinition): boolean {
  const places = new Map(
    before.rules.map(({ id, tier, priority }, at) => [id, { key: `${tier} ${priority}`, at }]),
  )
  let last = -1
  for (const { id, tier, priority } of after.rules) {
    const place = places.get(id)
    if (place === undefined) continue
    if (place.at < last || place.key !== `${tier} ${priority}`) return false
    last = place.at
  }
  return true
}

/** Names of groups that decide otherwise about connections; `all` where the mode of one does, which counts without a rule, too. */
function changedGroups(
  before: readonly GroupDefinition[],
  after: readonly GroupDefinition[],
): Set<string> | 'all' {
  const modes = (groups: readonly GroupDefinition[]) =>
    JSON.stringify(groups.filter(({ mode }) => mode !== undefined).map(({ name, mode }) => [name, mode]))
  if (modes(before) !== modes(after)) return 'all'
  const ofNetwork = (group: GroupDefinition) => ({ ...group, ...withoutProfile })
  const changed = changedItems(before.map(ofNetwork), after.map(ofNetwork), ({ name }) => name)
  return new Set(changed.map(({ name }) => name))
}

const withoutProfile = { profile: undefined, profileMode: undefined, comment: undefined }

/** Whoever is in a group is in those that include it. */
function addIncluding(names: Set<string>, groups: readonly GroupDefinition[]): void {
  for (let size = -1; size !== names.size;) {
    size = names.size
    for (const { name, includes } of groups)
      if (includes?.some((each) => names.has(each)) === true) names.add(name)
  }
}

/** What is in one only, and both versions of what differs. */
function changedItems<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  const old = new Map(before.map((item) => [keyOf(item), item]))
  const changed: Item[] = []
  for (const item of after) {
    const known = old.get(keyOf(item))
    old.delete(keyOf(item))
    if (known === item || JSON.stringify(known) === JSON.stringify(item)) continue
    changed.push(item, ...(known === undefined ? [] : [known]))
  }
  return [...changed, ...old.values()]
}
