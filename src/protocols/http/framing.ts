import type { Coding } from '../decompress/content-decoder.ts'
import { limits as decompressLimits } from '../decompress/limits.ts'
import { HeadFlag } from './anomalies.ts'
import type { CodingList } from './codings.ts'
import { CodingName } from './codings.ts'
import type { FieldSection } from './field-section.ts'
import { Version } from './start-line.ts'

/** How a message's body is delimited (RFC 9112 section 6.3). `switch`: what follows is another protocol. */
export const Framing = { none: 0, length: 1, chunked: 2, untilClose: 3, switch: 4 } as const
export type Framing = (typeof Framing)[keyof typeof Framing]

/** Looks at what the fields say of the length together, and sets the flags of what cannot be right. */
export function checkLengths(fields: FieldSection, version: number): void {
  if (!fields.hasTransferEncoding) return
  if (fields.contentLength >= 0 || (fields.flags & HeadFlag.lengthInvalid) !== 0) {
    fields.flags |= HeadFlag.lengthAndTransferEncoding
  }
  if (version === Version.http10) fields.flags |= HeadFlag.transferEncodingOldVersion
  const codings = fields.transferEncoding
  let isValid = codings.length > 0 && !codings.overflow
  for (let i = 0; i < codings.length; i++) {
    const coding = codings.at(i)
    if (coding === CodingName.unknown) isValid = false
    if (coding === CodingName.chunked && i < codings.length - 1) isValid = false
  }
  if (!isValid) fields.flags |= HeadFlag.transferEncoding
}

/** Framing of a request that may have a body. */
export function requestFraming(fields: FieldSection): Framing {
  if (isChunked(fields)) return Framing.chunked
  // Without chunks the length of a request cannot be told by Transfer-Encoding: the older rule then is the length's.
  return fields.contentLength > 0 ? Framing.length : Framing.none
}

/** Framing of a response that may have a body. */
export function responseFraming(fields: FieldSection): Framing {
  if (isChunked(fields)) return Framing.chunked
  if (fields.hasTransferEncoding && !isIdentity(fields.transferEncoding)) return Framing.untilClose
  if (fields.contentLength < 0) return Framing.untilClose
  return fields.contentLength > 0 ? Framing.length : Framing.none
}

function isChunked(fields: FieldSection): boolean {
  const codings = fields.transferEncoding
  return codings.length > 0 && codings.at(codings.length - 1) === CodingName.chunked
}

/** RFC 2616 section 3.6 had it; it says that there is no coding. */
function isIdentity(codings: CodingList): boolean {
  for (let i = 0; i < codings.length; i++) if (codings.at(i) !== CodingName.identity) return false
  return codings.length > 0
}

const DECODABLE: Record<CodingName, Coding | undefined> = {
  [CodingName.unknown]: undefined,
  [CodingName.identity]: undefined,
  [CodingName.chunked]: undefined,
  [CodingName.gzip]: 'gzip',
  [CodingName.deflate]: 'deflate',
  [CodingName.br]: 'br',
  [CodingName.zstd]: 'zstd',
}

export type CodingsProblem = 'unsupported' | 'layers'

const NONE: readonly Coding[] = []

/** The codings to take off a body, the last applied first, or why they cannot be taken off. */
export function bodyCodings(fields: FieldSection): readonly Coding[] | CodingsProblem {
  if (fields.contentEncoding.length === 0 && fields.transferEncoding.length < 2) {
    // The commonest cases, by far: none, and chunked alone.
    if (fields.transferEncoding.length === 0 || isChunked(fields)) return NONE
  }
  const codings: Coding[] = []
  for (const list of [fields.transferEncoding, fields.contentEncoding]) {
    if (list.overflow) return 'layers'
    for (let i = list.length - 1; i >= 0; i--) {
      const name = list.at(i)
      const coding = DECODABLE[name]
      if (coding !== undefined) codings.push(coding)
      else if (name === CodingName.unknown) return 'unsupported'
    }
  }
  return codings.length > decompressLimits.layers ? 'layers' : codings
}
