/** Classes of telling characters, as bits: one pass says which detectors need not look. */
export const Trait = {
  singleQuote: 1 << 0,
  doubleQuote: 1 << 1,
  backtick: 1 << 2,
  lessThan: 1 << 3,
  greaterThan: 1 << 4,
  parenthesis: 1 << 5,
  semicolon: 1 << 6,
  pipe: 1 << 7,
  ampersand: 1 << 8,
  dollar: 1 << 9,
  percent: 1 << 10,
  backslash: 1 << 11,
  slash: 1 << 12,
  dot: 1 << 13,
  hash: 1 << 14,
  minus: 1 << 15,
  star: 1 << 16,
  equals: 1 << 17,
  brace: 1 << 18,
  bracket: 1 << 19,
  at: 1 << 20,
  colon: 1 << 21,
  /** Space and tab. */
  blank: 1 << 22,
  lineBreak: 1 << 23,
  digit: 1 << 24,
  letter: 1 << 25,
  /** Not ASCII. */
  high: 1 << 26,
  /** Control characters but blanks and line breaks, the null byte among them. */
  control: 1 << 27,
  comma: 1 << 28,
  plus: 1 << 29,
  /** `!`, `^`, `~`, `?`. */
  otherOperator: 1 << 30,
} as const

const bitsOf = new Int32Array(256)

function give(characters: string, bit: number): void {
  for (const character of characters) bitsOf[character.charCodeAt(0)] |= bit
}

bitsOf.fill(Trait.control, 0, 0x20)
bitsOf[0x7f] = Trait.control
bitsOf.fill(Trait.high, 0x80)
bitsOf.fill(Trait.digit, 0x30, 0x3a)
bitsOf.fill(Trait.letter, 0x41, 0x5b)
bitsOf.fill(Trait.letter, 0x61, 0x7b)
for (const character of '\t\r\n') bitsOf[character.charCodeAt(0)] = 0
give("'", Trait.singleQuote)
give('"', Trait.doubleQuote)
give('`', Trait.backtick)
give('<', Trait.lessThan)
give('>', Trait.greaterThan)
give('()', Trait.parenthesis)
give(';', Trait.semicolon)
give('|', Trait.pipe)
give('&', Trait.ampersand)
give('$', Trait.dollar)
give('%', Trait.percent)
give('\\', Trait.backslash)
give('/', Trait.slash)
give('.', Trait.dot)
give('#', Trait.hash)
give('-', Trait.minus)
give('*', Trait.star)
give('=', Trait.equals)
give('{}', Trait.brace)
give('[]', Trait.bracket)
give('@', Trait.at)
give(':', Trait.colon)
give(' \t', Trait.blank)
give('\r\n', Trait.lineBreak)
give(',', Trait.comma)
give('+', Trait.plus)
give('!^~?', Trait.otherOperator)

/** Traits of bytes from `start` to `end`. */
export function traitsOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let traits = 0
  for (let i = start; i < end; i++) traits |= bitsOf[bytes[i]]
  return traits
}

export function traitsOfText(text: string): number {
  let traits = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    traits |= code < 256 ? bitsOf[code] : Trait.high
  }
  return traits
}
