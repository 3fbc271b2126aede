import type { FlowRecord, PersonalDataRecord } from '../../../src/model/records.ts'
import type { Datum } from './patients.ts'

/** A way in which a patient's data leaves or reaches the clinic. */
export interface Way {
  name: string
  direction: PersonalDataRecord['direction']
  application: FlowRecord['application']
  /** Over the loopback, before a sidecar encrypts it. */
  isToSidecar?: true
  /** Where a datum stands, which is one of its record by this number; undefined where there is no place for it. */
  fieldOf: (datum: Datum, number: number) => string | undefined
}

const http = { direction: 'to-server', application: 'HTTP' } as const
const postgresql = { application: 'PostgreSQL' } as const

export const ways: readonly Way[] = [
  { name: 'JSON over HTTP', ...http, fieldOf: ({ field }) => `http.body $.patient.${field}` },
  {
    name: 'JSON in an answer',
    ...http,
    direction: 'to-client',
    fieldOf: ({ field }) => `http.body $.record.${field}`,
  },
  { name: 'a form over HTTP', ...http, fieldOf: ({ field }) => `http.form ${field}` },
  {
    name: 'HTTPS by way of a sidecar',
    ...http,
    isToSidecar: true,
    fieldOf: ({ field }) => `http.body $.result.${field}`,
  },
  {
    name: 'parameters of SQL',
    ...postgresql,
    direction: 'to-server',
    fieldOf: ({ field }, number) => `sql.parameter $${number} ${field}`,
  },
  {
    name: 'result rows of SQL',
    ...postgresql,
    direction: 'to-client',
    fieldOf: ({ field }) => `sql.column ${field}`,
  },
  { name: 'an upload of CSV', ...http, fieldOf: ({ field }) => `http.body ${field}` },
  {
    name: 'an upload of XML',
    ...http,
    fieldOf: ({ field }) => `http.body export /patients/patient/${field}`,
  },
  {
    name: 'an upload of HL7',
    ...http,
    fieldOf: ({ hl7 }) => hl7 && `http.body ${hl7.position} ${hl7.name}`,
  },
]
