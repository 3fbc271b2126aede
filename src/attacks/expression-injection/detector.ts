import type { ValueDetector } from '../detector.ts'
import { Talk } from '../prose.ts'
import { Trait } from '../traits.ts'
import { Expression, tellingExpression } from './delimiters.ts'
import { hasHostileLookup } from './lookups.ts'
import { rules } from './rules.ts'

/** What a template engine or an expression language would evaluate, were the value part of a template. */
export const expressionInjection: ValueDetector = {
  traits: Trait.brace | Trait.percent | Trait.at | Trait.bracket,
  judge({ lower, traits, context }, sink) {
    const talk = new Talk(lower)
    const isLookup =
      (traits & Trait.dollar) !== 0 &&
      (traits & Trait.brace) !== 0 &&
      hasHostileLookup(lower, context === 'body')
    if (isLookup) sink.report(talk.isProse && !lower.includes('://') ? rules.mention : rules.lookup)
    const kind = tellingExpression(lower)
    if (kind === Expression.none) return
    if (kind === Expression.plain) sink.report(rules.expression)
    else if (talk.isProse) sink.report(rules.mention)
    else sink.report(kind === Expression.arithmetic ? rules.arithmetic : rules.call)
  },
}
