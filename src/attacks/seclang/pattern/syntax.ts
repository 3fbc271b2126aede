/** A pattern over bytes as characters; `.` is any of them, `$` the end. */
export interface Pattern {
  /** Otherwise it may take `limits.patternSteps` steps on a value, and then has not matched. */
  readonly isLinear: boolean
  /** Values on which it took too many steps. */
  readonly gaveUp: number
  /** What it and its groups matched, empty where one did not take part; with `groups` false nothing but that it did. */
  match: (text: string, groups: boolean) => readonly string[] | undefined
}

/** A set of characters of one byte. */
export type ByteTest = Uint8Array

/** What a pattern in Perl's syntax is made of. */
export type Node =
  | { kind: 'byte'; is: ByteTest }
  | { kind: 'sequence'; items: Node[] }
  | { kind: 'choice'; options: Node[] }
  | { kind: 'repeat'; item: Node; min: number; max: number; how: 'greedy' | 'lazy' | 'possessive' }
  | { kind: 'group'; item: Node; index: number }
  | { kind: 'atomic'; item: Node }
  | { kind: 'back'; index: number; ignoreCase: boolean }
  | { kind: 'look'; item: Node; isBehind: boolean; isNegated: boolean }
  | { kind: 'place'; is: 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'no-word' }
