import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const sexualOrientation: Recogniser = termRecogniser({
  id: 'sexual-orientation',
  name: 'Sex life or sexual orientation',
  category: 'special',
  fieldNames: {
    en: 'sexual orientation, sexuality, sexual preference, sexual preferences, sexual identity, sex life, sexual history, sexual partners, sexually active, sexual activity',
    de: 'sexuelle orientierung, sexualität, sexuelle identität, sexualleben, sexuelle vorlieben',
    fr: 'orientation sexuelle, sexualité, vie sexuelle, préférence sexuelle',
    es: 'orientación sexual, sexualidad, vida sexual, preferencia sexual, preferencias sexuales',
    it: 'orientamento sessuale, sessualità, vita sessuale, preferenze sessuali',
    nl: 'seksuele geaardheid, seksuele voorkeur, seksuele oriëntatie, seksualiteit, seksueel leven',
    pl: 'orientacja seksualna, seksualność, życie seksualne, preferencje seksualne',
    pt: 'orientação sexual, sexualidade, preferência sexual',
    sv: 'sexuell läggning, sexualitet, sexuell orientering, sexualliv',
  },
  answers: true,
  terms: {
    en: 'heterosexual, straight, homosexual, gay, lesbian, bisexual, pansexual, asexual, demisexual, queer, polysexual, aromantic, questioning, bicurious, gay or lesbian, lgbt, lgbtq, same sex',
    de: 'heterosexuell, hetero, homosexuell, schwul, lesbisch, bisexuell, pansexuell, asexuell',
    fr: 'hétérosexuel, hétérosexuelle, hétéro, homosexuel, homosexuelle, homo, lesbienne, bisexuel, bisexuelle, pansexuel, asexuel',
    es: 'heterosexual, homosexual, lesbiana, bisexual, pansexual, asexual',
    it: 'eterosessuale, omosessuale, lesbica, bisessuale, pansessuale, asessuale',
    nl: 'heteroseksueel, homoseksueel, lesbisch, biseksueel, panseksueel, aseksueel, homo, bi',
    pl: 'heteroseksualny, heteroseksualna, homoseksualny, homoseksualna, gej, lesbijka, biseksualny, biseksualna, panseksualny, aseksualny',
    pt: 'heterossexual, homossexual, lésbica, bissexual, pansexual, assexual',
    sv: 'heterosexuell, homosexuell, bög, lesbisk, bisexuell, pansexuell, asexuell',
  },
  source: 'GDPR Art. 9(1); SNOMED CT findings of sexual orientation',
  examples: {
    good: ['bisexual', 'Heterosexual', 'schwul', 'homoseksualny', 'gay_or_lesbian', 'prefers women'],
    bad: ['null', 'unknown', 'Sexual orientation', '3', 'string', '[object Object]', '-'],
  },
})
