import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'

/** Weights of a check digit, over and over. */
const weights = [7, 3, 1]
const filler = 0x3c
/** Begins the filler as XML and HTML have it. */
const escapedFiller = 0x26

/** All lines of a zone without what stands between them: at most three of 30 characters. */
const mostCharacters = 90
const zone = new Uint8Array(mostCharacters)

/** Reads the capitals, digits and fillers of a match, those of `&lt;` by their `&`; returns how many there are. */
function readZone(bytes: Uint8Array, start: number, end: number): number {
  let length = 0
  for (let i = start; i < end && length < mostCharacters; i++) {
    const byte = bytes[i]
    if (byte === escapedFiller) zone[length++] = filler
    else if (byte === filler || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a))
      zone[length++] = byte
  }
  return length
}

/** Fillers go on where a match is only a part of a longer line. */
function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start - 1] !== filler && bytes[end] !== filler && bytes[end] !== escapedFiller
}

/** What a character counts: digits themselves, A 10 and so on, fillers nothing. */
function valueOf(character: number): number {
  if (character === filler) return 0
  return character <= 0x39 ? character - 0x30 : character - 0x37
}

/** The weighted sum of `[from, to)`, where `before` characters were weighted already. */
function weighted(from: number, to: number, before = 0): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += valueOf(zone[i]) * weights[(before + i - from) % 3]
  return sum
}

/** Whether the digit at `to` is that of `[from, to)`; an empty field may have a filler for it. */
function isChecked(from: number, to: number): boolean {
  return weighted(from, to) % 10 === valueOf(zone[to])
}

/** The second line of a passport or visa (44 characters) or of a card of two lines (36), from `line` on. */
function isSecondLine(line: number, length: number, isVisa: boolean): boolean {
  const areRight =
    isChecked(line, line + 9) && isChecked(line + 13, line + 19) && isChecked(line + 21, line + 27)
  const last = line + length - 1
  if (!areRight || isVisa || zone[last] === filler) return areRight
  const sum = weighted(line, line + 10) + weighted(line + 13, line + 20, 10) + weighted(line + 21, last, 17)
  return sum % 10 === valueOf(zone[last])
}

/** The first two lines of a card of three, of 30 characters each. */
function isCard(): boolean {
  // A number of more than nine characters goes on in what follows, and a filler stands for its check digit.
  const isNumber = zone[14] === filler || isChecked(5, 14)
  const sum = weighted(5, 30) + weighted(30, 37, 25) + weighted(38, 45, 32) + weighted(48, 59, 39)
  return isNumber && isChecked(30, 36) && isChecked(38, 44) && sum % 10 === valueOf(zone[59])
}

/** One line of a card of three: its first with the number, or its second with birth and expiry. */
function isCardLine(): boolean {
  return zone[0] > 0x40 ? isChecked(5, 14) : isChecked(0, 6) && isChecked(8, 14)
}

/** A line of names alone: they are separated by two fillers, and what is left is filled. */
function isNameLine(length: number): boolean {
  let fillers = 0
  for (let i = 5; i < length; i++) if (zone[i] === filler && zone[i - 1] === filler) fillers++
  return fillers > 0 && zone[5] !== filler
}

function isZone(bytes: Uint8Array, start: number, end: number): boolean {
  const length = readZone(bytes, start, end)
  const isVisa = zone[0] === 0x56
  switch (length) {
    case 88:
      return isSecondLine(44, 44, isVisa)
    case 72:
      return isSecondLine(36, 36, isVisa)
    case 90:
    case 60:
      return isCard()
    case 44:
      return zone[1] === filler && zone[0] === 0x50 ? isNameLine(length) : isSecondLine(0, length, false)
    case 36:
      return isSecondLine(0, length, false)
    case 30:
      return isCardLine()
    default:
      return false
  }
}

/** Between lines: a line break, one that is escaped in JSON, a space, or nothing. */
const lineBreak = '(\\r?\\n|(\\\\r)?\\\\n| )?'
const any = '[A-Z0-9<]'
/** The same where a line ends, which is mostly filled, as it is or as XML and HTML have it. */
const rest = '(?:[A-Z0-9<]|&lt;)'
/** Number and its check digit, state, birth and expiry with theirs, sex. */
const person = `${any}{9}[0-9<](?:[A-Z<]|&lt;){3}[0-9<]{6}\\d[MFX<]\\d{7}`
/** The rest of a card's first line, after its kind; and the second. */
const cardNumber = `[A-Z<]{3}${any}{9}[0-9<]${any}{15}`
const cardDates = `[0-9<]{6}\\d[MFX<]\\d{7}(?:[A-Z<]|&lt;){3}${rest}{11}\\d`

export const passportMrz: Recogniser = {
  id: 'passport-mrz',
  name: 'Machine-readable zone of a passport, visa or identity card',
  category: 'identity',
  forms: [
    { expression: `[PV][A-Z<][A-Z<]{42}${lineBreak}${person}${any}{16}`, confidence: 0.995 },
    { expression: `[ACIPV][A-Z<][A-Z<]{34}${lineBreak}${person}${any}{8}`, confidence: 0.995 },
    {
      expression: `[ACI][A-Z0-9<]${cardNumber}${lineBreak}${cardDates}(${lineBreak}[A-Z<]{30})?`,
      confidence: 0.995,
    },
    { expression: `${person}${rest}{16}`, confidence: 0.98 },
    { expression: `${person}${rest}{8}`, confidence: 0.97 },
    { expression: 'P<[A-Z<]{42}', confidence: 0.9 },
    { expression: cardDates, confidence: 0.95 },
    { expression: `[ACI]<${cardNumber}`, confidence: 0.9 },
  ],
  check: ({ bytes, start, end }) => isWhole(bytes, start, end) && isZone(bytes, start, end),
  mayBeJoined: true,
  fieldNames: ['mrz', 'mrz line', 'machine readable zone', 'passport mrz', 'mrz code', 'mrz text', 'mrtd'],
  contextWords: { en: ['passport', 'mrz'], de: ['reisepass'], fr: ['passeport'], es: ['pasaporte'] },
  mask: (value) => maskMiddle(value, 5, 0),
  normalise: (bytes, start, end, out) => {
    const length = readZone(bytes, start, end)
    for (let i = 0; i < length; i++) out[i] = zone[i]
    return length
  },
  source: 'ICAO Doc 9303, eighth edition, parts 3 to 7',
  examples: {
    good: [
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
      'P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<< C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<04',
      'C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<04',
      'C01X00T478D&lt;&lt;6408125F2702283&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;04',
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<',
      '7408122F1204159UTO<<<<<<<<<<<6',
      'I<UTOD231458907<<<<<<<<<<<<<<<',
      'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6',
    ],
    bad: [
      'C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<05',
      'C01X00T478D<<6408124F2702283<<<<<<<<<<<<<<04',
      'D231458907UTO7408122F1204159<<<<<<<5',
      'P<UTOERIKSSONANNAMARIAERIKSSONANNAMARIAERIKS',
      'I<UTOD231458906<<<<<<<<<<<<<<<',
    ],
  },
}
