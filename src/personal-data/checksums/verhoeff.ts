/**
 * Verhoeff's check digit (Error Detecting Decimal Codes, 1969), which finds every transposition: the digits are permuted by
 * their place and multiplied in the dihedral group of the pentagon. Rotations are 0 to 4, reflections 5 to 9.
 */

/** The product of two symmetries of the pentagon. */
function multiply(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5
  return b < 5 ? ((a - b) % 5) + 5 : (a - b + 5) % 5
}

/** One step of the permutation; after eight of them a digit is what it was. */
const step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
const period = 8
const permutations = buildPermutations()

function buildPermutations(): readonly (readonly number[])[] {
  const rows = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]
  while (rows.length < period) rows.push(rows[rows.length - 1].map((digit) => step[digit]))
  return rows
}

/** The check digit that belongs after the first `length` digits. */
export function verhoeffDigit(values: Uint8Array, length: number): number {
  let product = 0
  for (let place = 1; place <= length; place++)
    product = multiply(product, permutations[place % period][values[length - place]])
  return inverse(product)
}

function inverse(symmetry: number): number {
  return symmetry < 5 ? (5 - symmetry) % 5 : symmetry
}
