import { limits } from '../limits.ts'
import type { OperatorScope } from '../operators/operator.ts'
import type { Control, Entry, Phase, SecRule } from '../rule.ts'
import type { RuleSet } from '../rule-set.ts'
import type { Target } from '../syntax/targets.ts'
import type { HttpRequest, HttpResponse } from './message.ts'
import type { NamedValue } from './named-value.ts'
import { TransactionVariables } from './transaction-variables.ts'
import { isVariableName, type VariableName } from './variable-names.ts'
import { Variables } from './variables.ts'

/** What rules say of a request and its response. */
export interface Outcome {
  /** In the order in which they matched, each once, with those that are not logged left out. */
  matched: readonly SecRule[]
  /** The rule that would have refused it. */
  refusedBy: SecRule | undefined
  /** A rule told to take it as it is. */
  isAllowed: boolean
}

/** One request under way through the phases of a rule set. */
export class Transaction {
  readonly #rules: RuleSet
  readonly #variables: Variables
  readonly #tx = new TransactionVariables()
  readonly #matched = new Set<SecRule>()
  readonly #transformed = new Map<number, Map<string, string>>()
  readonly #removed: (Control & { kind: 'remove' })[] = []
  readonly #scope: OperatorScope
  #transformedCount = 0
  #engine: RuleSet['engine']
  #refusedBy: SecRule | undefined
  #isAllowed = false
  /** Of the request and the response nothing more is asked. */
  #isOver = false
  #captures = false
  /** Of the rule at hand, and those of its chain. */
  #matchedVar: NamedValue = { name: '', value: '' }
  #matchedVars: NamedValue[] = []
  #rule: SecRule | undefined

  constructor(rules: RuleSet, request: HttpRequest) {
    this.#rules = rules
    this.#variables = new Variables(request)
    this.#engine = rules.engine
    this.#scope = {
      expand: (text) => this.#expand(text),
      capture: (groups) => {
        if (this.#captures) this.#tx.capture(groups)
      },
      captures: () => this.#captures,
    }
  }

  /** Phases 1 and 2. */
  request(): void {
    this.#run(1)
    this.#variables.bodyHasCome()
    this.#run(2)
  }

  /** Phases 3 and 4. */
  response(response: HttpResponse): void {
    this.#variables.responseHasCome(response)
    this.#run(3)
    this.#run(4)
  }

  /** Phase 5, and what came of all. */
  finish(): Outcome {
    this.#isOver = false
    this.#run(5)
    return { matched: [...this.#matched], refusedBy: this.#refusedBy, isAllowed: this.#isAllowed }
  }

  #run(phase: Phase): void {
    if (this.#engine === 'off' || this.#isOver) return
    const entries = this.#rules.phases[phase]
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at]
      if (entry.kind === 'marker' || this.#isRemoved(entry)) continue
      if (!this.#chainMatches(entry)) continue
      if (entry.isLogged && this.#matched.size < limits.matchedRules) this.#matched.add(entry)
      if (this.#disrupt(entry)) return
      if (entry.skipAfter !== undefined) at = markerBehind(entries, at, entry.skipAfter)
      else at += entry.skip
    }
  }

  /** Whether the phase is over. */
  #disrupt(rule: SecRule): boolean {
    switch (rule.disruption) {
      case undefined:
        return this.#isOff
      case 'deny':
        this.#refusedBy ??= rule
        // What is only looked at goes on through the rules.
        this.#isOver = this.#engine === 'on'
        return this.#isOver
      case 'allow-phase':
        return true
      default:
        this.#isAllowed = this.#isOver = true
        return true
    }
  }

  get #isOff(): boolean {
    return this.#engine === 'off'
  }

  #chainMatches(starter: SecRule): boolean {
    this.#matchedVars = []
    for (let rule: SecRule | undefined = starter; rule !== undefined; rule = rule.next)
      if (!this.#matches(rule)) return false
    return true
  }

  #matches(rule: SecRule): boolean {
    this.#rule = rule
    this.#captures = rule.captures
    if (rule.operator === undefined) {
      this.#act(rule)
      return true
    }
    let isMatch = false
    for (const value of this.#valuesOf(rule)) if (this.#valueMatches(rule, value)) isMatch = true
    return isMatch
  }

  #valueMatches(rule: SecRule, value: NamedValue): boolean {
    const { operator, isNegated } = rule
    for (const text of rule.multiMatch
      ? this.#stages(rule, value.value)
      : [this.#transform(rule, value.value)]) {
      if (operator?.(text, this.#scope) === isNegated) continue
      this.#matchedVar = { name: value.name, value: text }
      if (this.#matchedVars.length < limits.matchedValues) this.#matchedVars.push(this.#matchedVar)
      this.#act(rule)
      return true
    }
    return false
  }

  /** Kept for the rules behind it, most of which transform the same values in the same way. */
  #transform({ transformations, transformationKey }: SecRule, value: string): string {
    if (transformations.length === 0) return value
    let known = this.#transformed.get(transformationKey)
    if (known === undefined) this.#transformed.set(transformationKey, (known = new Map<string, string>()))
    const kept = known.get(value)
    if (kept !== undefined) return kept
    const text = transformations.reduce((before, transformation) => transformation(before), value)
    if (this.#transformedCount++ < limits.transformed) known.set(value, text)
    return text
  }

  /** After each transformation, where it changed something. */
  #stages({ transformations }: SecRule, value: string): Set<string> {
    const stages = new Set([value])
    let text = value
    for (const transformation of transformations) stages.add((text = transformation(text)))
    return stages
  }

  /** All but what ends a transaction. */
  #act(rule: SecRule): void {
    for (const { name, how, value } of rule.variables)
      this.#tx.change({ name: this.#expand(name), how, value: this.#expand(value) })
    for (const control of rule.controls) this.#control(control)
  }

  #control(control: Control): void {
    switch (control.kind) {
      case 'rule-engine':
        this.#engine = control.is
        return
      case 'body-processor':
        this.#variables.processor = control.name
        return
      case 'force-body':
        this.#variables.isBodyForced = true
        return
      case 'remove':
        if (this.#removed.length < limits.rules) this.#removed.push(control)
    }
  }

  #isRemoved(rule: SecRule): boolean {
    return this.#removed.some(({ selects, target }) => target === undefined && selects(rule))
  }

  #valuesOf(rule: SecRule): NamedValue[] {
    const values: NamedValue[] = []
    const excluded = this.#excludedFrom(rule)
    for (const target of rule.targets) {
      const own = this.#meantBy(target, excluded)
      if (target.isCount) values.push({ name: `&${target.variable}`, value: String(own.length) })
      else for (const { name, value } of own) values.push({ name: fullName(target.variable, name), value })
    }
    return values
  }

  #excludedFrom(rule: SecRule): readonly Target[] {
    if (this.#removed.length === 0) return rule.excluded
    const removed = this.#removed.flatMap(({ selects, target = [] }) => (selects(rule) ? target : []))
    return [...rule.excluded, ...removed]
  }

  #meantBy(target: Target, excluded: readonly Target[]): readonly NamedValue[] {
    const { variable, key } = target
    if (variable === 'TX' && key?.kind === 'name') return this.#tx.named(key.name)
    const all = this.#collection(variable)
    const others = excluded.filter((other) => other.variable === variable)
    if (key === undefined && others.length === 0) return all
    return all.filter(({ name }) => isMeant(target, name) && !others.some((other) => isMeant(other, name)))
  }

