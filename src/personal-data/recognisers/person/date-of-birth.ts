import { isDate } from '../../checksums/dates.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { monthNamed } from '../../values/month-names.ts'
import { shapeOf } from '../../values/value-shape.ts'

const firstYear = 1890
const lastYear = 2035

function isBirthYear(year: number): boolean {
  return year >= firstYear && year <= lastYear
}

/** The numbers of a date, as they stand in it. */
const numbers = [0, 0, 0]
const lengths = [0, 0, 0]

/** Reads up to three runs of digits; returns how many there are. */
function readNumbers(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  let isInside = false
  numbers.fill(0)
  lengths.fill(0)
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - 0x30
    const isDigit = digit >= 0 && digit <= 9
    if (isDigit && !isInside && ++count > 3) return count
    if (isDigit) {
      numbers[count - 1] = numbers[count - 1] * 10 + digit
      lengths[count - 1]++
    }
    isInside = isDigit
  }
  return count
}

/** Year first, or last with day and month in either order: 03/04/1980 is one in both. */
function isBirthDate(bytes: Uint8Array, start: number, end: number): boolean {
  if (readNumbers(bytes, start, end) !== 3) return false
  const [a, b, c] = numbers
  if (lengths[0] === 4) return isBirthYear(a) && isDate(a, b, c)
  if (lengths[2] === 4) return isBirthYear(c) && (isDate(c, b, a) || isDate(c, a, b))
  // Two digits of the year: under the field's name only, and in every order that is written.
  return lengths[2] === 2 && lengths[0] <= 2 && (isDate(2000 + c, b, a) || isDate(2000 + c, a, b))
}

/** `1980-03-01T00:00:00Z`, `1 March 1980`, `19800301`, `1980-03` and `1980`, besides what the forms find. */
function confidenceOfDate(bytes: Uint8Array, start: number, end: number): number {
  const { words, letters, digits, others } = shapeOf(bytes, start, end)
  if (digits > 17 || letters > 24) return 0
  const count = readNumbers(bytes, start, Math.min(end, start + 10))
  const [first, month] = numbers
  if (words > 0 && digits <= 6) return others === 0 && hasMonth(bytes, start, end) ? 0.3 : 0
  if (count === 3 && lengths[0] === 4) return isBirthYear(first) && isDate(first, month, numbers[2]) ? 0.3 : 0
  if (count === 3 && words === 0) return isBirthDate(bytes, start, end) ? 0.3 : 0
  if (count === 2 && lengths[0] === 4 && digits === 6)
    return isBirthYear(first) && month >= 1 && month <= 12 ? 0.2 : 0
  if (count !== 1 || letters > 0) return 0
  if (digits === 4) return isBirthYear(first) ? 0.1 : 0
  if (digits !== 8) return 0
  const [year, day] = [Math.floor(first / 10_000), first % 100]
  const isYearFirst = isBirthYear(year) && isDate(year, Math.floor(first / 100) % 100, day)
  const isYearLast =
    isBirthYear(first % 10_000) &&
    isDate(first % 10_000, Math.floor(first / 10_000) % 100, Math.floor(first / 1_000_000))
  return isYearFirst || isYearLast ? 0.2 : 0
}

function hasMonth(bytes: Uint8Array, start: number, end: number): boolean {
  const count = readNumbers(bytes, start, end)
  if (count < 1 || count > 2) return false
  const year = lengths[0] === 4 ? numbers[0] : numbers[count - 1]
  return isBirthYear(year) && monthNamed(bytes, start, end) > 0
}

export const dateOfBirth: Recogniser = {
  id: 'date-of-birth',
  name: 'Date of birth',
  category: 'identity',
  forms: [
    { expression: '(?:18|19|20)\\d\\d-[01]\\d-[0-3]\\d', confidence: 0.08 },
    { expression: '(?:18|19|20)\\d\\d[./][01]?\\d[./][0-3]?\\d', confidence: 0.08 },
    { expression: '[0-3]?\\d[./-][0-3]?\\d[./-](?:18|19|20)\\d\\d', confidence: 0.08 },
  ],
  check: ({ bytes, start, end }) => isBirthDate(bytes, start, end),
  value: confidenceOfDate,
  fieldNames: [
    ...[
      'date of birth',
      'birth date',
      'birthdate',
      'dob',
      'birthday',
      'born',
      'born on',
      'day of birth',
      'bday',
    ],
    ...['birth', 'year of birth', 'birth year', 'dateofbirth', 'patient dob'],
    ...[
      'geburtsdatum',
      'geburtstag',
      'geboren',
      'geboren am',
      'geb datum',
      'gebdat',
      'gebdatum',
      'geburtsjahr',
    ],
    ...['date de naissance', 'date naissance', 'datenaissance', 'naissance'],
    ...['fecha de nacimiento', 'fecha nacimiento', 'nacimiento', 'fechanacimiento', 'fec nac', 'fecha nac'],
    ...['data di nascita', 'data nascita', 'datanascita', 'nascita'],
    ...['data de nascimento', 'data nascimento', 'nascimento', 'datanascimento', 'dt nasc', 'data nasc'],
    ...[
      'geboortedatum',
      'geboorte datum',
      'geboortedag',
      'data urodzenia',
      'urodzenia',
      'data ur',
      'dataurodzenia',
    ],
    ...['fodelsedatum', 'fodelsedag', 'fodt', 'fodselsdato', 'fodselsdag', 'syntymaaika', 'syntymapaiva'],
    ...['datum narozeni', 'narozeni', 'datum narodenia', 'datum rodenja', 'datum rojstva', 'szuletesi datum'],
    ...[
      'szuletesi ido',
      'data nasterii',
      'data nastere',
      'dogum tarihi',
      'dogumtarihi',
      'sunniaeg',
      'synniaeg',
    ],
    ...['datum narození', 'dátum narodenia', 'születési dátum', 'születési idő', 'fødselsdato', 'født'],
    ...['födelsedatum', 'född', 'syntymäaika', 'doğum tarihi', 'data nașterii'],
    ...['dzimsanas datums', 'gimimo data', 'ημερομηνια γεννησης', 'дата рождения', 'дата на раждане'],
    ...['дата народження', '出生日期', '生日', '生年月日', '생년월일', 'tanggal lahir', 'fodselsdatum'],
  ],
  contextWords: {
    en: ['born', 'birth', 'birthday', 'dob', 'birthdate'],
    de: ['geboren', 'geburtsdatum', 'geburtstag', 'geb'],
    fr: ['né', 'née', 'naissance'],
    es: ['nacido', 'nacida', 'nacimiento', 'nació'],
    it: ['nato', 'nata', 'nascita'],
    nl: ['geboren', 'geboortedatum'],
    pl: ['urodzony', 'urodzona', 'urodzenia', 'ur'],
    pt: ['nascido', 'nascida', 'nascimento', 'nasceu'],
    sv: ['född', 'födelsedatum'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'GDPR Art. 4(1); ISO 8601-1 and the written forms of dates in Europe and the United States',
  examples: {
    good: [
      '1980-03-01',
      '20.12.2005',
      '12/31/1979',
      '31/12/1979',
      '1975/5/9',
      '1 March 1980',
      '19800301',
      '3 avril 1987',
      'March 1st, 1980',
    ],
    bad: ['1980-13-01', '30.02.1999', '2100-01-01', '12:30', 'yesterday', '4711-12-12', '99/99/1999'],
  },
}
