import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

/**
 * Of special categories where what someone feels to be differs from what was written down at birth: it tells of their sex
 * life or their health. The sex in a register alone, `gender`, is no such datum.
 */
export const genderIdentity: Recogniser = termRecogniser({
  id: 'gender-identity',
  name: 'Gender identity',
  category: 'special',
  fieldNames: {
    en: 'gender identity, transgender, is transgender, trans status, sex assigned at birth, gender assigned at birth, gender reassignment',
    de: 'geschlechtsidentität, geschlechtliche identität, transgeschlechtlich, transsexuell',
    fr: 'identité de genre, transgenre',
    es: 'identidad de género, transgénero',
    it: 'identità di genere, transessuale',
    nl: 'genderidentiteit',
    pl: 'tożsamość płciowa, tozsamosc plciowa, transpłciowość',
    pt: 'identidade de gênero, identidade de género, transgênero',
    sv: 'könsidentitet, transperson',
  },
  answers: true,
  terms: {
    en: 'male, female, man, woman, transgender, trans man, trans woman, trans male, trans female, transgender man, transgender woman, male to female, female to male, cisgender, cis man, cis woman, non binary, nonbinary, enby, genderqueer, genderfluid, gender fluid, agender, bigender, two spirit, intersex, gender nonconforming, third gender, hijra, mtf, ftm',
    de: 'männlich, weiblich, trans, transmann, transfrau, nichtbinär, nicht binär, intergeschlechtlich, divers, genderfluid, agender, cis',
    fr: 'homme, femme, homme trans, femme trans, non binaire, intersexe, cisgenre',
    es: 'hombre, mujer, hombre trans, mujer trans, no binario, no binaria, cisgénero, género fluido',
    it: 'uomo, donna, uomo trans, donna trans, non binario, cisgender, intersessuale',
    nl: 'man, vrouw, transman, transvrouw, non binair, genderqueer, intersekse',
    pl: 'mężczyzna, kobieta, transpłciowy, transpłciowa, niebinarny, niebinarna, cispłciowy, interpłciowy',
    pt: 'homem, mulher, homem trans, mulher trans, não binário, cisgênero, intersexo',
    sv: 'man, kvinna, transman, transkvinna, ickebinär, icke binär',
  },
  source: 'GDPR Art. 9(1) with CJEU C-184/20 on inferred data; HL7 value set Gender Identity',
  examples: {
    good: ['non-binary', 'trans woman', 'true', 'nicht-binär', 'Transgender Man', 'niebinarna'],
    bad: ['null', 'unknown', 'Gender identity', '7', 'string', '$gender', '<div>'],
  },
})
