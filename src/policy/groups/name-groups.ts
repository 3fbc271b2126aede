import { withoutDot } from './address.ts'

/** Which groups a host name belongs to: exact names, and wildcards by what they end in. */
export class NameGroups {
  readonly #exact = new Map<string, number[]>()
  readonly #suffixes = new Map<string, number[]>()

  add(name: string, isWildcard: boolean, group: number): void {
    const map = isWildcard ? this.#suffixes : this.#exact
    const groups = map.get(name)
    if (groups === undefined) map.set(name, [group])
    else groups.push(group)
  }

  /** All that names make somebody a member of. */
  get groups(): number[] {
    return [...new Set([...this.#exact.values(), ...this.#suffixes.values()].flat())]
  }

  /** In no order, perhaps more than once. */
  groupsOf(name: string): number[] {
    const known = withoutDot(name.toLowerCase())
    const groups = [...(this.#exact.get(known) ?? [])]
    if (this.#suffixes.size === 0) return groups
    for (let dot = known.indexOf('.'); dot >= 0; dot = known.indexOf('.', dot + 1))
      groups.push(...(this.#suffixes.get(known.slice(dot + 1)) ?? []))
    return groups
  }
}
