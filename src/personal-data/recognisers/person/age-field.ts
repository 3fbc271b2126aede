import { quantityOf } from '../../values/quantity.ts'
import { Vocabulary, wordsOf } from '../../values/vocabulary.ts'

/** What fields are called that hold somebody's age. */
export const ageFieldNames: readonly string[] = wordsOf({
  en: 'patient age, customer age, person age, age years, age in years, user age, employee age, member age, subject age, applicant age, client age, student age, pupil age, participant age, victim age, passenger age, guest age, donor age, profile age, age of patient, age at diagnosis, age at admission, current age, driver age, insured age',
  de: 'lebensalter, patientenalter, alter des patienten, alter in jahren, alter jahre',
  fr: 'âge patient, âge du patient, âge client',
  es: 'edad, edad paciente, edad del paciente',
  it: 'età paziente, età del paziente, età anni, età in anni',
  nl: 'leeftijd, leeftijd patient',
  pl: 'wiek, wiek pacjenta',
  pt: 'idade, idade paciente, idade do paciente',
  sv: 'ålder, patientålder',
})

/** Caches, files and messages have an age, too. */
export const vagueAgeFieldNames: readonly string[] = ['age', 'ages', 'alter']

export const ageNotFieldNames: readonly string[] = wordsOf({
  en: 'max age, min age, minimum age, maximum age, cache age, file age, age limit, age seconds, session age, account age, build age, age days, age group id, age rating, record age, message age, key age, password age, gestational age, idade gestacional, alter table, domain age',
})

const years = new Vocabulary(
  wordsOf({
    en: 'years, year, yrs, yr, y, years old, yo, y o',
    others:
      'jahre, jahr, jahre alt, j, ans, an, años, año, anni, anno, jaar, jr, lat, lata, rok, anos, ano, år, a',
  }),
)

const oldest = 122

/** Whole years of an age, 0 to 122, as in `42` and `42 years`; NaN for what is none. */
export function yearsOf(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] - 0x30
  const { number, digits, decimals, unitStart } = quantityOf(bytes, start, end)
  if (!(first >= 0 && first <= 9) || decimals > 0 || digits > 3 || number > oldest) return Number.NaN
  if (unitStart < end && !years.has(bytes, unitStart, end)) return Number.NaN
  return number
}
