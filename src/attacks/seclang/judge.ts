import type { AttackClass, AttackRule } from '../attack.ts'
import { limits as attackLimits } from '../limits.ts'
import type { RequestScore } from '../request-score.ts'
import type { SecRule, Severity } from './rule.ts'
import type { RuleSet } from './rule-set.ts'
import type { HttpRequest } from './transaction/message.ts'
import { Transaction } from './transaction/transaction.ts'

/** Points of a rule by its severity, as the Core Rule Set counts: critical, error, warning, notice. */
const points: Readonly<Record<Severity, number>> = { 0: 5, 1: 5, 2: 5, 3: 4, 4: 3, 5: 2, 6: 0, 7: 0 }

/** Parts of tags, in the order in which they tell. */
const classes: readonly (readonly [tag: string, attackClass: AttackClass])[] = [
  ['attack-sqli', 'sql-injection'],
  ['attack-xss', 'cross-site-scripting'],
  ['attack-rce', 'command-injection'],
  ['attack-lfi', 'path-traversal'],
  ['attack-rfi', 'file-inclusion'],
  ['attack-ssrf', 'server-side-request-forgery'],
  ['attack-ssti', 'template-injection'],
  ['attack-injection-php', 'command-injection'],
  ['attack-injection-java', 'deserialization'],
  ['attack-protocol', 'request-smuggling'],
  ['attack-reputation', 'scanner'],
]

/** Judges requests by rules in SecLang: one that they refuse is an attack, and the rules that matched are its reasons. */
export class SecLangJudge {
  readonly #rules: RuleSet
  readonly #known = new Map<SecRule, AttackRule>()

  constructor(rules: RuleSet) {
    this.#rules = rules
  }

  /** Adds to a request's score what makes it refused; nothing where it is not. */
  judge(request: HttpRequest, score: RequestScore): void {
    const transaction = new Transaction(this.#rules, request)
    transaction.request()
    const { matched, refusedBy } = transaction.finish()
    if (refusedBy === undefined) return
    const reasons = matched.filter((rule) => rule !== refusedBy).map((rule) => this.#ruleOf(rule))
    const counting = reasons.filter((reason) => reason.points > 0)
    for (const reason of counting) score.report(reason)
    // It may refuse by itself, or at fewer points than make an attack here.
    const sum = counting.reduce((total, reason) => total + reason.points, 0)
    if (sum < attackLimits.threshold) score.report(this.#ruleOf(refusedBy, attackLimits.threshold))
  }

  #ruleOf(rule: SecRule, least = 0): AttackRule {
    const known = this.#known.get(rule)
    if (known !== undefined) return known
    const made: AttackRule = {
      class: classOf(rule),
      id: `seclang.${rule.id}`,
      points: Math.max(least, rule.severity === undefined ? 0 : points[rule.severity]),
      level: 1,
      what: withoutMacros(rule.message) || `rule ${rule.id} of your own`,
    }
    this.#known.set(rule, made)
    return made
  }
}

function classOf({ tags }: SecRule): AttackClass {
  return classes.find(([tag]) => tags.includes(tag))?.[1] ?? 'known-exploit'
}

/** They may repeat what was sent. */
function withoutMacros(message: string): string {
  return message
    .split('%{')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('}') + 1)))
    .join('…')
    .trim()
}
