/**
 * ISO/IEC 7064 MOD 11,10 over `length` digits, the last of which is the check digit: of tax numbers and personal numbers
 * in Germany and Croatia.
 */
export function isMod11Mod10(values: Uint8Array, length: number): boolean {
  let product = 10
  for (let i = 0; i < length - 1; i++) {
    const sum = (values[i] + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (product + values[length - 1]) % 10 === 1
}
