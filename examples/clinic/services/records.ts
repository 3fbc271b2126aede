import pg from 'pg'
import type { Device, Person } from '../people.ts'
import { addressOf, ports } from '../plan.ts'

const pool = new pg.Pool({
  host: addressOf('database'),
  port: ports.database,
  user: 'clinic',
  database: 'postgres',
  application_name: 'clinic-api',
  max: 2,
})
pool.on('error', () => undefined) // The next query says so.

/** Columns of a patient, and what of a form is kept in them. */
const kept = {
  name: 'name',
  born: 'born',
  email: 'email',
  phone: 'phone',
  street: 'street',
  nationality: 'nationality',
  iban: 'iban',
  ssn: 'ssn',
  insurance_number: 'insuranceNumber',
  diagnosis: 'diagnosis',
  blood_group: 'bloodGroup',
  medication: 'medication',
  allergy: 'allergy',
  religion: 'religion',
  legal_guardian: 'legalGuardian',
} as const satisfies Record<string, keyof Person>
const columns = Object.keys(kept)

export interface Journey {
  patient: { name: string; position: { latitude: number; longitude: number } }
}

export async function prepare(): Promise<void> {
  const typeOf = (column: string) => (column === 'born' ? 'date' : 'text')
  const list = columns.map((column) => `${column} ${typeOf(column)}`).join(', ')
  await pool.query(`CREATE TABLE IF NOT EXISTS patient (id serial PRIMARY KEY, ${list}, UNIQUE (email))`)
  await pool.query(`CREATE TABLE IF NOT EXISTS device (
    email text PRIMARY KEY, advertising_id text, imei text, ip_address inet)`)
  await pool.query('CREATE TABLE IF NOT EXISTS journey (patient_name text PRIMARY KEY, gps_position text)')
}

/** Who comes again is kept once. */
export async function admit(patient: Person): Promise<number> {
  const numbers = columns.map((_, i) => `$${i + 1}`).join(', ')
  const text = `INSERT INTO patient (${columns.join(', ')}) VALUES (${numbers})
    ON CONFLICT (email) DO UPDATE SET diagnosis = excluded.diagnosis RETURNING id`
  const { rows } = await pool.query<{ id: number }>(
    text,
    Object.values(kept).map((field) => patient[field]),
  )
  return rows[0].id
}

export async function find(email: string): Promise<unknown> {
  const text = `SELECT name, born, email, phone, iban, insurance_number, blood_group, medication, allergy
    FROM patient WHERE email = $1`
  const { rows } = await pool.query({ name: 'by-email', text, values: [email] })
  return rows[0] ?? null
}

export async function keepDevice(email: string, { advertisingId, imei, ipAddress }: Device): Promise<void> {
  const text = `INSERT INTO device (email, advertising_id, imei, ip_address) VALUES ($1, $2, $3, $4)
    ON CONFLICT (email) DO UPDATE SET ip_address = excluded.ip_address`
  await pool.query(text, [email, advertisingId, imei, ipAddress])
}

export async function keepJourney({ patient: { name, position } }: Journey): Promise<void> {
  const text = `INSERT INTO journey (patient_name, gps_position) VALUES ($1, $2)
    ON CONFLICT (patient_name) DO UPDATE SET gps_position = excluded.gps_position`
  await pool.query(text, [name, `${position.latitude},${position.longitude}`])
}

/** For the reception, the chaplain and a report. They go over the wire by the simple protocol; nobody reads them here. */
export async function report(): Promise<void> {
  await pool.query('SELECT name, phone, email FROM patient ORDER BY id DESC LIMIT 20')
  await pool.query('SELECT name, religion FROM patient ORDER BY id DESC LIMIT 20')
  await pool.query('COPY patient (name, ssn, diagnosis) TO STDOUT')
}
