import { isDigit } from '../../../lib/ascii.ts'
import { isLuhn } from '../../checksums/luhn.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codeStart, codingForm } from '../../values/fhir-coding.ts'
import { quantityOf } from '../../values/quantity.ts'
import { Vocabulary, wordsOf } from '../../values/vocabulary.ts'
import { termRecogniser } from '../term-recogniser.ts'

const longestCode = 7

/** `4548-4`: up to five digits, a hyphen and Luhn's check digit. */
function isLoinc(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if (length < 3 || length > longestCode || bytes[end - 2] !== 0x2d || bytes[start] === 0x30) return false
  for (let at = start; at < end; at++) if (at !== end - 2 && !isDigit(bytes[at])) return false
  return isLuhn(bytes, start, end)
}

const units = new Vocabulary(
  wordsOf({
    all: 'mg dl, mg l, g dl, g l, ng ml, ng l, ng dl, ug l, µg l, pg ml, mmol l, mmol mol, umol l, µmol l, nmol l, pmol l, meq l, u l, iu l, iu ml, miu l, miu ml, mu l, mm hg, mmhg, mm h, bpm, fl, pg, k ul, m ul, copies ml, g, l',
  }),
)

const mostDigits = 6
const longestUnit = 12

/** A measured value, `5.4`, `<0.1 mg/dL`, `120/80 mmHg`: too little to tell without the name of what was measured. */
function isMeasurement(bytes: Uint8Array, start: number, end: number): boolean {
  const from = behindComparison(bytes, start, end)
  const { number, digits, unitStart } = quantityOf(bytes, from, end)
  if (!(number >= 0) || digits > mostDigits) return false
  if (bytes[unitStart] !== 0x2f) return isUnit(bytes, unitStart, end)
  const second = quantityOf(bytes, unitStart + 1, end)
  return second.number >= 0 && second.digits <= 3 && isUnit(bytes, second.unitStart, end)
}

/** Behind `<` or `>`, which XML escapes. */
function behindComparison(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 0x3c || bytes[start] === 0x3e) return start + 1
  const isEscaped = bytes[start] === 0x26 && start + 3 < end && bytes[start + 3] === 0x3b
  return isEscaped ? start + 4 : start
}

function isUnit(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end || (start + 1 === end && bytes[start] === 0x25)) return true
  return end - start <= longestUnit && units.has(bytes, start, end)
}

function confidenceOfResult(bytes: Uint8Array, start: number, end: number): number {
  if (isLoinc(bytes, start, end)) return 0.3
  return isMeasurement(bytes, start, end) ? 0.1 : 0
}

export const labResult: Recogniser = termRecogniser({
  id: 'lab-result',
  name: 'Laboratory result or vital sign',
  category: 'health',
  fieldNames: {
    en: 'lab result, lab results, laboratory result, laboratory results, lab value, lab test, lab test result, lab test name, loinc, loinc code, hemoglobin a1c, hemoglobin, haemoglobin, cholesterol, triglycerides, creatinine, glucose, blood glucose, glucose level, blood sugar, blood pressure, systolic, diastolic, systolic blood pressure, diastolic blood pressure, hiv status, hiv test, hiv result, covid test, covid test result, pcr result, viral load, tumor marker, white blood cells, platelet count, urinalysis, blood alcohol, body mass index, bmi, drug test result, pregnancy test, oxygen saturation',
    de: 'laborwert, laborwerte, laborergebnis, hämoglobin, cholesterin, kreatinin, blutzucker, blutdruck, blutwerte, langzeitzucker, sauerstoffsättigung',
    fr: 'résultat de laboratoire, résultats de laboratoire, résultat biologique, glycémie, hémoglobine, cholestérol, créatinine, tension artérielle, pression artérielle, sérologie vih, bilan sanguin',
    es: 'resultado de laboratorio, resultados de laboratorio, hemoglobina, colesterol, creatinina, glucosa, glucemia, presión arterial, tensión arterial, prueba vih',
    it: 'risultato di laboratorio, esami del sangue, emoglobina, colesterolo, glicemia, pressione arteriosa, pressione sanguigna, test hiv, esito esame',
    nl: 'labuitslag, labuitslagen, laboratoriumuitslag, hemoglobine, bloedsuiker, bloeddruk, bloedwaarden, bloedglucose',
    pl: 'wynik badania, wyniki badań, wynik laboratoryjny, hemoglobina, cukier we krwi, ciśnienie krwi, ciśnienie tętnicze, kreatynina',
    pt: 'resultado laboratorial, resultado do exame, resultado de exame, glicose, hemoglobina glicada, pressão arterial, teste hiv',
    sv: 'provsvar, labbsvar, labbresultat, blodtryck, blodsocker, blodvärde, kolesterol, kreatinin',
  },
  forms: [
    codingForm(String.raw`loinc\.org`, String.raw`\d{1,5}-\d`, (match) =>
      isLoinc(match.bytes, codeStart(match), match.end),
    ),
  ],
  notFieldNames: {
    en: 'test suite result, unit test result, lab id, glucose monitor, result id, test result id, lab test id',
  },
  answers: true,
  closed: true,
  otherValue: confidenceOfResult,
  terms: {
    en: 'positive, negative, pos, neg, reactive, non reactive, nonreactive, detected, not detected, undetectable, equivocal, indeterminate, inconclusive, elevated, abnormal, normal, within normal limits, trace, high, low, borderline',
    de: 'positiv, negativ, reaktiv, nachgewiesen, nicht nachgewiesen, erhöht, erniedrigt, unauffällig, auffällig, grenzwertig, pathologisch',
    fr: 'positif, négatif, réactif, non réactif, détecté, non détecté, élevé, normal, indéterminé, indétectable',
    es: 'positivo, negativo, reactivo, no reactivo, detectado, no detectado, elevado, normal, indetectable, indeterminado',
    it: 'positivo, negativo, reattivo, non reattivo, rilevato, non rilevato, elevato, normale, nella norma',
    nl: 'positief, negatief, reactief, aangetoond, niet aangetoond, verhoogd, verlaagd, afwijkend, normaal',
    pl: 'pozytywny, negatywny, dodatni, ujemny, reaktywny, niereaktywny, wykryto, nie wykryto, podwyższony, w normie, nieprawidłowy',
    pt: 'positivo, reagente, não reagente, não detectado, elevado, normal',
    sv: 'positiv, negativ, reaktiv, påvisad, ej påvisad, förhöjd, normalt, avvikande',
  },
  source: 'Regenstrief LOINC Users’ Guide, check digit; UCUM units; GDPR Art. 4(15)',
  examples: {
    good: [
      '4548-4',
      '718-7',
      'Negative',
      '7.2 %',
      '120/80 mmHg',
      '<0.1 mg/dL',
      '6,1 mmol/l',
      'nicht nachgewiesen',
    ],
    bad: ['4548-5', 'null', 'passed', '2024-01-01', '/var/lab/1', 'assertion failed', '1234567890', 'x'],
  },
})
