import type { Place } from '../../model/records.ts'
import { limits as scanLimits } from '../../scan/limits.ts'
import type { Match } from '../../scan/scanner.ts'
import type { Finding, FindingSink } from '../detector.ts'
import type { RuleContext } from './definition.ts'
import type { RuleSet } from './rule-set.ts'
import { RuleState } from './rule-state.ts'

/** Holds one content against the rules of a set: for itself, or as a part of the message that its sink tells of. */
export class RuleMatches {
  readonly #set: RuleSet
  /** Of the content. */
  readonly #state: RuleState
  readonly #finding: Finding

  constructor(set: RuleSet) {
    this.#set = set
    this.#state = new RuleState(set)
    const [{ recogniser }] = set.rules
    this.#finding = {
      ...{ recogniser, confidence: 1, field: '', offset: 0 },
      ...{ bytes: new Uint8Array(0), start: 0, end: 0 },
    }
  }

  /** Begins a new content. */
  reset(): void {
    this.#state.reset()
  }

  /** Takes a match of the set's pattern `index`; false where its conditions refuse it. The field is asked for only where it counts. */
  match(index: number, match: Match, out: FindingSink): boolean {
    const { rule, context, endOf } = this.#set.compiled[index]
    if (!isAbout(context, out.place)) return false
    const end = endOf(match)
    if (end < match.start) return false
    const state = this.#stateFor(out)
    const outcome = state.note(index)
    if (outcome === undefined) return true
    const finding = this.#finding
    finding.recogniser = this.#set.rules[rule].recogniser
    finding.bytes = match.bytes
    finding.start = match.start
    finding.end = end
    finding.offset = match.offset
    finding.field = out.field()
    if (outcome === 'found') report(finding, out)
    else state.wait(rule, out.ruleWaits?.(finding) ?? reportOf(finding, out))
    return true
  }

  /** A message that began under other rules has a state of those: the content then stands for itself. */
  #stateFor(out: FindingSink): RuleState {
    const message = out.ruleState?.()
    return message?.set === this.#set ? message : this.#state
  }

  /** The content has ended: what must not match in it has not. */
  end(): void {
    this.#state.end()
  }
}

function report(finding: Finding, out: FindingSink): void {
  if (out.matchedRule === undefined) out.found(finding)
  else out.matchedRule(finding)
}

/** Keeps a value, whose bytes may be gone at the end of the content. */
function reportOf(finding: Finding, out: FindingSink): () => void {
  const { start, end } = finding
  const bytes = finding.bytes.slice(start, Math.min(end, start + longestMatch))
  const kept = { ...finding, bytes, start: 0, end: bytes.length }
  return () => report(kept, out)
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
