import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const criminalRecord: Recogniser = termRecogniser({
  id: 'criminal-record',
  name: 'Criminal conviction or offence',
  category: 'criminal',
  fieldNames: {
    en: 'criminal record, criminal records, criminal history, criminal conviction, criminal convictions, convictions, prior convictions, previous convictions, has criminal record, criminal offence, criminal offense, criminal charge, criminal charges, arrest record, arrest history, felony, felonies, felony conviction, misdemeanor, misdemeanors, police record, offence type, offense type, dbs check, dbs status',
    de: 'vorstrafe, vorstrafen, vorbestraft, straftat, straftaten, tatvorwurf, verurteilung, verurteilungen, strafrechtliche verurteilung, führungszeugnis, strafregister, strafregisterauszug',
    fr: 'casier judiciaire, condamnation, condamnations, condamnation pénale, condamnations pénales, antécédents judiciaires, infraction, infractions, infraction pénale',
    es: 'antecedentes penales, antecedente penal, condena, condenas, condena penal, delito, delitos, antecedentes policiales',
    it: 'precedenti penali, casellario giudiziale, condanna, condanne, condanna penale, reato, reati, carichi pendenti, fedina penale',
    nl: 'strafblad, veroordeling, veroordelingen, strafbare feiten, strafbaar feit, misdrijf, misdrijven, strafrechtelijk verleden',
    pl: 'karalność, niekaralność, karalnosc, niekaralnosc, przestępstwo, przestepstwo, rejestr karny, wyrok skazujący, wyroki karne, karany, zaświadczenie o niekaralności',
    pt: 'antecedentes criminais, registo criminal, registro criminal, condenação, condenações, condenação penal, ficha criminal',
    sv: 'brottsregister, belastningsregister, utdrag ur belastningsregistret, tidigare domar, fällande dom, brottsmisstanke, brottsrubricering',
  },
  // Programs that check a program's style find offences, too.
  vagueFieldNames: { all: 'offence, offences, offense, offenses, crime, crimes, conviction' },
  notFieldNames: { en: 'offense count, offence count, conviction date, conviction id, conviction rate' },
  answers: true,
  terms: {
    en: `theft, larceny, burglary, robbery, armed robbery, shoplifting, assault, aggravated assault, battery, murder, homicide,
      manslaughter, rape, sexual assault, indecent exposure, stalking, harassment, domestic violence, fraud, tax fraud,
      tax evasion, embezzlement, forgery, money laundering, bribery, extortion, blackmail, perjury, kidnapping, arson,
      vandalism, trespassing, drug possession, possession of drugs, drug trafficking, drug dealing, drunk driving,
      driving under the influence, drink driving, dui, dwi, reckless driving, hit and run, handling stolen goods,
      identity theft, terrorism, human trafficking, child abuse, no criminal record, no convictions, none recorded, convicted,
      acquitted, felony, misdemeanor, grievous bodily harm, actual bodily harm, parole, probation`,
    de: 'diebstahl, ladendiebstahl, einbruch, raub, körperverletzung, gefährliche körperverletzung, mord, totschlag, vergewaltigung, betrug, steuerhinterziehung, unterschlagung, urkundenfälschung, geldwäsche, bestechung, erpressung, nötigung, brandstiftung, sachbeschädigung, hausfriedensbruch, trunkenheit im verkehr, fahren ohne fahrerlaubnis, fahrerflucht, beleidigung, vorbestraft, nicht vorbestraft, keine vorstrafen, keine eintragung, freiheitsstrafe, geldstrafe, bewährung, untreue, volksverhetzung',
    fr: 'vol, cambriolage, braquage, agression, coups et blessures, meurtre, homicide, viol, fraude fiscale, escroquerie, blanchiment, corruption, extorsion, incendie volontaire, trafic de stupéfiants, conduite en état d’ivresse, violences conjugales, casier vierge, néant, abus de confiance, recel',
    es: 'robo, hurto, lesiones, agresión sexual, asesinato, homicidio, violación, fraude, estafa, blanqueo, soborno, extorsión, tráfico de drogas, alcoholemia, violencia de género, sin antecedentes, secuestro, falsificación',
    it: 'furto, rapina, lesioni, aggressione, omicidio, violenza sessuale, frode, truffa, evasione fiscale, riciclaggio, corruzione, estorsione, spaccio, guida in stato di ebbrezza, nulla, incensurato, ricettazione, stalking, calunnia',
    nl: 'diefstal, inbraak, overval, mishandeling, moord, doodslag, verkrachting, oplichting, witwassen, omkoping, afpersing, brandstichting, drugshandel, rijden onder invloed, vernieling, heling, geen strafblad',
    pl: 'kradzież, włamanie, rozbój, pobicie, zabójstwo, gwałt, oszustwo, wymuszenie, łapówkarstwo, podpalenie, posiadanie narkotyków, jazda po alkoholu, niekarany, niekarana, karany, karana, paserstwo',
    pt: 'furto, roubo, assalto, agressão, homicídio, estupro, burla, estelionato, lavagem de dinheiro, suborno, extorsão, tráfico de drogas, condução sob efeito de álcool, violência doméstica, nada consta, sem antecedentes',
    sv: 'stöld, inbrott, rån, misshandel, mord, dråp, våldtäkt, bedrägeri, skattebrott, penningtvätt, utpressning, mordbrand, narkotikabrott, rattfylleri, skadegörelse, ostraffad, häleri',
  },
  source: 'GDPR Art. 10; names of offences in national penal codes',
  examples: {
    good: ['true', 'Tax evasion', 'Diebstahl', 'conduite en état d’ivresse', 'two counts of poaching', 'no'],
    bad: ['null', 'Criminal record', '2024-01-01', 'string', 'console.log(1)', '42', '#ff0000'],
  },
})
