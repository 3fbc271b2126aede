import type { AttackRule } from '../attack.ts'
import type { Pattern } from '../seclang/pattern/syntax.ts'

/** What contents are looked for in, by Suricata's names of its sticky buffers. */
export const bufferNames = [
  'http.uri',
  'http.uri.raw',
  'http.method',
  'http.protocol',
  'http.request_line',
  'http.header',
  'http.header.raw',
  'http.header_names',
  'http.cookie',
  'http.user_agent',
  'http.host',
  'http.host.raw',
  'http.content_type',
  'http.content_len',
  'http.referer',
  'http.accept',
  'http.accept_lang',
  'http.accept_enc',
  'http.connection',
  'http.request_body',
  'dns.query',
  'tls.sni',
] as const
export type BufferName = (typeof bufferNames)[number]

/** Which messages have which buffers. */
export type Application = 'http' | 'dns' | 'tls'

export function applicationOf(buffer: BufferName): Application {
  return buffer.slice(0, buffer.indexOf('.')) as Application
}

/** Bytes as characters, where they are to stand. Positions count from the beginning of the buffer. */
export interface ContentTest {
  kind: 'content'
  /** In lower case where `ignoresCase`. */
  text: string
  ignoresCase: boolean
  isNegated: boolean
  offset: number
  /** Characters from `offset` on in which it has to end; undefined for all. */
  depth: number | undefined
  /** Undefined where it does not go by the content before. */
  relative: { distance: number; within: number | undefined } | undefined
  /** It ends where the buffer does. */
  isLast: boolean
}

export interface PatternTest {
  kind: 'pattern'
  pattern: Pattern
  isNegated: boolean
  /** It begins behind the content before. */
  isRelative: boolean
}

/** How long the buffer is, both ends included. */
export interface LengthTest {
  kind: 'length'
  least: number
  most: number
}

/** Whether there is data so far from the beginning, or from the content before. */
export interface DataTest {
  kind: 'data'
  at: number
  isRelative: boolean
  isNegated: boolean
}

export type BufferTest = ContentTest | PatternTest | LengthTest | DataTest

export type Transform = (text: string) => string

/** Tests of one buffer, in their order. */
export interface BufferTests {
  buffer: BufferName
  transforms: readonly Transform[]
  tests: readonly BufferTest[]
}

/** When a rule that matched tells of it. */
export interface Threshold {
  kind: 'limit' | 'threshold' | 'both' | 'filter'
  by: 'source' | 'target' | 'rule'
  count: number
  seconds: number
}

export interface Signature {
  sid: number
  application: Application
  buffers: readonly BufferTests[]
  /** Ports of the server; undefined for any. */
  ports: ((port: number) => boolean) | undefined
  threshold: Threshold | undefined
  /** What is told where it matches. */
  rule: AttackRule
}
