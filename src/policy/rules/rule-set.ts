import type { RuleDefinition } from '../definition.ts'
import { policyLimits } from '../limits.ts'
import { compareRules, compileRule, type CompiledRule } from './compiled-rule.ts'
import { RulePair } from './rule-pair.ts'

/** From about so many on, sorting is faster than inserting. */
const MAX_INSERTED = 64

/** All rules in order, and those between two classes of peers. */
export class RuleSet {
  readonly #numberOf: (group: string) => number
  readonly #groupsOf: (peerClass: number) => readonly number[]
  readonly #compiled = new Map<string, CompiledRule>()
  #ranked: CompiledRule[] = []
  /** By the group that they are from. */
  readonly #byFrom = new Map<number, Set<CompiledRule>>()
  /** By the class that a connection is from, then by the one that it is to. */
  #pairs: (Map<number, RulePair> | undefined)[] = []
  #pairCount = 0
  #sequence = 0

  constructor(numberOf: (group: string) => number, groupsOf: (peerClass: number) => readonly number[]) {
    this.#numberOf = numberOf
    this.#groupsOf = groupsOf
  }

  /** Takes rules out and puts others in; one whose id is there already takes its place. */
  change(removed: readonly string[], added: readonly RuleDefinition[]): void {
    const gone = new Set<CompiledRule>()
    for (const id of removed) this.#remove(id, gone)
    const fresh = added.map((definition) => {
      const sequence = this.#remove(definition.id, gone)?.sequence ?? this.#sequence++
      return this.#add(definition, sequence)
    })
    if (gone.size > 0) this.#ranked = this.#ranked.filter((rule) => !gone.has(rule))
    this.#insert(fresh.filter(({ definition: { id } }, i) => this.#compiled.get(id) === fresh[i]))
    for (const [rank, rule] of this.#ranked.entries()) rule.rank = rank
    this.#forgetPairs()
  }

  #remove(id: string, gone: Set<CompiledRule>): CompiledRule | undefined {
    const rule = this.#compiled.get(id)
    if (rule === undefined) return undefined
    this.#compiled.delete(id)
    this.#byFrom.get(rule.from)?.delete(rule)
    gone.add(rule)
    return rule
  }

  #add(definition: RuleDefinition, sequence: number): CompiledRule {
    const rule = compileRule(definition, sequence, this.#numberOf)
    this.#compiled.set(definition.id, rule)
    const list = this.#byFrom.get(rule.from)
    if (list === undefined) this.#byFrom.set(rule.from, new Set([rule]))
    else list.add(rule)
    return rule
  }

  /** Few rules are put where they belong; of many, all are sorted. */
  #insert(rules: readonly CompiledRule[]): void {
    if (rules.length > MAX_INSERTED) {
      this.#ranked = [...this.#ranked, ...rules].sort(compareRules)
      return
    }
    for (const rule of rules) this.#ranked.splice(this.#placeOf(rule), 0, rule)
  }

  #placeOf(rule: CompiledRule): number {
    let low = 0
    let high = this.#ranked.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareRules(this.#ranked[middle], rule) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** In the order in which they are asked. */
  get ranked(): readonly CompiledRule[] {
    return this.#ranked
  }

  pairOf(from: number, to: number): RulePair {
    return this.#pairs[from]?.get(to) ?? this.#makePair(from, to)
  }

  #makePair(from: number, to: number): RulePair {
    const targets = new Set(this.#groupsOf(to))
    const rules = this.#groupsOf(from).flatMap((group) =>
      [...(this.#byFrom.get(group) ?? [])].filter((rule) => targets.has(rule.to)),
    )
    const pair = new RulePair(rules.sort((a, b) => a.rank - b.rank))
    if (this.#pairCount >= policyLimits.pairs) this.#forgetPairs()
    this.#pairCount++
    const others = (this.#pairs[from] ??= new Map())
    others.set(to, pair)
    return pair
  }

  #forgetPairs(): void {
    this.#pairs = []
    this.#pairCount = 0
  }
}
