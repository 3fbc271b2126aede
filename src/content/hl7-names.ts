/*
 * What the fields of HL7 v2 that say something about people are called, by segment and number, in the words of its chapters 3
 * (patients), 4 (orders), 6 (insurance), 7 (observations) and 15 (staff), version 2.5.1.
 */

/** Names of the components of a data type, by number. */
type Components = Readonly<Record<number, string>>

export interface Hl7Field {
  name: string
  /** Undefined where components have no names of their own. */
  components?: Components
}

/** Those of a segment, by number. */
export type Hl7Fields = Readonly<Record<number, Hl7Field>>

const person: Components = { 1: 'family name', 2: 'given name', 3: 'middle name' }
const address: Components = { 1: 'street', 3: 'city', 4: 'state', 5: 'postal code', 6: 'country' }
const phone: Components = { 1: 'phone', 4: 'email', 7: 'local number', 12: 'phone' }
const identified: Components = { 1: 'id', 2: 'family name', 3: 'given name' }
const coded: Components = { 1: 'code', 2: 'text' }
const id: Components = { 1: 'id', 4: 'assigning authority', 5: 'type' }

const of = (components: Components, name: string): Hl7Field => ({ name, components })

/** By segment and number of the field: `PID` and 5. */
export const hl7Fields: Readonly<Record<string, Hl7Fields>> = {
  EVN: { 5: of(identified, 'operator') },
  PID: {
    2: of(id, 'patient number'),
    3: of(id, 'patient number'),
    4: of(id, 'alternate patient number'),
    5: of(person, 'patient name'),
    6: of(person, 'mother maiden name'),
    7: { name: 'date of birth' },
    8: { name: 'sex' },
    9: of(person, 'patient alias name'),
    10: of(coded, 'race'),
    11: of(address, 'patient address'),
    13: of(phone, 'home phone'),
    14: of(phone, 'business phone'),
    15: of(coded, 'language'),
    16: of(coded, 'marital status'),
    17: of(coded, 'religion'),
    18: of(id, 'patient account number'),
    19: { name: 'ssn' },
    20: { name: 'driver license number' },
    21: of(id, 'mother number'),
    22: of(coded, 'ethnic group'),
    23: { name: 'birth place' },
    26: of(coded, 'citizenship'),
    28: of(coded, 'nationality'),
    29: { name: 'date of death' },
  },
  PD1: { 4: of(identified, 'primary care provider') },
  MRG: { 1: of(id, 'prior patient number'), 7: of(person, 'prior patient name') },
  NK1: {
    2: of(person, 'next of kin name'),
    3: of(coded, 'relationship'),
    4: of(address, 'next of kin address'),
    5: of(phone, 'phone'),
    6: of(phone, 'business phone'),
    16: { name: 'date of birth' },
    25: of(coded, 'religion'),
    28: of(coded, 'ethnic group'),
    30: of(person, 'contact person name'),
    31: of(phone, 'contact person phone'),
    32: of(address, 'contact person address'),
    33: of(id, 'next of kin number'),
    35: of(coded, 'race'),
    37: { name: 'contact person ssn' },
  },
  PV1: {
    7: of(identified, 'attending doctor'),
    8: of(identified, 'referring doctor'),
    9: of(identified, 'consulting doctor'),
    17: of(identified, 'admitting doctor'),
    19: of(id, 'visit number'),
  },
  IN1: {
    16: of(person, 'insured name'),
    18: { name: 'insured date of birth' },
    19: of(address, 'insured address'),
    36: { name: 'policy number' },
    49: of(id, 'insured number'),
  },
  IN2: {
    2: { name: 'insured ssn' },
    6: { name: 'medicare number' },
    8: { name: 'medicaid number' },
    61: of(id, 'member number'),
    63: of(phone, 'insured phone'),
  },
  GT1: {
    2: of(id, 'guarantor number'),
    3: of(person, 'guarantor name'),
    5: of(address, 'guarantor address'),
    6: of(phone, 'home phone'),
    7: of(phone, 'business phone'),
    8: { name: 'date of birth' },
    12: { name: 'guarantor ssn' },
    45: of(person, 'contact person name'),
    46: of(phone, 'contact person phone'),
  },
  DG1: { 3: of(coded, 'diagnosis'), 4: { name: 'diagnosis description' }, 16: of(identified, 'clinician') },
  PR1: { 3: of(coded, 'procedure'), 4: { name: 'procedure description' } },
  AL1: { 3: of(coded, 'allergy'), 5: { name: 'allergy reaction' } },
  ORC: {
    10: of(identified, 'entered by'),
    11: of(identified, 'verified by'),
    12: of(identified, 'ordering provider'),
  },
  OBR: {
    4: of(coded, 'service'),
    10: of(identified, 'collector'),
    13: { name: 'clinical information' },
    16: of(identified, 'ordering provider'),
    31: of(coded, 'reason for study'),
  },
  OBX: { 3: of(coded, 'observation'), 5: { name: 'observation value' }, 16: of(identified, 'observer') },
  RXO: { 1: of(coded, 'medication') },
  RXE: { 2: of(coded, 'medication') },
  RXD: { 2: of(coded, 'medication') },
  RXA: { 5: of(coded, 'medication') },
  NTE: { 3: { name: 'comment' } },
  STF: {
    3: of(person, 'staff name'),
    6: { name: 'date of birth' },
    10: of(phone, 'phone'),
    11: of(address, 'staff address'),
    15: { name: 'email' },
  },
}
