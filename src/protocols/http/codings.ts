import { limits } from './limits.ts'
import { COMMA, SEMICOLON, lowerCaseName, skipSpace, spells, trimEnd } from './octets.ts'

/** Content and transfer codings (RFC 9110 section 8.4.1, RFC 9112 section 7). */
export const CodingName = {
  unknown: 0,
  identity: 1,
  chunked: 2,
  gzip: 3,
  deflate: 4,
  br: 5,
  zstd: 6,
} as const
export type CodingName = (typeof CodingName)[keyof typeof CodingName]

const SPELLED: readonly [Uint8Array, CodingName][] = [
  [lowerCaseName('chunked'), CodingName.chunked],
  [lowerCaseName('gzip'), CodingName.gzip],
  [lowerCaseName('br'), CodingName.br],
  [lowerCaseName('zstd'), CodingName.zstd],
  [lowerCaseName('deflate'), CodingName.deflate],
  [lowerCaseName('identity'), CodingName.identity],
  [lowerCaseName('x-gzip'), CodingName.gzip],
]

/** The codings of a message, in the order in which they were applied, over all its fields of that name. */
export class CodingList {
  readonly #codings: CodingName[] = []
  /** More were named than are looked at. */
  overflow = false

  clear(): void {
    this.#codings.length = 0
    this.overflow = false
  }

  get length(): number {
    return this.#codings.length
  }

  at(index: number): CodingName {
    return this.#codings[index]
  }

  /** Adds the members of a list, parameters passed over. */
  add(bytes: Uint8Array, start: number, end: number): void {
    let i = start
    while (i < end) {
      let next = i
      while (next < end && bytes[next] !== COMMA) next++
      this.#addOne(bytes, skipSpace(bytes, i, next), next)
      i = next + 1
    }
  }

  #addOne(bytes: Uint8Array, start: number, end: number): void {
    let nameEnd = start
    while (nameEnd < end && bytes[nameEnd] !== SEMICOLON) nameEnd++
    nameEnd = trimEnd(bytes, start, nameEnd)
    if (nameEnd === start) return
    if (this.#codings.length < limits.codings) this.#codings.push(nameOf(bytes, start, nameEnd))
    else this.overflow = true
  }
}

function nameOf(bytes: Uint8Array, start: number, end: number): CodingName {
  for (const [name, coding] of SPELLED) if (spells(bytes, start, end, name)) return coding
  return CodingName.unknown
}
