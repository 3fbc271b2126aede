import * as fc from 'fast-check'

/**
 * Text of any code points, unpaired surrogates too, of at most `maxLength` of them. What fast-check has for it builds a table for most
 * of a second first.
 */
export function anyText(maxLength = 10): fc.Arbitrary<string> {
  const characters = fc.oneof(
    fc.integer({ min: 0, max: 0x10ffff }),
    fc.integer({ min: 0, max: 0xff }),
    fc.integer({ min: 0xd800, max: 0xdfff }),
  )
  return fc.array(characters, { maxLength }).map((codes) => String.fromCodePoint(...codes))
}
