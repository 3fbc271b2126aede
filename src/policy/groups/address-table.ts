import { type AddressWords, compareWords, nextWords } from './address.ts'

export interface AddressRange {
  first: AddressWords
  last: AddressWords
  group: number
}

/** Which groups an address belongs to: the address space cut where ranges begin and end, found by halving. */
export class AddressTable {
  /** Beginnings of the pieces, four words each, in order. The first piece begins at 0. */
  readonly #starts: Uint32Array
  /** Groups of each piece, ascending. */
  readonly groups: readonly (readonly number[])[]

  constructor(ranges: readonly AddressRange[]) {
    const cuts = cutsOf(ranges)
    this.#starts = Uint32Array.from(cuts.flat())
    this.groups = piecesOf(cuts, ranges)
  }

  /** First address of a piece, which goes on to the one of the next, or to the end. */
  startOf(piece: number): AddressWords {
    const at = piece * 4
    const starts = this.#starts
    return [starts[at], starts[at + 1], starts[at + 2], starts[at + 3]]
  }

  /** The piece an address is in, an index of `groups`. `bytes` are 4 or 16 in network order; nothing is allocated. */
  pieceOf(bytes: Uint8Array): number {
    if (bytes.length === 4) return this.#find(0, 0, 0xffff, word(bytes, 0))
    return this.#find(word(bytes, 0), word(bytes, 4), word(bytes, 8), word(bytes, 12))
  }

  #find(a: number, b: number, c: number, d: number): number {
    const starts = this.#starts
    let low = 0
    let high = this.groups.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      const at = middle * 4
      const difference = starts[at] - a || starts[at + 1] - b || starts[at + 2] - c || starts[at + 3] - d
      if (difference <= 0) low = middle
      else high = middle - 1
    }
    return low
  }
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0
}

function cutsOf(ranges: readonly AddressRange[]): AddressWords[] {
  const all: AddressWords[] = [[0, 0, 0, 0]]
  for (const { first, last } of ranges) {
    all.push(first)
    const behind = nextWords(last)
    if (behind !== undefined) all.push(behind)
  }
  const sorted = all.toSorted(compareWords)
  return sorted.filter((cut, i) => i === 0 || compareWords(sorted[i - 1], cut) !== 0)
}

/** One walk over the cuts, with the ranges that are open; a range may be there several times for one group. */
function piecesOf(cuts: readonly AddressWords[], ranges: readonly AddressRange[]): (readonly number[])[] {
  const opening = ranges.toSorted((a, b) => compareWords(a.first, b.first))
  const closing = ranges.toSorted((a, b) => compareWords(a.last, b.last))
  const open = new Map<number, number>()
  let opened = 0
  let closed = 0
  return cuts.map((cut) => {
    for (; opened < opening.length && compareWords(opening[opened].first, cut) <= 0; opened++)
      open.set(opening[opened].group, (open.get(opening[opened].group) ?? 0) + 1)
    for (; closed < closing.length && compareWords(closing[closed].last, cut) < 0; closed++) {
      const { group } = closing[closed]
      const left = (open.get(group) ?? 1) - 1
      if (left === 0) open.delete(group)
      else open.set(group, left)
    }
    return [...open.keys()].toSorted((a, b) => a - b)
  })
}
