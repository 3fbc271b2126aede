import { isAsciiLetter, isDigit } from '../../../lib/ascii.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isPlaceholder } from '../../values/placeholder.ts'
import { codeOf, codingForm } from '../../values/fhir-coding.ts'
import { isDottedPath } from '../../values/dotted-path.ts'
import { shapeOf } from '../../values/value-shape.ts'

/** A code, several of them, or a diagnosis in words. */
function confidenceOfDiagnosis(bytes: Uint8Array, start: number, end: number): number {
  if (isCode(bytes, start, codeEnd(bytes, start, end))) return 0.4
  const { letters, words, others, digits } = shapeOf(bytes, start, end)
  if (letters < 4 || others > 6 || digits > 8 || isPlaceholder(bytes, start, clauseEnd(bytes, start, end)))
    return 0
  if (isDottedPath(bytes, start, end)) return 0
  return words > 1 ? 0.1 : 0.06
}

function codeEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] > 0x20 && bytes[at] !== 0x2c && bytes[at] !== 0x3b && bytes[at] !== 0x28) at++
  return at
}

/** `number, dy: number` of a program's parameters is a placeholder, too. */
function clauseEnd(bytes: Uint8Array, start: number, end: number): number {
  const comma = bytes.indexOf(0x2c, start)
  return comma < 0 || comma > end ? end : comma
}

/** ICD-10: a letter, two characters of which the first is a digit, then up to four after a dot or without one. */
function isCode(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if (length < 3 || length > 8 || !isAsciiLetter(bytes[start]) || !isDigit(bytes[start + 1])) return false
  for (let i = start + 2; i < end; i++) {
    const byte = bytes[i]
    const isDot = byte === 0x2e && i === start + 3 && length > 4
    const isSuffix = i === end - 1 && (byte === 0x2a || byte === 0x21 || byte === 0x2b)
    if (!isDigit(byte) && !isAsciiLetter(byte) && !isDot && !isSuffix) return false
  }
  return isDigit(bytes[start + 2]) || (bytes[start + 2] | 0x20) <= 0x62
}

/** ICD-10 in FHIR, with its American and its German modification. */
const icdSystem = String.raw`(?:hl7\.org\\?/fhir\\?/sid|fhir\.de\\?/CodeSystem\\?/bfarm)\\?/icd-10(?:-cm|-gm)?`

export const diagnosis: Recogniser = {
  id: 'diagnosis',
  name: 'Diagnosis',
  category: 'health',
  forms: [
    { expression: '[A-TV-Z]\\d\\d\\.\\d{1,2}', confidence: 0.1 },
    codingForm(icdSystem, String.raw`[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?`),
  ],
  value: confidenceOfDiagnosis,
  fieldNames: [
    ...[
      'diagnosis',
      'diagnoses',
      'diagnosis code',
      'primary diagnosis',
      'secondary diagnosis',
      'admission diagnosis',
    ],
    ...[
      'icd',
      'icd code',
      'icd10',
      'icd9',
      'icd11',
      'icd cm',
      'dx',
      'dx code',
      'disease',
      'disease code',
      'illness',
    ],
    ...[
      'medical condition',
      'health condition',
      'condition code',
      'medical history',
      'chronic disease',
      'disorder',
    ],
    ...['cause of death', 'comorbidity', 'comorbidities', 'pathology', 'finding code', 'clinical finding'],
    ...['diagnose', 'diagnosen', 'hauptdiagnose', 'nebendiagnose', 'befund', 'krankheit', 'erkrankung'],
    ...['vorerkrankung', 'vorerkrankungen', 'diagnoseschlussel', 'krankheitsbild', 'diagnosecode'],
    ...['diagnostic', 'diagnostics', 'diagnostic principal', 'maladie', 'pathologie', 'antecedents medicaux'],
    ...[
      'diagnostico',
      'diagnosticos',
      'enfermedad',
      'patologia',
      'diagnostico principal',
      'antecedentes medicos',
    ],
    ...['diagnosi', 'malattia', 'codice diagnosi', 'doenca', 'diagnostico medico', 'ziekte', 'aandoening'],
    ...[
      'rozpoznanie',
      'diagnoza',
      'choroba',
      'kod icd',
      'diagnos',
      'sjukdom',
      'diagnosekode',
      'sygdom',
      'sykdom',
    ],
    ...[
      'diagnoosi',
      'sairaus',
      'diagnoza bolezni',
      'diagnozis',
      'betegseg',
      'boala',
      'διαγνωση',
      'диагноз',
      '诊断',
      '診断',
    ],
  ],
  vagueFieldNames: [
    'condition',
    'conditions',
    'finding',
    'findings',
    'problem list',
    'snomed',
    'snomed code',
  ],
  notFieldNames: [
    'diagnosis date',
    'diagnosis id',
    'condition type',
    'diagnostic port',
    'diagnostics enabled',
  ],
  contextWords: {
    en: ['diagnosis', 'diagnosed', 'icd', 'patient', 'disease', 'suffers'],
    de: ['diagnose', 'diagnostiziert', 'icd', 'patient', 'patientin', 'erkrankung'],
    fr: ['diagnostic', 'diagnostiqué', 'patient', 'patiente', 'cim'],
    es: ['diagnóstico', 'diagnosticado', 'paciente', 'cie'],
    it: ['diagnosi', 'diagnosticato', 'paziente'],
    nl: ['diagnose', 'patiënt'],
    pl: ['rozpoznanie', 'pacjent', 'pacjentka'],
    pt: ['diagnóstico', 'paciente', 'cid'],
    sv: ['diagnos', 'patient'],
  },
  mask: (value) => maskMiddle(codeOf(value), 1, 0),
  source: 'WHO ICD-10, structure of codes; GDPR Art. 9(1)',
  examples: {
    good: ['E11.9', 'F32.1', 'Type 2 diabetes', 'I10', 'C50.4', 'Bronchialkarzinom'],
    bad: ['a.wheelDY', 'null', '2024-01-02', '12', 'x', '#!'],
  },
}
