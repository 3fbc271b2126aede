/** Estonia and Lithuania check their personal codes alike: two rows of weights, the second where the first leaves 10. */
const firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]
const secondWeights = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]

export function isBalticPersonalCode(digits: {
  at(index: number): number
  weighted(weights: readonly number[]): number
}): boolean {
  const first = digits.weighted(firstWeights) % 11
  const check = first === 10 ? digits.weighted(secondWeights) % 11 : first
  return (check === 10 ? 0 : check) === digits.at(10)
}
