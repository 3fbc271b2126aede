import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const jobTitle: Recogniser = termRecogniser({
  id: 'job-title',
  name: 'Profession or position',
  category: 'identity',
  // A title alone is that of a page or a book, and a position that of a cursor.
  fieldNames: {
    en: 'job title, jobtitle, occupation, profession, employment title, professional title, current job, position title, employee title, job role',
    de: 'beruf, berufsbezeichnung, stellenbezeichnung, berufsstand, ausgeübter beruf, erlernter beruf, dienstgrad, amtsbezeichnung',
    fr: 'intitulé du poste, intitulé de poste, poste occupé, métier, fonction exercée',
    es: 'profesión, ocupación, puesto de trabajo, cargo laboral, puesto actual, oficio',
    it: 'professione, mansione, qualifica professionale, posizione lavorativa, occupazione, mestiere',
    nl: 'functietitel, beroep, functiebenaming, functienaam',
    pl: 'zawód, zawod, stanowisko, stanowisko pracy, wykonywany zawód',
    pt: 'profissão, ocupação, cargo ocupado, cargo profissional',
    sv: 'yrke, yrkestitel, jobbtitel, befattning, stillingsbetegnelse, ammatti',
  },
  notFieldNames: { en: 'job title id, occupation code, occupation rate, job posting' },
  terms: {
    en: 'engineer, software engineer, developer, teacher, nurse, physician, doctor, surgeon, dentist, pharmacist, lawyer, attorney, judge, accountant, manager, director, consultant, analyst, architect, electrician, plumber, carpenter, mechanic, driver, truck driver, police officer, firefighter, soldier, chef, cook, waiter, waitress, cashier, secretary, assistant, clerk, salesperson, sales manager, scientist, researcher, professor, student, pupil, retired, pensioner, unemployed, self employed, freelancer, homemaker, housewife, farmer, journalist, artist, musician, actor, designer, translator, librarian, social worker, ceo, cto, cfo, president, civil servant, apprentice, intern, technician, operator, administrator, pilot, therapist, psychologist, veterinarian, hairdresser, receptionist, cleaner',
    de: 'ingenieur, ingenieurin, entwickler, lehrer, lehrerin, krankenschwester, krankenpfleger, arzt, ärztin, anwalt, rechtsanwalt, rechtsanwältin, richter, buchhalter, geschäftsführer, leiter, berater, elektriker, klempner, tischler, mechaniker, fahrer, polizist, feuerwehrmann, soldat, koch, kellner, verkäufer, verkäuferin, sekretärin, sachbearbeiter, wissenschaftler, professor, student, studentin, schüler, rentner, rentnerin, arbeitslos, selbstständig, hausfrau, landwirt, journalist, beamter, beamtin, angestellter, angestellte, auszubildender, kaufmann, kauffrau, erzieher, erzieherin, handwerker',
    fr: 'ingénieur, développeur, professeur, enseignant, enseignante, infirmier, infirmière, médecin, avocat, avocate, juge, comptable, directeur, directrice, gérant, consultant, électricien, plombier, mécanicien, chauffeur, policier, pompier, militaire, cuisinier, serveur, serveuse, vendeur, vendeuse, secrétaire, chercheur, étudiant, étudiante, retraité, retraitée, chômeur, sans emploi, indépendant, agriculteur, journaliste, fonctionnaire, cadre, ouvrier, employé, employée',
    es: 'ingeniero, ingeniera, desarrollador, profesor, profesora, maestro, maestra, enfermero, enfermera, médico, médica, abogado, abogada, juez, contable, contador, director, directora, gerente, electricista, fontanero, mecánico, conductor, policía, bombero, militar, cocinero, camarero, vendedor, secretaria, investigador, estudiante, jubilado, jubilada, desempleado, parado, autónomo, agricultor, periodista, funcionario, ama de casa, albañil',
    it: 'ingegnere, sviluppatore, insegnante, professore, professoressa, infermiere, infermiera, avvocato, giudice, commercialista, ragioniere, direttore, impiegato, impiegata, elettricista, idraulico, meccanico, autista, poliziotto, carabiniere, cuoco, cameriere, commesso, segretaria, ricercatore, studente, studentessa, pensionato, pensionata, disoccupato, libero professionista, agricoltore, giornalista, operaio, casalinga, dirigente',
    nl: 'ingenieur, ontwikkelaar, leraar, lerares, docent, verpleegkundige, arts, huisarts, advocaat, rechter, boekhouder, directeur, elektricien, loodgieter, monteur, chauffeur, politieagent, brandweerman, kok, ober, verkoper, verkoopster, secretaresse, onderzoeker, gepensioneerd, werkloos, zelfstandige, zzp, boer, journalist, ambtenaar, timmerman',
    pl: 'inżynier, programista, programistka, nauczyciel, nauczycielka, pielęgniarka, pielęgniarz, lekarz, lekarka, prawnik, adwokat, sędzia, księgowy, księgowa, dyrektor, kierownik, elektryk, hydraulik, mechanik, kierowca, policjant, strażak, żołnierz, kucharz, kelner, sprzedawca, sekretarka, naukowiec, emeryt, emerytka, bezrobotny, rolnik, dziennikarz, urzędnik',
    pt: 'engenheiro, engenheira, programador, professor, professora, enfermeiro, enfermeira, médico, médica, advogado, advogada, juiz, contabilista, contador, diretor, gerente, eletricista, canalizador, encanador, mecânico, motorista, polícia, policial, bombeiro, cozinheiro, vendedor, vendedora, secretária, pesquisador, estudante, reformado, aposentado, aposentada, desempregado, agricultor, jornalista, doméstica, pedreiro',
    sv: 'ingenjör, utvecklare, lärare, sjuksköterska, undersköterska, läkare, advokat, jurist, domare, revisor, ekonom, chef, direktör, elektriker, rörmokare, mekaniker, chaufför, polis, brandman, kock, servitör, säljare, sekreterare, forskare, student, pensionär, arbetslös, egenföretagare, bonde, lantbrukare, snickare',
  },
  source: 'GDPR Art. 4(1); ISCO-08, titles of occupations',
  examples: {
    good: ['Nurse', 'Senior Software Engineer', 'Rechtsanwältin', 'jubilada', 'Snickare', 'Beekeeper', 'CFO'],
    bad: ['null', 'string', 'Job title', '42', 'jobs.title.id', '{{title}}', 'https://example.com/job'],
  },
})
