import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

/** HL7 v2 table 0002 and other lists have a letter for each status. */
const letters = new Set(Buffer.from('SMDWLPACIUVBEG'))

export const maritalStatus: Recogniser = termRecogniser({
  id: 'marital-status',
  name: 'Marital status',
  category: 'identity',
  fieldNames: {
    en: 'marital status, marital status code, civil status, relationship status, marital state, maritalstatus, is married',
    de: 'familienstand, personenstand, beziehungsstatus',
    fr: 'état civil, situation familiale, situation matrimoniale, statut marital',
    es: 'estado civil, situación familiar',
    it: 'stato civile',
    nl: 'burgerlijke staat, huwelijkse staat',
    pl: 'stan cywilny',
    pt: 'situação conjugal',
    sv: 'civilstånd, civilstatus, ægteskabelig stilling, sivilstatus, siviilisääty',
  },
  answers: true,
  closed: true,
  otherValue: (bytes, start, end) => (end - start === 1 && letters.has(bytes[start]) ? 0.1 : 0),
  terms: {
    en: 'single, married, divorced, widowed, widow, widower, separated, legally separated, civil partnership, civil partner, domestic partner, partnered, engaged, cohabiting, common law, never married, annulled, unmarried, in a relationship, remarried, dissolved partnership, polygamous',
    de: 'ledig, verheiratet, geschieden, verwitwet, getrennt, getrennt lebend, eingetragene lebenspartnerschaft, verpartnert, lebenspartnerschaft, verlobt, vergeben, in einer beziehung, alleinstehend, eheähnlich',
    fr: 'célibataire, marié, mariée, divorcé, divorcée, veuf, veuve, séparé, séparée, pacsé, pacsée, pacs, concubinage, union libre, en couple, fiancé',
    es: 'soltero, soltera, casado, casada, divorciado, divorciada, viudo, viuda, separado, separada, pareja de hecho, unión libre, unión civil',
    it: 'celibe, nubile, coniugato, coniugata, sposato, sposata, divorziato, divorziata, vedovo, vedova, separato, separata, unito civilmente, convivente, stato libero',
    nl: 'ongehuwd, gehuwd, getrouwd, gescheiden, weduwe, weduwnaar, geregistreerd partnerschap, samenwonend, alleenstaand, ongetrouwd',
    pl: 'kawaler, panna, żonaty, zamężna, mężatka, rozwiedziony, rozwiedziona, wdowiec, wdowa, separacja, wolny, wolna, w separacji',
    pt: 'solteiro, solteira, casado, casada, divorciado, divorciada, viúvo, viúva, separado, separada, união estável, união de facto',
    sv: 'ogift, gift, skild, frånskild, änka, änkling, sambo, särbo, registrerad partner, separerad',
  },
  source: 'GDPR Art. 4(1); HL7 v2 table 0002 Marital Status',
  examples: {
    good: ['married', 'M', 'ledig', 'Pacsée', 'soltera', 'legally_separated', 'yes'],
    bad: ['null', 'active', 'Marital status', '12', 'x', 'string', 'pending approval'],
  },
})
