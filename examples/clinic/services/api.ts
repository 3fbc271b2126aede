// What the front of the clinic asks: keeps patients in the database, bills by plain HTTP, sends results by HTTPS.
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import pg from 'pg'
import type { Person } from '../people.ts'
import { addressOf, address6Of, partnerName, ports } from '../plan.ts'
import { bodyOf, serve } from './service.ts'

/** After so many patients the day's list is copied out, as a report would. */
const REPORT_EVERY = 25

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
    id serial PRIMARY KEY, name text, born date, email text, phone text, iban text, ssn text, diagnosis text)`)
  await pool.query('CREATE INDEX IF NOT EXISTS patient_email ON patient (email)')
}

async function admit({ name, born, email, phone, iban, ssn, diagnosis }: Person): Promise<number> {
  const text =
    'INSERT INTO patient (name, born, email, phone, iban, ssn, diagnosis) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id'
  const { rows } = await pool.query<{ id: number }>(text, [name, born, email, phone, iban, ssn, diagnosis])
  const { id } = rows[0]
  if (id % REPORT_EVERY === 0)
    await pool.query('SELECT name, phone, email FROM patient ORDER BY id DESC LIMIT 20')
  return id
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
