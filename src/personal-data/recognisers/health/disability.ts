import type { Recogniser } from '../../recogniser.ts'
import { quantityOf } from '../../values/quantity.ts'
import { termRecogniser } from '../term-recogniser.ts'

/** A degree of disability in whole percent, or of care, 2 to 5: one is a yes. */
function confidenceOfDegree(bytes: Uint8Array, start: number, end: number): number {
  const { number, decimals, unitStart } = quantityOf(bytes, start, end)
  const isPercent = unitStart + 1 === end && bytes[unitStart] === 0x25
  const isDegree = number >= 5 && number <= 100 && number % 5 === 0
  const isOfCare = number >= 2 && number < 5 && !isPercent
  const isEnd = unitStart === end || isPercent
  return isEnd && decimals === 0 && (isDegree || isOfCare) ? 0.06 : 0
}

export const disability: Recogniser = termRecogniser({
  id: 'disability',
  name: 'Disability',
  category: 'health',
  fieldNames: {
    en: 'disability, disabilities, disability status, disability type, disability degree, disability level, degree of disability, has disability, is disabled person, disabled person, registered disabled, severely disabled, patient disabled, employee disabled, wheelchair user, special needs, special educational needs',
    de: 'behinderung, behinderungen, behinderungsgrad, grad der behinderung, schwerbehindert, schwerbehinderung, schwerbehindertenausweis, merkzeichen, pflegegrad, pflegestufe, gleichgestellt behindert',
    fr: 'situation de handicap, taux d incapacité, taux incapacité, rqth, invalidité, type de handicap, travailleur handicapé',
    es: 'discapacidad, grado de discapacidad, minusvalía, grado minusvalía, tipo de discapacidad',
    it: 'disabilità, invalidità, invalidità civile, percentuale invalidità, grado di invalidità',
    nl: 'arbeidsbeperking, lichamelijke beperking, arbeidshandicap, mate van arbeidsongeschiktheid',
    pl: 'niepełnosprawność, niepelnosprawnosc, stopień niepełnosprawności, orzeczenie o niepełnosprawności',
    pt: 'deficiência, tipo de deficiência, grau de incapacidade, grau de deficiência, pessoa com deficiência',
    sv: 'funktionsnedsättning, funktionshinder, funktionsvariation',
  },
  // Buttons and accounts are disabled, too, and golf is played with a handicap.
  vagueFieldNames: { all: 'disabled, handicap, handicapped, impairment' },
  notFieldNames: { en: 'disability insurance, disability benefit' },
  answers: true,
  otherValue: confidenceOfDegree,
  terms: {
    en: 'physical disability, blind, blindness, deaf, deafness, hearing impairment, hearing impaired, visual impairment, visually impaired, hard of hearing, wheelchair, wheelchair user, mobility impairment, paraplegia, paraplegic, quadriplegic, tetraplegia, amputee, learning disability, intellectual disability, mental disability, developmental disability, autism, autistic, dyslexia, dyslexic, adhd, down syndrome, cerebral palsy, multiple sclerosis, muscular dystrophy, speech impairment, chronic illness, protected veteran',
    de: 'blind, gehörlos, taub, schwerhörig, sehbehindert, gehbehindert, rollstuhl, rollstuhlfahrer, körperbehindert, körperliche behinderung, geistige behinderung, seelische behinderung, lernbehinderung, autismus, querschnittlähmung, querschnittgelähmt, schwerbehindert, nicht behindert, gleichgestellt',
    fr: 'aveugle, sourd, sourde, malentendant, malvoyant, malvoyante, handicap moteur, handicap mental, handicap visuel, handicap auditif, handicap psychique, fauteuil roulant, paraplégie, autisme, dyslexie, trisomie',
    es: 'ceguera, ciego, sordo, sordera, discapacidad física, discapacidad visual, discapacidad auditiva, discapacidad intelectual, discapacidad psíquica, silla de ruedas, movilidad reducida, autismo, paraplejia, dislexia',
    it: 'cieco, cecità, sordo, sordità, non vedente, ipovedente, disabilità motoria, disabilità visiva, disabilità intellettiva, sedia a rotelle, autismo, paraplegia, dislessia',
    nl: 'blind, doof, slechtziend, slechthorend, rolstoel, rolstoelgebruiker, verstandelijke beperking, lichamelijke handicap, autisme, dwarslaesie, dyslexie',
    pl: 'niewidomy, niewidoma, głuchy, głucha, niesłyszący, niedowidzący, wózek inwalidzki, znaczny, umiarkowany, lekki, upośledzenie, autyzm, dysleksja, narząd ruchu',
    pt: 'cego, cega, surdo, surda, deficiência física, deficiência visual, deficiência auditiva, deficiência intelectual, cadeirante, cadeira de rodas, autismo, dislexia',
    sv: 'blind, döv, synskadad, hörselskadad, rullstol, rörelsehinder, utvecklingsstörning, autism, dyslexi, intellektuell funktionsnedsättning',
  },
  source:
    'GDPR Art. 4(15) and 9(1); UN Convention on the Rights of Persons with Disabilities, Art. 1; SGB IX § 152',
  examples: {
    good: ['Blind', '50', '80 %', '3', 'true', 'schwerhörig', 'fauteuil roulant', 'uses a cane'],
    bad: ['null', 'Disability', '4711', '#fff', 'button.disabled', '2024-01-01', '0.5'],
  },
})
