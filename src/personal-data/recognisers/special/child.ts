import type { Recogniser } from '../../recogniser.ts'
import { isYes } from '../../values/flags.ts'
import { termRecogniser } from '../term-recogniser.ts'

/** `5b`, `10A`, `3. Klasse`, `6ème`: years of school, from 1 to 13. */
function isSchoolYear(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  let year = 0
  while (at < end && at - start < 2 && bytes[at] >= 0x30 && bytes[at] <= 0x39)
    year = year * 10 + bytes[at++] - 0x30
  if (at === start || year < 1 || year > 13) return false
  // What follows is the letter of a class, or the ending of an ordinal number.
  while (at < end && (bytes[at] === 0x2e || bytes[at] === 0x2f || bytes[at] === 0x20 || bytes[at] === 0x2d))
    at++
  return end - at <= 4 && isLetters(bytes, at, end)
}

function isLetters(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const letter = bytes[at] | 0x20
    if ((letter < 0x61 || letter > 0x7a) && bytes[at] < 0x80) return false
  }
  return true
}

/** That somebody is a child is the datum, that they are none is not. */
function confidenceOfSchoolYear(bytes: Uint8Array, start: number, end: number): number {
  return isSchoolYear(bytes, start, end) || isYes(bytes, start, end) ? 0.1 : 0
}

export const child: Recogniser = termRecogniser({
  id: 'child',
  name: 'Pupil or child with a guardian',
  category: 'children',
  fieldNames: {
    en: 'school class, school grade, grade level, school year group, year group, school level, homeroom, homeroom teacher, kindergarten group, nursery group, is minor, is underage, minor child, legal guardian, guardian relationship, relationship to child, parent or guardian, parental consent, parent consent, guardian consent, foster parents, child name, pupil, pupil name, daycare',
    de: 'schulklasse, klassenstufe, jahrgangsstufe, klassenlehrer, klassenlehrerin, erziehungsberechtigter, erziehungsberechtigte, sorgeberechtigter, sorgeberechtigte, kindergartengruppe, kitagruppe, schüler, schülerin, einwilligung der eltern',
    fr: 'classe scolaire, niveau scolaire, représentant légal, responsable légal, enfant mineur, est mineur, autorité parentale, autorisation parentale, école maternelle',
    es: 'curso escolar, grado escolar, tutor legal, es menor, consentimiento parental, guardería',
    it: 'classe scolastica, classe frequentata, tutore legale, è minorenne, responsabilità genitoriale, esercente la responsabilità genitoriale, consenso dei genitori',
    nl: 'schoolklas, schoolgroep, wettelijke vertegenwoordiger, voogd, ouder of voogd, toestemming ouders, kinderopvang',
    pl: 'klasa szkolna, opiekun prawny, zgoda rodziców',
    pt: 'ano escolar, turma escolar, encarregado de educação, menor de idade, responsável legal, consentimento dos pais, creche',
    sv: 'skolklass, årskurs, vårdnadshavare, omyndig, målsman',
  },
  vagueFieldNames: { all: 'guardian, schulklassen, tutore' },
  notFieldNames: {
    en: 'guardian name, guardian email, guardian phone, guardian id, guardian address, child id, pupil id',
  },
  terms: {
    en: 'kindergarten, preschool, nursery, reception, primary school, elementary school, middle school, first grade, second grade, third grade, fourth grade, fifth grade, sixth grade, seventh grade, eighth grade, minor, underage, child, toddler, infant, mother, father, foster parent, stepfather, stepmother, grandmother, grandfather, legal guardian, both parents',
    de: 'grundschule, vorschule, klasse, kita, minderjährig, mutter, vater, beide eltern, pflegeeltern, vormund, jugendamt',
    fr: 'maternelle, petite section, moyenne section, grande section, cp, ce, cm, sixième, cinquième, quatrième, troisième, école primaire, collège, mineur, mineure, mère, père',
    es: 'infantil, primaria, educación infantil, educación primaria, secundaria, menor, madre, padre',
    it: 'scuola primaria, scuola elementare, scuola media, scuola materna, asilo nido, minorenne, madre, padre',
    nl: 'groep, basisschool, kleuterschool, peuterspeelzaal, brugklas, minderjarig, moeder, vader',
    pl: 'szkoła podstawowa, przedszkole, zerówka, małoletni, małoletnia, matka, ojciec',
    pt: 'pré escolar, ensino básico, ensino fundamental, jardim de infância, menor, mãe, pai',
    sv: 'förskola, lågstadiet, mellanstadiet, högstadiet, förskoleklass, minderårig, mamma, pappa',
  },
  otherValue: confidenceOfSchoolYear,
  source: 'GDPR Art. 8 and recital 38: children merit specific protection',
  examples: {
    good: ['5b', '3. Klasse', '6ème', 'Grundschule', 'Grade 4', 'true', 'kindergarten', 'Mother'],
    bad: ['null', 'false', 'School class', '14', '2024-01-01', 'com.example.Foo', 'no'],
  },
})
