/**
 * HyperLogLog (Flajolet et al. 2007) over hashes of 64 bits, with the estimator of Ertl (2017, arXiv:1702.01284), which is unbiased
 * over the whole range. A register keeps the most leading zeros seen in the bits that do not choose it, plus one.
 */

/** Leading zeros of the bits after the first `bits`, which choose the register, plus one. The halves are unsigned. */
export function rankOf(high: number, low: number, bits: number): number {
  const rest = (high << bits) >>> 0
  const zeros = rest !== 0 ? Math.clz32(rest) : 32 - bits + Math.clz32(low)
  return Math.min(zeros, 64 - bits) + 1
}

/** About how many distinct hashes were added. @param ranks of all registers, a power of two of them */
export function estimateFrom(ranks: Uint8Array): number {
  const { length } = ranks
  const rankBits = 64 - Math.log2(length)
  const counts = new Float64Array(rankBits + 2)
  for (const rank of ranks) counts[rank]++
  // Algorithm 6 of Ertl: from how many registers have each rank.
  let z = length * tau(1 - counts[rankBits + 1] / length)
  for (let rank = rankBits; rank >= 1; rank--) z = (z + counts[rank]) / 2
  z += length * sigma(counts[0] / length)
  return length ** 2 / (2 * Math.LN2 * z)
}

/** x + Σ x^(2^k) · 2^(k-1), for registers that are still empty. */
function sigma(x: number): number {
  if (x === 1) return Infinity
  let power = x
  let weight = 1
  let sum = x
  for (let before = -1; before !== sum;) {
    power *= power
    before = sum
    sum += power * weight
    weight *= 2
  }
  return sum
}

/** (1 - x - Σ (1 - x^(2^-k))² · 2^-k) / 3, for registers that are full. */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0
  let root = x
  let weight = 1
  let sum = 1 - x
  for (let before = -1; before !== sum;) {
    root = Math.sqrt(root)
    before = sum
    weight *= 0.5
    sum -= (1 - root) ** 2 * weight
  }
  return sum / 3
}
