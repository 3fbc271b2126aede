import type { Recogniser } from '../../recogniser.ts'
import { countryNames, isCountryCode } from '../../values/countries.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const placeOfBirth: Recogniser = termRecogniser({
  id: 'place-of-birth',
  name: 'Place of birth',
  category: 'identity',
  fieldNames: {
    en: 'place of birth, birth place, birthplace, city of birth, birth city, country of birth, birth country, town of birth, birth town, state of birth, birth state, born in',
    de: 'geburtsort, geburtsland, geburtsstadt, geboren in',
    fr: 'lieu de naissance, lieu naissance, ville de naissance, pays de naissance, commune de naissance',
    es: 'lugar de nacimiento, lugar nacimiento, ciudad de nacimiento, país de nacimiento, provincia de nacimiento',
    it: 'luogo di nascita, luogo nascita, comune di nascita, paese di nascita, provincia di nascita, stato di nascita',
    nl: 'geboorteplaats, geboorteland, plaats van geboorte',
    pl: 'miejsce urodzenia, kraj urodzenia, miejscowość urodzenia',
    pt: 'local de nascimento, naturalidade, país de nascimento, cidade de nascimento, cidade natal',
    sv: 'födelseort, födelseland, fødested, fodested, fødeland, syntymäpaikka',
  },
  terms: { countries: countryNames },
  otherValue: (bytes, start, end) => (isCountryCode(bytes, start, end) ? 0.2 : 0),
  source: 'GDPR Art. 4(1); ICAO Doc 9303 part 4, place of birth',
  examples: {
    good: ['Toledo', 'Bad Homburg v. d. Höhe', 'FR', 'Wrocław, Polska', 'Saint-Étienne (42)', 'España'],
    bad: ['null', 'unknown', 'Place of birth', '1980-03-01', 'string', 'place.of.birth', '4711'],
  },
})
