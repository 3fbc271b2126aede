import type { Recogniser } from '../../recogniser.ts'
import { isYesOrNo } from '../../values/flags.ts'
import { quantityOf } from '../../values/quantity.ts'
import { Vocabulary, wordsOf } from '../../values/vocabulary.ts'
import { termRecogniser } from '../term-recogniser.ts'

const weeks = new Vocabulary(
  wordsOf({
    all: 'w, wk, wks, week, weeks, weeks pregnant, woche, wochen, ssw, sa, semaines, semanas, settimane, weken, tydzień, tygodni, tygodnie, veckor, vecka, months, monat, monate, mois, meses, mesi, maanden',
  }),
)
const mostWeeks = 43

/** Yes or no, for which `pregnant` asks surely enough, or the week: `24`, `24+3`, `12. SSW`. */
function confidenceOfState(bytes: Uint8Array, start: number, end: number): number {
  if (isYesOrNo(bytes, start, end)) return 0.13
  const { number, decimals, unitStart } = quantityOf(bytes, start, end)
  if (decimals > 0 || !(number >= 2 && number <= mostWeeks)) return 0
  const isDays = unitStart + 2 === end && bytes[unitStart] === 0x2b
  return unitStart === end || isDays || weeks.has(bytes, unitStart, end) ? 0.06 : 0
}

export const pregnancy: Recogniser = termRecogniser({
  id: 'pregnancy',
  name: 'Pregnancy',
  category: 'health',
  fieldNames: {
    en: 'is pregnant, currently pregnant, pregnancy, pregnancy status, gestational age, gestation weeks, weeks pregnant, pregnancy week, gravida, expecting baby',
    de: 'ist schwanger, schwangerschaft, schwangerschaftswoche, schwangerschaftsstatus',
    fr: 'est enceinte, grossesse, semaines d aménorrhée, semaine de grossesse',
    es: 'está embarazada, embarazo, semanas de embarazo, semanas de gestación',
    it: 'è incinta, gravidanza, in gravidanza, settimane di gestazione, stato di gravidanza',
    nl: 'is zwanger, zwangerschap, zwangerschapsduur, zwangerschapsweek',
    pl: 'ciąża, ciaza, w ciąży, tydzień ciąży, w ciazy',
    pt: 'gravidez, está grávida, semanas de gravidez, idade gestacional',
    sv: 'graviditet, graviditetsvecka, är gravid',
  },
  // What is said under these may be the same word.
  vagueFieldNames: {
    all: 'pregnant, schwanger, enceinte, embarazada, incinta, zwanger, grávida, gestante, gravid',
  },
  notFieldNames: { en: 'pregnancy id' },
  otherValue: confidenceOfState,
  terms: {
    en: 'not pregnant, pregnant, possibly pregnant, first trimester, second trimester, third trimester, postpartum, breastfeeding, high risk pregnancy, miscarriage, stillbirth, abortion, ectopic, twins',
    de: 'nicht schwanger, schwanger, erstes trimester, zweites trimester, drittes trimester, wochenbett, fehlgeburt, risikoschwangerschaft, stillend, zwillinge',
    fr: 'non enceinte, enceinte, premier trimestre, deuxième trimestre, troisième trimestre, post partum, fausse couche, allaitante, grossesse à risque',
    es: 'no embarazada, embarazada, primer trimestre, segundo trimestre, tercer trimestre, aborto, lactancia, puerperio',
    it: 'non incinta, incinta, non in gravidanza, primo trimestre, secondo trimestre, terzo trimestre, allattamento, puerperio',
    nl: 'niet zwanger, zwanger, eerste trimester, tweede trimester, derde trimester, miskraam, kraambed',
    pl: 'nie jest w ciąży, w ciąży, pierwszy trymestr, drugi trymestr, trzeci trymestr, poronienie, połóg',
    pt: 'não grávida, grávida, primeiro trimestre, segundo trimestre, terceiro trimestre, aborto espontâneo, puerpério',
    sv: 'ej gravid, inte gravid, gravid, första trimestern, andra trimestern, tredje trimestern, missfall',
  },
  source: 'GDPR Art. 4(15) and recital 35; Directive 92/85/EEC Art. 2',
  examples: {
    good: [
      'true',
      'no',
      '24',
      '24+3',
      'first trimester',
      '12. SSW',
      'Not pregnant',
      'embarazada',
      'after six weeks',
    ],
    bad: ['null', '400', '0.5', '2024-01-01', 'this.pregnant', 'unknown', '#f00'],
  },
})
