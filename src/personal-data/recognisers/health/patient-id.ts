import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { isCode } from '../../values/code-shape.ts'
import { wordsOf } from '../../values/vocabulary.ts'

/** Whatever a hospital counts by, up to a UUID. */
const bounds: CodeBounds = { length: [3, 32], digits: [2, 32], letters: [0, 26], separators: 5 }

export const patientId: Recogniser = {
  id: 'patient-id',
  name: 'Patient or medical record number',
  category: 'health',
  forms: [],
  value: (bytes, start, end) => (isCode(bytes, start, end, bounds) ? 0.06 : 0),
  fieldNames: wordsOf({
    en: 'patient id, patient identifier, patient number, patient no, patient num, patient nr, patient number id, patient account number, alternate patient number, prior patient number, medical record number, medical record no, medical record id, medical record, mrn, health record number, chart number, hospital number, hospital id number, clinical record number, patient mrn, visit number id, hospital admission number',
    de: 'patientennummer, patienten nr, patientennr, patienten id, patientenkennung, fallnummer, fall nr, behandlungsfallnummer, aufnahmenummer, krankenaktennummer, patientenaktennummer, krankenhausnummer',
    fr: 'numéro de dossier, numéro dossier, numéro de dossier médical, numéro dossier patient, dossier médical, dossier patient, numéro patient, identifiant patient, identifiant permanent patient',
    es: 'historia clínica, número de historia clínica, número historia clínica, número de historia, número de paciente, número paciente, id paciente, identificador paciente, expediente clínico',
    it: 'cartella clinica, numero cartella clinica, numero cartella, codice paziente, id paziente, numero paziente, identificativo paziente, nosologico',
    nl: 'patiëntnummer, patiënt id, patiëntnr, medisch dossiernummer, zisnummer, patiëntdossiernummer',
    pl: 'numer pacjenta, id pacjenta, identyfikator pacjenta, numer kartoteki, numer historii choroby, numer księgi głównej',
    pt: 'número do paciente, número de paciente, número do prontuário, prontuário, id do paciente, processo clínico, número do processo clínico, número de processo clínico',
    sv: 'patientnummer, patientnr, journalnummer, journalnr, patientens id',
  }),
  vagueFieldNames: wordsOf({ all: 'dossiernummer, aktennummer, encounter number' }),
  notFieldNames: wordsOf({ en: 'patient id type, outpatient number count, page visit number' }),
  contextWords: {},
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'GDPR Art. 4(15) and recital 35; HL7 v2.5.1 PID-3; 45 CFR 164.514(b)(2)(i)(H)',
  examples: {
    good: ['00471182', 'MRN-204817', 'P1234567', '4f9c2b1e-77aa-4c0d-9d3e-0a1b2c3d4e5f', '12-34-56'],
    bad: ['null', 'unknown', '7', '0000000', '', 'patients', '{{patientId}}', 'a.b.c.d.e.f.g'],
  },
}
