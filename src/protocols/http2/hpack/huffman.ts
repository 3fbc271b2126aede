/** Lengths in bits of the codes of RFC 7541 appendix B, octet by octet. The code is canonical: these tell it. */
// prettier-ignore
const LENGTHS: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
  28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
  5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
  6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
  24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
  21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
  26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
]
/** The end of a string, which none contains (section 5.2). */
const END_OF_STRING = 256
const END_OF_STRING_BITS = 30
/** Bits behind the last code of a string at most: fewer than an octet, and all of them ones. */
const PADDING_BITS = 7

const NOTHING = 0xffff
/** A code of a complete binary tree has as many inner nodes as symbols less one. */
const NODES = END_OF_STRING

/** Bits that a node takes at once, and what they lead to: the next node, and the octet that ends on the way. */
const STEP_BITS = 4
const STEPS = 1 << STEP_BITS
const NEXT = new Uint8Array(NODES * STEPS)
const EMITTED = new Uint16Array(NODES * STEPS).fill(NOTHING)
/** Whether a string may end at a node. */
const MAY_END = new Uint8Array(NODES)

buildSteps(buildTree())

/** Children of inner nodes by turns; leaves are symbols, as numbers below zero. */
function buildTree(): Int16Array {
  const children = new Int16Array(2 * NODES)
  let nodes = 1
  let code = 0
  let bits = 0
  for (const symbol of symbolsInOrder()) {
    const length = lengthOf(symbol)
    code <<= length - bits
    bits = length
    let node = 0
    for (let bit = length - 1; bit > 0; bit--) {
      const child = 2 * node + ((code >>> bit) & 1)
      if (children[child] === 0) children[child] = nodes++
      node = children[child]
    }
    children[2 * node + (code & 1)] = -1 - symbol
    code++
  }
  return children
}

function symbolsInOrder(): number[] {
  const symbols = [...LENGTHS.keys(), END_OF_STRING]
  return symbols.toSorted((a, b) => lengthOf(a) - lengthOf(b) || a - b)
}

function lengthOf(symbol: number): number {
  return symbol === END_OF_STRING ? END_OF_STRING_BITS : LENGTHS[symbol]
}

function buildSteps(children: Int16Array): void {
  for (let node = 0; node < NODES; node++) {
    for (let bits = 0; bits < STEPS; bits++) {
      let at = node
      for (let bit = STEP_BITS - 1; bit >= 0; bit--) {
        const child = children[2 * at + ((bits >>> bit) & 1)]
        if (child < 0) EMITTED[node * STEPS + bits] = -1 - child
        at = child < 0 ? 0 : child
      }
      NEXT[node * STEPS + bits] = at
    }
  }
  for (let depth = 0, node = 0; depth <= PADDING_BITS; depth++, node = children[2 * node + 1])
    MAY_END[node] = 1
}

/**
 * Decodes `bytes[start, end)` to `target` from `at` on; returns the position behind what it wrote, or -1 where the string is none
 * (section 5.2) or there is no room for it.
 */
export function decodeHuffman(
  bytes: Uint8Array,
  { start, end }: { start: number; end: number },
  target: Uint8Array,
  at: number,
): number {
  let node = 0
  let to = at
  for (let i = start; i < end; i++) {
    for (let shift = STEP_BITS; shift >= 0; shift -= STEP_BITS) {
      const step = node * STEPS + ((bytes[i] >>> shift) & (STEPS - 1))
      const emitted = EMITTED[step]
      if (emitted !== NOTHING) {
        if (emitted === END_OF_STRING || to === target.length) return -1
        target[to++] = emitted
      }
      node = NEXT[step]
    }
  }
  return MAY_END[node] === 1 ? to : -1
}
