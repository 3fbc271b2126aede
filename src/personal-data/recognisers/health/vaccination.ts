import type { Recogniser } from '../../recogniser.ts'
import { codingForm } from '../../values/fhir-coding.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const vaccination: Recogniser = termRecogniser({
  id: 'vaccination',
  name: 'Vaccination',
  category: 'health',
  fieldNames: {
    en: 'vaccination, vaccinations, vaccination status, vaccination type, vaccine, vaccines, vaccine name, vaccine code, vaccine type, vaccinated, is vaccinated, fully vaccinated, immunization, immunizations, immunization status, immunisation, immunisations, immunisation status, cvx code, covid vaccine, vaccine manufacturer, vaccine product',
    de: 'impfung, impfungen, impfstatus, impfstoff, impfstoffe, geimpft, impfschutz, impfpass, corona impfung',
    fr: 'vaccin, vaccins, vaccin reçu, vacciné, statut vaccinal, schéma vaccinal',
    es: 'vacuna, vacunas, vacunación, vacunado, estado de vacunación, vacunas recibidas',
    it: 'vaccino, vaccini, vaccinazione, vaccinazioni, vaccinato, stato vaccinale',
    nl: 'vaccinatie, vaccinaties, gevaccineerd, vaccinatiestatus',
    pl: 'szczepienie, szczepienia, szczepionka, szczepionki, zaszczepiony, status szczepienia',
    pt: 'vacina, vacinas, vacinação, vacinado, estado vacinal',
    sv: 'vaccinerad, vaccinationer, vaccinationsstatus, vaccinering',
  },
  notFieldNames: { en: 'vaccination id, vaccine id, vaccination date, vaccination center' },
  forms: [codingForm(String.raw`hl7\.org\\?/fhir\\?/sid\\?/cvx`, String.raw`\d{2,3}`)],
  answers: true,
  terms: {
    en: `covid, covid-19, comirnaty, biontech, pfizer, pfizer biontech, moderna, spikevax, astrazeneca, vaxzevria, janssen, johnson and johnson,
      novavax, nuvaxovid, sputnik, sinovac, sinopharm, influenza, flu, flu shot, measles, mumps, rubella, mmr, mmrv, priorix, varicella,
      chickenpox, zoster, shingles, shingrix, tetanus, diphtheria, pertussis, whooping cough, tdap, dtap, boostrix, infanrix,
      polio, ipv, poliomyelitis, hepatitis a, hepatitis b, twinrix, engerix, hpv, gardasil, cervarix, pneumococcal, prevenar,
      pneumovax, meningococcal, bexsero, menveo, rotavirus, rabies, tick borne encephalitis, tbe, encepur, typhoid, yellow fever,
      japanese encephalitis, cholera, bcg, tuberculosis, rsv, mpox, monkeypox, unvaccinated, not vaccinated, partially vaccinated,
      boosted, booster, up to date, fully immunized, mrna`,
    de: 'grippe, masern, mumps, röteln, windpocken, gürtelrose, diphtherie, keuchhusten, kinderlähmung, pneumokokken, meningokokken, rotaviren, tollwut, fsme, typhus, gelbfieber, ungeimpft, nicht geimpft, vollständig geimpft, grundimmunisiert, geboostert, auffrischung',
    fr: 'grippe, rougeole, oreillons, rubéole, ror, varicelle, zona, tétanos, diphtérie, coqueluche, polio, hépatite b, hépatite a, pneumocoque, méningocoque, rage, fièvre jaune, non vacciné, dtp, rappel',
    es: 'gripe, sarampión, paperas, rubéola, triple vírica, varicela, tétanos, difteria, tos ferina, poliomielitis, neumococo, meningococo, rabia, fiebre amarilla, no vacunado, dosis de refuerzo',
    it: 'influenza, morbillo, parotite, rosolia, varicella, tetano, difterite, pertosse, poliomielite, epatite b, epatite a, pneumococco, meningococco, esavalente, non vaccinato, febbre gialla, richiamo',
    nl: 'griep, mazelen, bof, rodehond, waterpokken, difterie, kinkhoest, polio, dktp, bmr, pneumokokken, meningokokken, hondsdolheid, gele koorts, niet gevaccineerd',
    pl: 'grypa, odra, świnka, różyczka, ospa wietrzna, tężec, błonica, krztusiec, wzw b, pneumokoki, meningokoki, wścieklizna, żółta gorączka, niezaszczepiony, gruźlica, kleszczowe zapalenie mózgu',
    pt: 'gripe, sarampo, caxumba, papeira, rubéola, catapora, varicela, tétano, difteria, coqueluche, poliomielite, febre amarela, não vacinado, tríplice viral',
    sv: 'influensa, mässling, påssjuka, röda hund, vattkoppor, stelkramp, difteri, kikhosta, pneumokocker, gula febern, ovaccinerad, ej vaccinerad',
  },
  source: 'GDPR Art. 4(15); CDC CVX codes; EMA list of authorised vaccines',
  examples: {
    good: ['Comirnaty', 'FSME', 'hepatitis B', 'true', 'Tdap', 'non vacciné', 'second dose in spring'],
    bad: ['null', 'Vaccination', '4711', '{}', 'vaccine.name', 'string', 'https://example.com/v'],
  },
})