  #collection(variable: VariableName): readonly NamedValue[] {
    switch (variable) {
      case 'TX':
        return this.#tx.all()
      case 'MATCHED_VAR':
        return [{ name: '', value: this.#matchedVar.value }]
      case 'MATCHED_VAR_NAME':
        return [{ name: '', value: this.#matchedVar.name }]
      case 'MATCHED_VARS':
        return [...this.#matchedVars]
      case 'MATCHED_VARS_NAMES':
        return this.#matchedVars.map(({ name }) => ({ name, value: name }))
      case 'RULE':
        return ruleValues(this.#rule)
      default:
        return this.#variables.get(variable)
    }
  }

  /** `%{tx.a}`, `%{REQUEST_HEADERS.host}`, `%{MATCHED_VAR}`; what is not there is empty. */
  #expand(text: string): string {
    if (!text.includes('%{')) return text
    let expanded = ''
    let at = 0
    for (let count = 0; count < limits.macros; count++) {
      const start = text.indexOf('%{', at)
      const end = start < 0 ? -1 : text.indexOf('}', start)
      if (end < 0) break
      expanded += text.slice(at, start) + this.#macro(text.slice(start + 2, end))
      at = end + 1
    }
    return expanded + text.slice(at)
  }

  #macro(text: string): string {
    const dot = text.indexOf('.')
    const variable = (dot < 0 ? text : text.slice(0, dot)).toUpperCase()
    const key = dot < 0 ? '' : text.slice(dot + 1).toLowerCase()
    if (variable === 'TX') return this.#tx.get(key) ?? ''
    if (!isVariableName(variable)) return ''
    const values = this.#collection(variable)
    return values.find(({ name }) => key === '' || name.toLowerCase() === key)?.value ?? ''
  }
}

function isMeant({ key }: Target, name: string): boolean {
  if (key === undefined) return true
  if (key.kind === 'pattern') return key.matches(name)
  return key.name.length === name.length && key.name === name.toLowerCase()
}

function fullName(variable: VariableName, name: string): string {
  return name === '' ? variable : `${variable}:${name}`
}

function ruleValues(rule: SecRule | undefined): NamedValue[] {
  if (rule === undefined) return []
  const values = { id: String(rule.id), msg: rule.message, severity: String(rule.severity ?? '') }
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}

/** Index of the marker; the end where there is none. */
function markerBehind(entries: readonly Entry[], from: number, name: string): number {
  for (let at = from + 1; at < entries.length; at++) {
    const entry = entries[at]
    if (entry.kind === 'marker' && entry.name === name) return at
    if (entry.kind === 'rule' && String(entry.id) === name) return at - 1
  }
  return entries.length
}
