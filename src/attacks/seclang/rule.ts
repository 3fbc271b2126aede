import type { Operator } from './operators/operator.ts'
import type { Target } from './syntax/targets.ts'
import type { Transformation } from './transformations/index.ts'

/** 1 and 2 see head and body of a request, 3 and 4 those of a response, 5 all of it. */
export type Phase = 1 | 2 | 3 | 4 | 5

export type Severity = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Sets, adds to or takes away a variable of `TX`. */
export interface SetVariable {
  /** May have macros. */
  name: string
  how: 'set' | 'add' | 'subtract' | 'remove'
  value: string
}

/** What a rule changes for those behind it. */
export type Control =
  | { kind: 'rule-engine'; is: 'on' | 'off' | 'detection-only' }
  | { kind: 'body-processor'; name: string }
  | { kind: 'force-body' }
  | { kind: 'remove'; selects: RuleSelector; target: Target[] | undefined }

/** By number, range or tag. */
export type RuleSelector = (rule: { id: number; tags: readonly string[]; message: string }) => boolean

/** What ends a transaction: it would have been refused, or taken as it is. */
export type Disruption = 'deny' | 'allow' | 'allow-phase' | 'allow-request'

/** One `SecRule` or `SecAction`, with those that are chained to it. */
export interface SecRule {
  kind: 'rule'
  id: number
  phase: Phase
  file: string
  line: number
  targets: Target[]
  /** What of them is not looked at. */
  excluded: Target[]
  /** A number for each distinct list of transformations, so that a value is transformed once. */
  transformationKey: number
  transformations: readonly Transformation[]
  multiMatch: boolean
  /** Undefined of a `SecAction`: it always matches. */
  operator: Operator | undefined
  isNegated: boolean
  /** Has to match too. */
  next: SecRule | undefined
  captures: boolean
  isLogged: boolean
  message: string
  severity: Severity | undefined
  tags: readonly string[]
  variables: readonly SetVariable[]
  controls: readonly Control[]
  disruption: Disruption | undefined
  skip: number
  skipAfter: string | undefined
}

/** Where `skipAfter` goes on. */
export interface Marker {
  kind: 'marker'
  name: string
}

/** What is done, in order. */
export type Entry = SecRule | Marker
