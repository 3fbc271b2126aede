import type { Recogniser } from '../recogniser.ts'
import { shapeOf } from '../values/value-shape.ts'
import { FieldEvidence } from './field-vocabulary.ts'

/**
 * What a value says of the record that it stands in: an object, a row, a form. Bits, for a record may hold several. What
 * companies, places and products have as well, an address, a telephone, an author's name, says nothing.
 */
export const RecordEvidence = {
  none: 0,
  /** It is about a person. */
  person: 1,
  /** It is about nobody but that person, whose name it has in parts or has nothing of: what else is called a name is theirs. */
  nameless: 2,
} as const
export type RecordEvidence = number

const both = RecordEvidence.person | RecordEvidence.nameless

/**
 * Recognisers of what only people have. Tax numbers are not among them, for companies have those too, nor what catalogues list:
 * genders of shoes, diagnoses, occupations.
 */
const onlyOfPersons = new Set([
  ...['date-of-birth', 'place-of-birth', 'marital-status', 'passport-number', 'passport-mrz', 'ehic'],
  ...['driving-licence', 'us-driver-license', 'identity-card-number', 'residence-permit'],
  ...[
    'us-ssn',
    'us-mbi',
    'ca-sin',
    'au-medicare',
    'br-cpf',
    'in-aadhaar',
    'tr-kimlik-no',
    'ch-ahv',
    'gb-nino',
  ],
  ...['gb-nhs', 'at-svnr', 'be-national-number', 'bg-egn', 'cz-rodne-cislo', 'de-kvnr', 'de-rvnr', 'dk-cpr'],
  ...['ee-isikukood', 'es-nuss', 'fi-hetu', 'fr-nir', 'gr-amka', 'hu-szemelyi-szam', 'hu-taj', 'ie-pps'],
  ...['is-kennitala', 'it-codice-fiscale', 'lt-asmens-kodas', 'lu-matricule', 'lv-personas-kods', 'mt-id'],
  ...['nl-bsn', 'no-fodselsnummer', 'pl-pesel', 'pl-id-card', 'pt-cc', 'pt-niss', 'ro-cnp', 'rs-jmbg'],
  ...['se-personnummer', 'si-emso', 'sk-rodne-cislo'],
])

/** How sure a number without a telling name has to be. */
const sureWithoutName = 0.95

/** A value that was found. */
export interface FoundInRecord {
  bytes: Uint8Array
  start: number
  end: number
  evidence: FieldEvidence
  confidence: number
}

/** What a value that was found says of its record. */
export function recordEvidence({ id }: Recogniser, value: FoundInRecord): RecordEvidence {
  if (id === 'name')
    return value.evidence === FieldEvidence.leaf ? evidenceOfName(value) : RecordEvidence.none
  if (!onlyOfPersons.has(id)) return RecordEvidence.none
  const isSure = value.evidence >= FieldEvidence.shared || value.confidence >= sureWithoutName
  return isSure ? both : RecordEvidence.none
}

/** One word is a part of a name, and the other part stands elsewhere. */
function evidenceOfName({ bytes, start, end }: FoundInRecord): RecordEvidence {
  return shapeOf(bytes, start, end).words === 1 ? both : RecordEvidence.person
}

/** What a record has to be known for, so that a value under a vague name counts there: bits, of which one is enough. */
export function neededEvidence({ id }: Recogniser): RecordEvidence {
  if (id === 'name') return RecordEvidence.nameless
  return id === 'postal-address' ? RecordEvidence.person : RecordEvidence.none
}
