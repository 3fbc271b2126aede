import { compilePcre, type PcrePattern } from '../../scan/pcre/compile-pcre.ts'
import type { Pattern } from '../../scan/scanner.ts'
import type { Recogniser } from '../recogniser.ts'
import { ruleRecogniser } from './custom-recogniser.ts'
import type { RuleContext, RuleDefinition } from './definition.ts'

/** A rule with what it takes to hold contents against it. */
interface Rule {
  recogniser: Recogniser
  /** Its patterns are those from `first` up to `last` of all. */
  first: number
  last: number
  hasNegated: boolean
  positives: number
}

interface CompiledPattern extends PcrePattern {
  rule: number
  isNegated: boolean
  context: RuleContext
}

/** Rules of sensors, compiled. What a content or a message has of them is in `RuleState`. */
export class RuleSet {
  readonly rules: readonly Rule[]
  readonly compiled: readonly CompiledPattern[]
  readonly patterns: readonly Pattern[]
  /** A rule has several patterns, which may stand in several parts of a message. */
  readonly combines: boolean

  /** @throws ScanError for a pattern that cannot be compiled; it names sensor, rule and pattern. */
  constructor(definitions: readonly RuleDefinition[]) {
    const compiled: CompiledPattern[] = []
    this.rules = definitions.map((definition, rule) => {
      const first = compiled.length
      for (const [i, { expression, isNegated, context }] of definition.patterns.entries()) {
        const id = `${definition.sensor}, ${definition.rule}, pattern ${i + 1}`
        compiled.push({ ...compilePcre(id, expression), rule, isNegated, context })
      }
      const negated = definition.patterns.filter(({ isNegated }) => isNegated).length
      const positives = definition.patterns.length - negated
      const recogniser = ruleRecogniser(definition)
      return { recogniser, first, last: compiled.length, hasNegated: negated > 0, positives }
    })
    this.compiled = compiled
    this.patterns = compiled.map(({ pattern }) => pattern)
    this.combines = this.rules.some(({ first, last }) => last - first > 1)
  }
}
