/** What kind of attack a value is, named as in OWASP's and CWE's lists. */
export const attackClasses = [
  'sql-injection',
  'cross-site-scripting',
  'command-injection',
  'path-traversal',
  'file-inclusion',
  'template-injection',
  'xml-external-entity',
  'server-side-request-forgery',
  'nosql-injection',
  'ldap-injection',
  'deserialization',
  'request-smuggling',
  'response-splitting',
  'executable-upload',
  'scanner',
  'webshell',
  'known-exploit',
] as const

export type AttackClass = (typeof attackClasses)[number]

/** Where a value stands; `sql` is a whole statement, as a database receives it. */
export const attackContexts = ['query', 'header', 'cookie', 'body', 'path', 'sql'] as const

export type AttackContext = (typeof attackContexts)[number]

/** How much is reported: 1 is for everyone, 4 for who would rather look at false alarms than miss anything. */
export type Strictness = 1 | 2 | 3 | 4

/**
 * What a detector can find. Rules are constants of the detectors: a request's score counts each once, by identity.
 * A rule of `points: 5` (see `limits.threshold`) makes an attack of a request on its own.
 */
export interface AttackRule {
  readonly class: AttackClass
  /** Stable, for exceptions and reports: `sql.tautology`. */
  readonly id: string
  readonly points: number
  /** The lowest strictness at which the rule counts. */
  readonly level: Strictness
  /** What was found, in words of our own: never a part of the value. */
  readonly what: string
}

export interface AttackReason {
  readonly class: AttackClass
  readonly rule: string
  readonly weight: number
  readonly what: string
}
