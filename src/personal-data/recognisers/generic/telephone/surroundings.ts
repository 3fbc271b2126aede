import { isCapital, isDigit, isLetterOrBeyondAscii } from '../../../../lib/ascii.ts'
import type { Match } from '../../../../scan/scanner.ts'
import { bytesTable } from '../../../judging/bytes-table.ts'
import { hashText, hashWord, letterAt } from '../../../judging/word-hash.ts'
import { Separator } from './written-number.ts'

const SPACE = 0x20
const HYPHEN = 0x2d
const COMMA = 0x2c
const CLOSE = 0x29
const QUOTE = 0x22
const ZERO = 0x30

/** Bytes that join what follows them to what is before, whatever that is. */
const joinsBefore = bytesTable('-_@%$#+&*')
/** Bytes that do so behind a digit: of a date, a time, a decimal number, a path. */
const joinsDigits = bytesTable('./:')
/** Bytes that end currency signs in UTF-8: € is E2 82 AC, £ is C2 A3. */
const endsCurrency = bytesTable('\xac\xa3')

/** True when what stands before a number makes it part of something longer, or of a sum of money. */
export function followsMore({ bytes, start, end, from }: Match): boolean {
  if (start === from) return false
  const before = bytes[start - 1]
  if (joinsBefore[before] === 1 || endsCurrency[before] === 1) return true
  if (start - 2 < from || !isDigit(bytes[start - 2])) return false
  return (
    joinsDigits[before] === 1 || (before === SPACE && bytes[start + digitsFrom(bytes, start, end)] === SPACE)
  )
}

/** Between two numbers, as in the path of a drawing: `0 00-622-470 1113`. */
export function isAmongNumbers({ bytes, start, end, from, to }: Match): boolean {
  const isBehind = start - 2 >= from && bytes[start - 1] === SPACE && isDigit(bytes[start - 2])
  return isBehind && end + 1 < to && bytes[end] === SPACE && isDigit(bytes[end + 1])
}

/**
 * True when groups of digits are part of a longer row of them, a card's number, an IBAN, a date with its time, or of a sum of
 * money.
 */
export function isPartOfRow(match: Match, separators: number): boolean {
  const { bytes, start, end, from, to } = match
  const isSpaced = (separators & Separator.space) !== 0
  if (start - 2 >= from && bytes[start - 1] === SPACE) {
    const last = bytes[start - 2]
    // A column of a log behind a quoted one; bytes of a dump, of which the one before is `9f`.
    if (last === QUOTE || (isLetterOrBeyondAscii(last) && start - 3 >= from && isDigit(bytes[start - 3])))
      return true
    if (isCurrency(last) || (isSpaced && isDigit(bytes[start]) && (isDigit(last) || last === CLOSE)))
      return true
  }
  if (end + 1 >= to) return false
  const next = bytes[end + 1]
  if (bytes[end] === SPACE) {
    // The byte behind it is `f9`.
    if (isLetterOrBeyondAscii(next) && end + 2 < to && isDigit(bytes[end + 2])) return true
    // `1 234 567 EUR`, `128 256 512 GB`
    if (isCapital(next) && end + 2 < to && isCapital(bytes[end + 2]) && bytes[start] !== ZERO) return true
    return isDigit(next) ? separators === Separator.space : isCurrency(next) || startsCurrency(bytes, end + 1)
  }
  // Decimals: two digits behind a comma, where another field of a row would hardly have as many.
  return bytes[end] === COMMA && isSpaced && isDigit(next) && digitsFrom(bytes, end + 1, to) === 2
}

/** A word may be hung on with a hyphen, `-Office`, but neither more digits nor the rest of a code. */
export function goesOn({ bytes, end, to }: Match): boolean {
  if (end >= to) return false
  const after = bytes[end]
  if (after === 0x40 || after === 0x5f || after === 0x25) return true
  if (end + 1 >= to) return false
  if (after === HYPHEN) return isDigit(bytes[end + 1]) || isShortWord(bytes, end + 1, to)
  return joinsDigits[after] === 1 && isDigit(bytes[end + 1])
}

/** Fewer than three letters, or a digit behind them: `-B`, `-AB12`. */
function isShortWord(bytes: Uint8Array, start: number, to: number): boolean {
  let at = start
  while (at < to && letterAt(bytes, at, to) !== 0) at++
  if (at === start) return false
  return at - start < 3 || (at < to && isDigit(bytes[at]))
}

function isCurrency(byte: number): boolean {
  return byte === 0x24 || byte === 0x25 || endsCurrency[byte] === 1
}

function startsCurrency(bytes: Uint8Array, at: number): boolean {
  return (bytes[at] === 0xe2 && bytes[at + 1] === 0x82) || (bytes[at] === 0xc2 && bytes[at + 1] === 0xa3)
}

function digitsFrom(bytes: Uint8Array, start: number, to: number): number {
  let at = start
  while (at < to && isDigit(bytes[at])) at++
  return at - start
}

/** Words between a name and its number: `order number is 123`. */
const betweenWords = hashesOf(
  'number numbers no nr num is the id code nummer numero numéro número numer ist est es è jest är é was a of',
)
/** Words that another number follows: of an order, of a house. */
const otherWords = hashesOf(
  [
    'order invoice bill receipt ticket case ref reference booking confirmation tracking parcel shipment package',
    'account acct iban bic sort card pin ssn tin ein vat tax license licence passport policy member customer',
    'serial part model version build release item article sku isbn issn ean upc batch lot job id imei vin',
    'apt apartment suite unit room floor box building zip postcode flight train bus gate seat page row chapter',
    'bestellung bestellnummer auftrag auftragsnummer rechnung rechnungsnummer sendung sendungsnummer konto kontonummer',
    'kundennummer artikel artikelnummer aktenzeichen ausweis ausweisnummer plz zimmer wohnung steuernummer',
    'commande facture colis compte dossier siret siren référence chambre appartement',
    'pedido factura cuenta referencia envío habitación',
    'ordine fattura conto riferimento pacco partita',
    'bestelnummer factuur factuurnummer rekening rekeningnummer klantnummer kvk kamer',
    'zamówienie zamówienia faktura faktury konto konta przesyłka nip regon pokój',
    'encomenda fatura conta nif nipc quarto',
    'beställning ordernummer fakturanummer kontonummer orgnr organisationsnummer rum',
  ].join(' '),
)
/** Words that are read backwards from a number, and bytes. */
const wordsBack = 3
const bytesBack = 40

/** True when the words before a number say that it is another: `order no. 212-555-0143`, `Apt. 722 20 40`. */
export function isOtherNumber({ bytes, start, from }: Match): boolean {
  const stop = Math.max(from, start - bytesBack)
  let at = start
  for (let word = 0; word < wordsBack; word++) {
    while (at > stop && isBetween(bytes[at - 1])) at--
    const end = at
    while (at > stop && isLetterOrBeyondAscii(bytes[at - 1])) at--
    if (at === end) return false
    const hash = hashWord(bytes, at, end)
    if (otherWords.has(hash)) return true
    if (!betweenWords.has(hash)) return false
  }
  return false
}

function hashesOf(text: string): ReadonlySet<number> {
  return new Set(text.split(' ').map(hashText))
}

function isBetween(byte: number): boolean {
  return byte === SPACE || byte === 0x2e || byte === 0x3a || byte === 0x23
}
