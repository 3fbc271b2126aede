import type { AttackContext, AttackRule } from './attack.ts'

/** What part of a parameter, header or upload a view shows. `document`: a whole XML document, whose texts are values as well. */
export type ValueRole = 'value' | 'name' | 'file-name' | 'file-head' | 'document'

/**
 * A value as a target might read it, after some decodings. A value has several views; each distinct one is judged
 * once. Views are reused: a detector keeps nothing of them.
 */
export interface ValueView {
  /** Case as sent. Unicode forms of ASCII characters are folded; a byte that is no UTF-8 is one character. */
  readonly text: string
  /** `text` with A-Z in lower case. Same length, so positions are the same in both. */
  readonly lower: string
  /** Which telling characters `text` has: bits of `traits.ts`. */
  readonly traits: number
  readonly context: AttackContext
  readonly role: ValueRole
  /** Lower-case name of the parameter, header, cookie or field; empty where there is none. */
  readonly field: string
  /** How many decodings were taken off one after another; 0 is the value as it was sent. */
  readonly decoded: number
}

/** Header lines of a request. */
export interface HeaderView {
  /** Whether a header of this name has `part` in its value; both in lower case, the case of the value does not matter. */
  includes: (name: string, part: string) => boolean
}

/** A request as its head says it; strings as they were sent. */
export interface RequestView {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: HeaderView
}

export interface AttackSink {
  report: (rule: AttackRule) => void
}

/** What is a text by itself: file heads and documents are for who asks for them. */
export const plainRoles: readonly ValueRole[] = ['value', 'name', 'file-name']

/** Judges one view. Takes time linear in its length, never throws, runs no RegExp, keeps nothing. */
export interface ValueDetector {
  /** Looked at only where a view has at least one of these traits; 0 is any view. */
  readonly traits: number
  /** Where it looks; `plainRoles` where it does not say. */
  readonly roles?: readonly ValueRole[]
  judge: (view: ValueView, sink: AttackSink) => void
}

/** A header, and what stands in its value: both in lower case, any value where it is empty. */
export type HeaderMark = readonly [name: string, part: string]

/** Judges the head of a request as a whole; its values are judged by the others. */
export interface RequestDetector {
  /** Parts of targets, in ASCII and lower case. Without one of them, and without one of `headers`, it finds nothing. */
  readonly targets: readonly string[]
  readonly headers: readonly HeaderMark[]
  judge: (request: RequestView, sink: AttackSink) => void
}
