/** What bytes stand for in the encodings of ISO 32000-1 annex D, where they are not Latin-1. */

/** From 0x80. */
const WIN_ANSI = '€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ'
const MAC_ROMAN =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»… ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ'
/** From 0xa1; a space where there is nothing. */
const STANDARD = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß"

const LATIN = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))

function withTable(from: number, table: string): readonly string[] {
  const letters = [...LATIN]
  for (const [i, letter] of [...table].entries()) letters[from + i] = letter
  return letters
}

export const winAnsi = withTable(0x80, WIN_ANSI)

export const encodings: Record<string, readonly string[] | undefined> = {
  __proto__: null as never,
  WinAnsiEncoding: winAnsi,
  MacRomanEncoding: withTable(0x80, MAC_ROMAN),
  StandardEncoding: withTable(0xa1, STANDARD),
}

/** Names of marks and digits of the Adobe Glyph List; letters are named by themselves. */
const NAMED: Record<string, string | undefined> = {
  __proto__: null as never,
  ...{ space: ' ', nbspace: ' ', exclam: '!', quotedbl: '"', numbersign: '#', dollar: '$', percent: '%' },
  ...{ ampersand: '&', quotesingle: "'", parenleft: '(', parenright: ')', asterisk: '*', plus: '+' },
  ...{
    comma: ',',
    hyphen: '-',
    minus: '-',
    sfthyphen: '-',
    period: '.',
    slash: '/',
    colon: ':',
    semicolon: ';',
  },
  ...{ zero: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8' },
  ...{
    nine: '9',
    less: '<',
    equal: '=',
    greater: '>',
    question: '?',
    at: '@',
    bracketleft: '[',
    backslash: '\\',
  },
  ...{
    bracketright: ']',
    asciicircum: '^',
    underscore: '_',
    grave: '`',
    braceleft: '{',
    bar: '|',
    braceright: '}',
  },
  ...{
    asciitilde: '~',
    quoteright: '’',
    quoteleft: '‘',
    quotedblleft: '“',
    quotedblright: '”',
    quotedblbase: '„',
  },
  ...{ quotesinglbase: '‚', endash: '–', emdash: '—', bullet: '•', ellipsis: '…', Euro: '€', sterling: '£' },
  ...{ section: '§', degree: '°', periodcentered: '·', germandbls: 'ß', ae: 'æ', AE: 'Æ', oe: 'œ', OE: 'Œ' },
  ...{ eth: 'ð', Eth: 'Ð', thorn: 'þ', Thorn: 'Þ', oslash: 'ø', Oslash: 'Ø', lslash: 'ł', Lslash: 'Ł' },
  ...{ dcroat: 'đ', Dcroat: 'Đ', dotlessi: 'ı', fi: 'fi', fl: 'fl', ff: 'ff', ffi: 'ffi', ffl: 'ffl' },
  ...{ guillemotleft: '«', guillemotright: '»', guilsinglleft: '‹', guilsinglright: '›', ordfeminine: 'ª' },
  ...{ ordmasculine: 'º', copyright: '©', registered: '®', trademark: '™', yen: '¥', cent: '¢', mu: 'µ' },
}

/** Accents that follow the letter in a glyph's name, as combining characters. */
const ACCENTS: Record<string, string | undefined> = {
  __proto__: null as never,
  ...{ acute: '\u0301', grave: '\u0300', circumflex: '\u0302', dieresis: '\u0308', tilde: '\u0303' },
  ...{
    ring: '\u030a',
    cedilla: '\u0327',
    caron: '\u030c',
    macron: '\u0304',
    ogonek: '\u0328',
    breve: '\u0306',
  },
  ...{ dotaccent: '\u0307', hungarumlaut: '\u030b', commaaccent: '\u0326' },
}

/** What a glyph stands for by its name (Adobe Glyph List Specification section 2); undefined for one that says nothing. */
export function glyphText(name: string): string | undefined {
  const base = name.split('.', 1)[0]
  if (base.length === 1) return base
  const known = NAMED[base]
  if (known !== undefined) return known
  const accent = ACCENTS[base.slice(1)]
  if (accent !== undefined) return (base[0] + accent).normalize('NFC')
  const hex = /^(?:uni([\dA-F]{4})|u([\dA-F]{4,6}))$/.exec(base)
  const code = Number.parseInt(hex?.[1] ?? hex?.[2] ?? '', 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
