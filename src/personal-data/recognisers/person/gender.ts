import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { Vocabulary, wordsOf } from '../../values/vocabulary.ts'

const words = new Vocabulary(
  wordsOf({
    en: 'male, female, man, woman, boy, girl, diverse, non binary, nonbinary, intersex, gender neutral',
    de: 'männlich, weiblich, divers, mann, frau, junge, mädchen',
    fr: 'homme, femme, masculin, féminin, garçon, fille, masc, fém',
    es: 'hombre, mujer, masculino, femenino, varón, hembra, niño, niña',
    it: 'uomo, donna, maschio, femmina, maschile, femminile',
    nl: 'man, vrouw, mannelijk, vrouwelijk, jongen, meisje',
    pl: 'mężczyzna, kobieta, męska, żeńska, mężczyźni, chłopiec, dziewczynka',
    pt: 'homem, mulher, masculino, feminino, macho, fêmea',
    sv: 'man, kvinna, manlig, kvinnlig, pojke, flicka, mand, kvinde, mann, mies, nainen',
  }),
)

/** First letters of these words, and the codes of forms: male, female, diverse, woman (`w`, `k`, `v`), man (`h`), other, X. */
const letters = new Set(Buffer.from('mfdwkvhoxMFDWKVHOX'))
/** ISO/IEC 5218: 1 male, 2 female, 9 not applicable. 0, not known, says nothing. */
const codes = new Set(Buffer.from('129'))

function confidenceOfGender(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 1) return letters.has(bytes[start]) ? 0.1 : codes.has(bytes[start]) ? 0.05 : 0
  return words.has(bytes, start, end) ? 0.3 : 0
}

export const gender: Recogniser = {
  id: 'gender',
  name: 'Gender or sex',
  category: 'identity',
  forms: [],
  value: confidenceOfGender,
  fieldNames: wordsOf({
    en: 'gender, sex, gender code, sex code, patient sex, patient gender, customer gender, administrative gender, legal sex',
    de: 'geschlecht, geschlechtskennzeichen',
    fr: 'sexe, civilité sexe',
    es: 'sexo, género',
    it: 'sesso, genere',
    nl: 'geslacht',
    pl: 'płeć, plec',
    pt: 'sexo, gênero',
    sv: 'kön, køn, kjønn, sukupuoli',
  }),
  // What somebody feels to be is of a special category.
  notFieldNames: wordsOf({
    en: 'gender identity, sex assigned at birth, gender assigned at birth, grammatical gender, sex life, gender id, transgender, gender reassignment',
    others:
      'identidad de género, identidade de gênero, identità di genere, identité de genre, transgenre, transgénero, transgênero, geschlechtsidentität, geschlechtliche identität',
  }),
  contextWords: {},
  mask: (value) => maskMiddle(value, 0, 0),
  source: 'GDPR Art. 4(1); ISO/IEC 5218; HL7 v2 table 0001; ICAO Doc 9303 part 4',
  examples: {
    good: ['female', 'M', 'männlich', 'W', 'Kobieta', 'non-binary', 'x', '2'],
    bad: ['null', 'unknown', 'Gender', 'neuter', '0', '7', 'string', 'ma', 'true'],
  },
}
