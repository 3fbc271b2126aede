// What the front of the clinic asks: keeps patients in the database, and tells the partner of them in every way there is.
import { createServer, type IncomingMessage } from 'node:http'
import type { Device, Person } from '../people.ts'
import { ports } from '../plan.ts'
import { bill, prescribe, sendAdmission, sendList, sendResult } from './partner-link.ts'
import { admit, find, keepDevice, keepJourney, prepare, report, type Journey } from './records.ts'
import { bodyOf, serve } from './service.ts'

/** After so many patients reports are made, and a list of them goes to the partner. */
const REPORT_EVERY = 10
const latest: Person[] = []

async function receive(patient: Person): Promise<unknown> {
  const id = await admit(patient)
  await Promise.all([bill(patient), prescribe(patient), sendResult(patient), sendAdmission(patient)])
  latest.push(patient)
  if (latest.length === REPORT_EVERY) await Promise.all([report(), sendList(latest.splice(0))])
  return { id }
}

async function handle(request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://api')
  if (request.method !== 'POST') return find(url.searchParams.get('email') ?? '')
  const body: unknown = JSON.parse(await bodyOf(request))
  if (url.pathname === '/patients') return receive(body as Person)
  if (url.pathname === '/ambulance') return keepJourney(body as Journey)
  const { patient, device } = body as { patient: string; device: Device }
  return keepDevice(patient, device)
}

await prepare()
serve(
  createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    handle(request).then(
      (result) => response.end(JSON.stringify(result ?? null)),
      (error: Error) => response.writeHead(500).end(JSON.stringify({ error: error.message })),
    )
  }).listen(ports.api, '::'),
)
