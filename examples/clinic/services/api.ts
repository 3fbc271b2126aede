// What the front of the clinic asks: keeps patients in the database, bills by plain HTTP, sends results by HTTPS.
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import pg from 'pg'
import type { Person } from '../people.ts'
import { addressOf, address6Of, partnerName, ports } from '../plan.ts'
import { bodyOf, serve } from './service.ts'

/** After so many visits the list of patients is copied out, as for a report. */
const REPORT_EVERY = 10
let visits = 0

const pool = new pg.Pool({
  host: addressOf('database'),
  port: ports.database,
  user: 'clinic',
  database: 'postgres',
  application_name: 'clinic-api',
  max: 2,
})
pool.on('error', () => undefined) // The next query says so.

async function prepare(): Promise<void> {
  await pool.query(`CREATE TABLE IF NOT EXISTS patient (
    id serial PRIMARY KEY, name text, born date, email text UNIQUE, phone text, iban text, ssn text, diagnosis text)`)
}

/** Who comes again is kept once. */
async function admit({ name, born, email, phone, iban, ssn, diagnosis }: Person): Promise<number> {
  const text = `INSERT INTO patient (name, born, email, phone, iban, ssn, diagnosis) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (email) DO UPDATE SET diagnosis = excluded.diagnosis RETURNING id`
  const { rows } = await pool.query<{ id: number }>(text, [name, born, email, phone, iban, ssn, diagnosis])
  if (++visits % REPORT_EVERY === 0) await report()
  return rows[0].id
}

/** Both go over the wire by the simple protocol; what is copied out is of no use here. */
async function report(): Promise<void> {
  await pool.query('SELECT name, phone, email FROM patient ORDER BY id DESC LIMIT 20')
  await pool.query('COPY patient (name, ssn, diagnosis) TO STDOUT')
}

async function find(email: string): Promise<unknown> {
  const text = 'SELECT name, born, email, phone, iban FROM patient WHERE email = $1'
  const { rows } = await pool.query({ name: 'by-email', text, values: [email] })
  return rows[0] ?? null
}

/** The account goes over the wire as it is: what the demonstration is to find. */
async function bill({ name, iban, card }: Person): Promise<void> {
  const host = address6Of('partner')
  const options = { host, port: ports.partner, method: 'POST', path: '/claims', family: 6 }
  await send(httpRequest, options, { invoice: { payer: name, iban, card } })
}

/** The same partner, encrypted. */
async function sendResult({ ssn, diagnosis }: Person): Promise<void> {
  const tls = { servername: partnerName, rejectUnauthorized: false, agent: false }
  const options = {
    host: addressOf('partner'),
    port: ports.partnerTls,
    method: 'POST',
    path: '/results',
    ...tls,
  }
  await send(httpsRequest, options, { patient: ssn, diagnosis })
}

function send(request: typeof httpRequest, options: object, body: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { host: partnerName, 'content-type': 'application/json' }
    request({ ...options, headers }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end(JSON.stringify(body))
  })
}

async function handle(request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://api')
  if (request.method !== 'POST') return find(url.searchParams.get('email') ?? '')
  const patient = JSON.parse(await bodyOf(request)) as Person
  const id = await admit(patient)
  await Promise.all([bill(patient), sendResult(patient)])
  return { id }
}

await prepare()
serve(
  createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    handle(request).then(
      (result) => response.end(JSON.stringify(result)),
      (error: Error) => response.writeHead(500).end(JSON.stringify({ error: error.message })),
    )
  }).listen(ports.api, '::'),
)
