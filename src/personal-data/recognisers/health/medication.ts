import { isCapital, isDigit } from '../../../lib/ascii.ts'
import type { Match } from '../../../scan/scanner.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codingForm } from '../../values/fhir-coding.ts'
import { hasDose, medicineWords } from '../../values/medicine-words.ts'
import { termRecogniser } from '../term-recogniser.ts'

/** Letters of the anatomical main groups. */
const mainGroups = new Set(Buffer.from('ABCDGHJLMNPRSV'))
const codeLength = 7

/** `A10BA02`: group, two digits, two letters, two digits. */
function isAtcCode({ bytes, start, end }: Pick<Match, 'bytes' | 'start' | 'end'>): boolean {
  if (end - start !== codeLength || !mainGroups.has(bytes[start])) return false
  for (const place of [1, 2, 5, 6]) if (!isDigit(bytes[start + place])) return false
  return isCapital(bytes[start + 3]) && isCapital(bytes[start + 4])
}

/** A code, a medicine that is known, or a dose. */
function confidenceOfMedicine(bytes: Uint8Array, start: number, end: number): number {
  if (isAtcCode({ bytes, start, end })) return 0.4
  if (medicineWords.occursIn(bytes, start, end)) return 0.3
  return hasDose(bytes, start, end) ? 0.1 : 0
}

export const medication: Recogniser = termRecogniser({
  id: 'medication',
  name: 'Medication',
  category: 'health',
  forms: [
    { expression: '[A-V]\\d\\d[A-Z]{2}\\d\\d', confidence: 0.1, check: isAtcCode },
    codingForm(String.raw`www\.whocc\.no\\?/atc`, String.raw`[A-V]\d\d[A-Z]{2}\d\d`),
    codingForm(String.raw`www\.nlm\.nih\.gov\\?/research\\?/umls\\?/rxnorm`, String.raw`\d{2,8}`),
  ],
  fieldNames: {
    en: 'medication, medications, medication name, medication code, medication text, current medications, current medication, medicine, medicines, medicine name, drug, drugs, drug name, drug code, atc, atc code, prescription, prescriptions, prescribed drug, prescribed medication, active ingredient, dosage instruction',
    de: 'medikament, medikamente, medikamentenname, medikation, dauermedikation, arzneimittel, arzneimittelname, wirkstoff, atc kode, dosierung, rezeptur',
    fr: 'médicament, médicaments, nom du médicament, traitement médical, traitement médicamenteux, principe actif, posologie, code atc',
    es: 'medicamento, medicamentos, medicación, tratamiento médico, tratamiento farmacológico, principio activo, posología, código atc, receta médica',
    it: 'farmaco, farmaci, medicinale, medicinali, terapia farmacologica, principio attivo, posologia, codice atc, medicazione',
    nl: 'medicijn, medicijnen, geneesmiddel, geneesmiddelen, medicatie, werkzame stof',
    pl: 'leki, nazwa leku, substancja czynna, dawkowanie, kod atc, przyjmowane leki',
    pt: 'medicamento prescrito, medicação, medicações, remédio, remédios, princípio ativo, posologia, fármaco',
    sv: 'läkemedel, läkemedelsnamn, medicinering, verksamt ämne, atc kod',
  },
  vagueFieldNames: {
    all: 'dosage, dose, prescribed, substance, medicin, verordnung, tratamiento, terapia, traitement',
  },
  notFieldNames: { en: 'prescription id, drug id, medication id, drug test, drug allergy, drug allergies' },
  terms: {},
  otherValue: confidenceOfMedicine,
  contextWords: {
    en: ['atc', 'medication', 'drug', 'prescribed', 'dose', 'tablet'],
    de: ['atc', 'medikament', 'arzneimittel', 'wirkstoff', 'verordnet'],
    fr: ['atc', 'médicament', 'traitement', 'comprimé'],
    es: ['atc', 'medicamento', 'medicación', 'fármaco'],
    it: ['atc', 'farmaco', 'medicinale'],
    nl: ['atc', 'medicijn', 'geneesmiddel', 'medicatie'],
    pl: ['atc', 'lek', 'leku', 'leki'],
    pt: ['atc', 'medicamento', 'remédio'],
    sv: ['atc', 'läkemedel', 'medicin'],
  },
  source: 'WHO Collaborating Centre for Drug Statistics Methodology, structure of ATC codes; GDPR Art. 4(15)',
  examples: {
    good: ['A10BA02', 'Metformin 500 mg', 'Ibuprofène', 'N02BE01', 'Obscuromab', '2 tablets daily'],
    bad: ['null', '4711', 'E10BA02', 'this.drug', 'string', '{}', '2024-01-01'],
  },
})
