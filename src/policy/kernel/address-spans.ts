import { formatAddress } from '../../lib/ip.ts'
import type { AddressWords } from '../groups/address.ts'
import type { AddressPiece } from '../groups/membership.ts'

/** Addresses of one family whose peers are of one class. */
export interface AddressSpan {
  family: 4 | 6
  /** In the form of `formatAddress`. */
  first: string
  last: string
  peer: number
}

const IPV4_FIRST = 0xffff_0000_0000n
const IPV4_LAST = 0xffff_ffff_ffffn
const LAST = (1n << 128n) - 1n

/** The pieces of the address space by family, neighbours of one class joined. IPv4 lies in it as `::ffff:0:0/96`. */
export function addressSpans(pieces: readonly AddressPiece[]): AddressSpan[] {
  const ends = pieces.map((_, i) => (i + 1 < pieces.length ? numberOf(pieces[i + 1].first) - 1n : LAST))
  return pieces
    .flatMap(({ first, peer }, i) => byFamily(numberOf(first), ends[i], peer))
    .reduce<(Span & { family: 4 | 6 })[]>((joined, span) => {
      const last = joined.at(-1)
      const isNext = last?.peer === span.peer && last.family === span.family && last.last + 1n === span.first
      if (isNext) last.last = span.last
      else joined.push({ ...span })
      return joined
    }, [])
    .map(({ family, first, last, peer }) => ({
      family,
      first: textOf(family, first),
      last: textOf(family, last),
      peer,
    }))
}

interface Span {
  first: bigint
  last: bigint
  peer: number
}

function byFamily(first: bigint, last: bigint, peer: number): (Span & { family: 4 | 6 })[] {
  const parts: (Span & { family: 4 | 6 })[] = [
    { family: 6, first, last: smaller(last, IPV4_FIRST - 1n), peer },
    { family: 4, first: larger(first, IPV4_FIRST), last: smaller(last, IPV4_LAST), peer },
    { family: 6, first: larger(first, IPV4_LAST + 1n), last, peer },
  ]
  return parts.filter((part) => part.first <= part.last)
}

function numberOf(words: AddressWords): bigint {
  return words.reduce((number, word) => (number << 32n) | BigInt(word), 0n)
}

function textOf(family: 4 | 6, address: bigint): string {
  const bytes = Uint8Array.from({ length: 16 }, (_, i) => Number((address >> BigInt(120 - 8 * i)) & 0xffn))
  return formatAddress(family === 4 ? bytes.subarray(12) : bytes)
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
