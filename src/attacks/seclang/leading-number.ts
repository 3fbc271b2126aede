/** As C's `atoi`: what a text begins with as a number, 0 where that is none. */
export function leadingNumber(text: string): number {
  const number = Number.parseInt(text, 10)
  return Number.isNaN(number) ? 0 : number
}
