import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { Vocabulary, wordsOf } from '../../values/vocabulary.ts'

const rhesus = new Vocabulary(
  wordsOf({
    signs: 'rh, rhd, rh d, d',
    positive:
      'pos, positive, rh positive, rh pos, rh d positive, rhd positive, positiv, rh positiv, positif, rh positif, positivo, rh positivo, positief, rh positief, dodatni, rh dodatni, rhd pos',
    negative:
      'neg, negative, rh negative, rh neg, rh d negative, rhd negative, negativ, rh negativ, négatif, rh négatif, negativo, rh negativo, negatief, rh negatief, ujemny, rh ujemny, rhd neg',
  }),
)

/** Behind the letters of the group; those of `AB` first. */
function groupEnd(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] | 0x20
  const isPair = first === 0x61 && start + 1 < end && (bytes[start + 1] | 0x20) === 0x62
  if (isPair) return start + 2
  return first === 0x61 || first === 0x62 || first === 0x6f || bytes[start] === 0x30 ? start + 1 : start
}

/** `A+`, `0 Rh neg.`, `AB positive`; the group alone. One of eight, of which each tells. */
function confidenceOfGroup(bytes: Uint8Array, start: number, end: number): number {
  const at = groupEnd(bytes, start, end)
  if (at === start) return 0
  if (at === end) return 0.1
  let from = at
  while (from < end && (bytes[from] === 0x20 || bytes[from] === 0x5f)) from++
  const sign = bytes[from]
  if (from + 1 === end && (sign === 0x2b || sign === 0x2d)) return 0.3
  return isRhesus(bytes, from, end) ? 0.3 : 0
}

/** In words, or with a sign behind: `Rh+`, `RhD-`. */
function isRhesus(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] >= 0x30 && bytes[at] <= 0x39) return false
  return rhesus.has(bytes, start, end) || isUnicodeMinus(bytes, start, end)
}

/** U+2212, which typesetters write. */
function isUnicodeMinus(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 3 && bytes[start] === 0xe2 && bytes[start + 1] === 0x88 && bytes[start + 2] === 0x92
}

export const bloodGroup: Recogniser = {
  id: 'blood-group',
  name: 'Blood group',
  category: 'health',
  forms: [],
  value: confidenceOfGroup,
  fieldNames: wordsOf({
    en: 'blood group, blood type, bloodtype, bloodgroup, abo group, abo rh, rhesus, rhesus factor, rh factor',
    de: 'blutgruppe, rhesusfaktor',
    fr: 'groupe sanguin, facteur rhésus',
    es: 'grupo sanguíneo, tipo de sangre, tipo sanguíneo, factor rh',
    it: 'gruppo sanguigno, fattore rh',
    nl: 'bloedgroep, bloedtype, resusfactor',
    pl: 'grupa krwi, czynnik rh',
    pt: 'grupo sanguíneo, tipo sanguíneo, fator rh',
    sv: 'blodgrupp',
  }),
  contextWords: {},
  mask: (value) => maskMiddle(value, 0, 0).replaceAll(/[+\-−]/g, '*'),
  source: 'ISBT 128; GDPR Art. 4(15)',
  examples: {
    good: ['A+', 'AB-', '0 Rh neg.', 'O positive', 'B RhD+', 'AB Rh positif', '0-'],
    bad: ['null', 'C+', 'A1', '42', 'blood', 'AB12', 'string', '0.5'],
  },
}
