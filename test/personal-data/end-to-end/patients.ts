import type { Category } from '../../../src/model/records.ts'

/** One datum of a patient, and how it is to be found. */
export interface Datum {
  identifier: string
  category: Category
  /** What the field, the column or the element is called. */
  field: string
  value: string
  /** Where HL7 v2 has it: position, what Pavise calls that, and the value where it is another there. */
  hl7?: { position: string; name: string; value?: string }
}

/** A patient who does not exist: numbers are well-formed and nobody's. */
export const groups: Readonly<Record<string, readonly Datum[]>> = {
  'identity and contact': [
    {
      identifier: 'name',
      category: 'identity',
      field: 'full_name',
      value: 'Kristýna Papadopoulos',
      hl7: { position: 'PID-5.1', name: 'patient name family name', value: 'Papadopoulos' },
    },
    {
      identifier: 'date-of-birth',
      category: 'identity',
      field: 'date_of_birth',
      value: '1957-11-23',
      hl7: { position: 'PID-7', name: 'date of birth', value: '19571123' },
    },
    {
      identifier: 'email',
      category: 'contact',
      field: 'email',
      value: 'kristyna.p@clinic-example.org',
      hl7: { position: 'PID-13.4', name: 'home phone email' },
    },
    {
      identifier: 'phone',
      category: 'contact',
      field: 'mobile',
      value: '+493090182017',
      hl7: { position: 'PID-13.1', name: 'home phone phone' },
    },
    {
      identifier: 'postal-address',
      category: 'contact',
      field: 'street_address',
      value: 'Lindenallee 177',
      hl7: { position: 'PID-11.1', name: 'patient address street' },
    },
    { identifier: 'iban', category: 'financial', field: 'iban', value: 'DE89370400440532013000' },
  ],
  'health and genetics': [
    {
      identifier: 'diagnosis',
      category: 'health',
      field: 'diagnosis',
      value: 'F32.1',
      hl7: { position: 'DG1-3.1', name: 'diagnosis code' },
    },
    {
      identifier: 'de-kvnr',
      category: 'health',
      field: 'kvnr',
      value: 'A123456780',
      hl7: { position: 'IN1-49.1', name: 'insured number id' },
    },
    { identifier: 'medication', category: 'health', field: 'medication', value: 'Metformin 500 mg' },
    { identifier: 'blood-group', category: 'health', field: 'blood_group', value: 'AB-' },
    {
      identifier: 'allergy',
      category: 'health',
      field: 'allergy',
      value: 'Penicillin',
      hl7: { position: 'AL1-3.2', name: 'allergy text' },
    },
    { identifier: 'genetic-variant', category: 'genetic', field: 'gene_variant', value: 'c.1521_1523del' },
  ],
  'online and location': [
    { identifier: 'ip-address', category: 'online', field: 'ip_address', value: '203.0.113.77' },
    { identifier: 'imei', category: 'online', field: 'imei', value: '490154203237518' },
    { identifier: 'mac-address', category: 'online', field: 'mac_address', value: '3C:22:FB:12:AB:9E' },
    {
      identifier: 'advertising-id',
      category: 'online',
      field: 'advertising_id',
      value: 'EA7583CD-A667-48BC-B806-42ECB2B48606',
    },
    { identifier: 'coordinates', category: 'location', field: 'gps_position', value: '52.520008,13.404954' },
  ],
  'special categories, convictions and children': [
    {
      identifier: 'religion',
      category: 'special',
      field: 'religion',
      value: 'Greek Orthodox',
      hl7: { position: 'PID-17.2', name: 'religion text' },
    },
    {
      identifier: 'ethnicity',
      category: 'special',
      field: 'ethnic_group',
      value: 'Roma',
      hl7: { position: 'PID-22.2', name: 'ethnic group text' },
    },
    { identifier: 'political-opinion', category: 'special', field: 'political_party', value: 'Green Party' },
    { identifier: 'trade-union', category: 'special', field: 'trade_union', value: 'ver.di' },
    { identifier: 'criminal-record', category: 'criminal', field: 'criminal_record', value: 'Tax evasion' },
    { identifier: 'child', category: 'children', field: 'school_class', value: '5b' },
  ],
}
