import type { Place } from '../../model/records.ts'
import { limits as scanLimits } from '../../scan/limits.ts'
import { compilePcre, type PcrePattern } from '../../scan/pcre/compile-pcre.ts'
import type { Match, Pattern } from '../../scan/scanner.ts'
import type { Finding, FindingSink } from '../detector.ts'
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

/** Rules of sensors, compiled. What a content has of them is in `RuleMatches`. */
export class RuleSet {
  readonly rules: readonly Rule[]
  readonly compiled: readonly CompiledPattern[]
  readonly patterns: readonly Pattern[]

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
  }
}

/** A match that waits for the end of its content: what must not match may still come. */
interface Waiting {
  bytes: Uint8Array
  length: number
  offset: number
  field: string
}

/**
 * Which rules of a set one content matches. A rule of one pattern is found at each match; one of several once a content, at the match
 * that makes them complete, or at the end where something must not match. Held is one bit a pattern and at most one value a rule.
 */
export class RuleMatches {
  readonly #set: RuleSet
  /** 1 for each pattern that matched in this content. */
  readonly #seen: Uint8Array
  /** 1 for each rule that was found. */
  readonly #found: Uint8Array
  readonly #waiting: (Waiting | undefined)[]
  readonly #finding: Finding
  #isTouched = false

  constructor(set: RuleSet) {
    this.#set = set
    this.#seen = new Uint8Array(set.compiled.length)
    this.#found = new Uint8Array(set.rules.length)
    this.#waiting = set.rules.map(() => undefined)
    const [{ recogniser }] = set.rules
    this.#finding = {
      ...{ recogniser, confidence: 1, field: '', offset: 0 },
      ...{ bytes: new Uint8Array(0), start: 0, end: 0 },
    }
  }

  /** Begins a new content. */
  reset(): void {
    if (!this.#isTouched) return
    this.#isTouched = false
    this.#seen.fill(0)
    this.#found.fill(0)
    this.#waiting.fill(undefined)
  }

  /** Takes a match of the set's pattern `index`; false where its conditions refuse it. The field is asked for only where it counts. */
  match(index: number, match: Match, out: FindingSink): boolean {
    const { rule, isNegated, context, endOf } = this.#set.compiled[index]
    if (!isAbout(context, out.place)) return false
    const end = endOf(match)
    if (end < match.start) return false
    this.#isTouched = true
    this.#seen[index] = 1
    if (isNegated) return true
    const { hasNegated, positives } = this.#set.rules[rule]
    if (hasNegated) this.#wait(rule, match, end, out)
    else if (positives === 1 || (this.#found[rule] === 0 && this.#isComplete(rule))) {
      const { bytes, start, offset } = match
      this.#report(rule, { bytes, start, end, offset, field: out.field() }, out)
    }
    return true
  }

  /** The content has ended: what must not match has not. */
  end(out: FindingSink): void {
    if (!this.#isTouched) return
    for (const [rule, waiting] of this.#waiting.entries()) {
      if (waiting === undefined || !this.#isComplete(rule)) continue
      const { bytes, length, offset, field } = waiting
      this.#report(rule, { bytes, start: 0, end: length, offset, field }, out)
    }
    this.reset()
  }

  /** All that must match has, and nothing that must not. */
  #isComplete(rule: number): boolean {
    const { first, last } = this.#set.rules[rule]
    for (let i = first; i < last; i++)
      if ((this.#seen[i] === 1) === this.#set.compiled[i].isNegated) return false
    return true
  }

  /** Keeps the first value: its bytes may be gone at the end of the content. */
  #wait(rule: number, match: Match, end: number, out: FindingSink): void {
    if (this.#waiting[rule] !== undefined) return
    const bytes = match.bytes.slice(match.start, Math.min(end, match.start + longestMatch))
    this.#waiting[rule] = { bytes, length: bytes.length, offset: match.offset, field: out.field() }
  }

  #report(
    rule: number,
    { bytes, start, end, offset, field }: Omit<Finding, 'recogniser' | 'confidence'>,
    out: FindingSink,
  ): void {
    const finding = this.#finding
    this.#found[rule] = 1
    finding.recogniser = this.#set.rules[rule].recogniser
    finding.bytes = bytes
    finding.start = start
    finding.end = end
    finding.offset = offset
    finding.field = field
    if (out.matchedRule === undefined) out.found(finding)
    else out.matchedRule(finding)
  }
}

const longestMatch = scanLimits.lookbehindBytes + scanLimits.lookaheadBytes

/** Parts of a request; what is none of these is a packet's payload, which counts as its body. */
const contextsOf: Partial<Record<Place, RuleContext>> = {
  'http.target': 'url',
  'http.query': 'url',
  'http.header': 'header',
  'http.cookie': 'header',
}

function isAbout(context: RuleContext, place: Place | undefined): boolean {
  if (context === 'packet') return true
  return context === (place === undefined ? 'body' : (contextsOf[place] ?? 'body'))
}
