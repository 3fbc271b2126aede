import { digitsOf } from '../../checksums/digits.ts'
import { verhoeffDigit } from '../../checksums/verhoeff.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codeOf, codeStart, codingForm } from '../../values/fhir-coding.ts'
import { wordsOf } from '../../values/vocabulary.ts'

const fewestDigits = 6
const mostDigits = 18

/** The two digits before the last: concept, description or relationship, of the core or, with a namespace, of an extension. */
const partitions = new Set([0, 1, 2, 10, 11, 12])

/** An SCTID, as `73211009`, with what it means behind it in bars or without. */
function isSctId(bytes: Uint8Array, start: number, end: number): boolean {
  let last = start
  while (last < end && bytes[last] >= 0x30 && bytes[last] <= 0x39) last++
  const count = last - start
  if (count < fewestDigits || count > mostDigits || bytes[start] === 0x30) return false
  if (last < end && !isTerm(bytes, last, end)) return false
  const digits = digitsOf({ bytes, start, end: last })
  return (
    partitions.has(digits.number(count - 3, count - 1)) &&
    digits.at(count - 1) === verhoeffDigit(digits.values, count - 1)
  )
}

/** ` |Diabetes mellitus|`, as the compositional grammar writes it. */
function isTerm(bytes: Uint8Array, start: number, end: number): boolean {
  const bar = bytes[start] === 0x20 ? start + 1 : start
  return bytes[bar] === 0x7c && bytes[end - 1] === 0x7c && end - bar > 2
}

export const snomedCode: Recogniser = {
  id: 'snomed-code',
  name: 'SNOMED CT code',
  category: 'health',
  forms: [
    codingForm(String.raw`snomed\.info\\?/sct`, String.raw`\d{6,18}`, (match) =>
      isSctId(match.bytes, codeStart(match), match.end),
    ),
  ],
  value: (bytes, start, end) => (isSctId(bytes, start, end) ? 0.3 : 0),
  fieldNames: wordsOf({
    all: 'snomed, snomed code, snomed ct, snomed ct code, snomedct, snomedct code, snomed id, snomed concept, snomed concept id, sctid, sct id, sct code, concept sctid, diagnosis snomed, snomed kode, kod snomed, código snomed, codice snomed, snomed begriff',
  }),
  contextWords: {},
  mask: (value) => maskMiddle(codeOf(value), 2, 0),
  source: 'SNOMED CT Release File Specifications, SCTID: partition identifier and Verhoeff check digit',
  examples: {
    good: ['73211009', '38341003', '22298006', '195967001', '73211009 |Diabetes mellitus|'],
    bad: ['73211008', '73211109', '12345', 'null', '0000000', '73211009x', '4711-12'],
  },
}
