import { once } from 'node:events'
import { createServer as createHttp, request as httpRequest, type RequestListener } from 'node:http'
import { createServer as createHttps, request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { groups, type Datum } from './patients.ts'

/* What runs in the network namespaces of the test. */

const sidecarPort = 15_001

interface Asked {
  patient: object
}

/** A server that answers a patient in JSON with the record of that patient, and takes all else; by HTTPS as well. */
export async function partner(certificate: { key: string; cert: string }): Promise<void> {
  const answer: RequestListener = (request, response) => {
    void text(request).then((body) => {
      const answered = request.url === '/record' ? { record: (JSON.parse(body) as Asked).patient } : {}
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answered))
    })
  }
  await Promise.all([
    once(createHttp(answer).listen(80), 'listening'),
    once(createHttps(certificate, answer).listen(443), 'listening'),
  ])
}

/** Takes HTTP on the loopback and passes it on by HTTPS. */
export async function sidecar(to: string): Promise<void> {
  const server = createHttp((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const tls = { servername: 'lab.partner.example', rejectUnauthorized: false }
    const onward = httpsRequest({ host: to, method, path: url, headers, ...tls }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      void pipeline(answer, outgoing)
    })
    void pipeline(incoming, onward)
  })
  await once(server.listen(sidecarPort, '127.0.0.1'), 'listening')
}

interface Places {
  partner: string
  database: string
  user: string
}

/** Sends each group of data every way there is. */
export async function clinic({ partner, database, user }: Places): Promise<void> {
  const client = new pg.Client({ host: database, port: 5432, user, database: 'postgres' })
  await client.connect()
  for (const data of Object.values(groups)) {
    const record = Object.fromEntries(data.map(({ field, value }) => [field, value]))
    await post(partner, '/record', 'application/json', JSON.stringify({ patient: record }))
    await post(partner, '/form', 'application/x-www-form-urlencoded', String(new URLSearchParams(record)))
    await post('127.0.0.1', '/results', 'application/json', JSON.stringify({ result: record }), sidecarPort)
    await keep(client, record)
    await upload(partner, 'patients.csv', 'text/csv', csvOf(record))
    await upload(partner, 'patients.xml', 'application/xml', xmlOf(record))
    // As curl sends a file whose ending it does not know.
    await upload(partner, 'admission.hl7', 'application/octet-stream', hl7Of(data))
  }
  await client.end()
}

async function post(host: string, path: string, type: string, body: string, port = 80): Promise<void> {
  const request = httpRequest({ host, port, path, method: 'POST', headers: { 'content-type': type } })
  const [answer] = (await once(request.end(body), 'response')) as [NodeJS.ReadableStream]
  await text(answer)
}

/** As parameters and as rows, by the extended protocol. */
async function keep(client: pg.Client, record: Record<string, string>): Promise<void> {
  const columns = Object.keys(record)
  await client.query(`CREATE TEMPORARY TABLE patient (${columns.map((column) => `${column} text`).join()})`)
  const numbers = columns.map((_, i) => `$${i + 1}`).join()
  await client.query(`INSERT INTO patient (${columns.join()}) VALUES (${numbers})`, Object.values(record))
  await client.query('SELECT * FROM patient WHERE $1', [true])
  await client.query('DROP TABLE patient')
}

async function upload(host: string, name: string, type: string, content: string): Promise<void> {
  const form = new FormData()
  form.append('export', new Blob([content], { type }), name)
  await fetch(`http://${host}/files`, { method: 'POST', body: form }).then((answer) => answer.text())
}

function csvOf(record: Record<string, string>): string {
  const values = Object.values(record).map((value) => (value.includes(',') ? `"${value}"` : value))
  return `${Object.keys(record).join()}\r\n${values.join()}\r\n`
}

function xmlOf(record: Record<string, string>): string {
  const elements = Object.entries(record).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<?xml version="1.0"?><patients><patient>${elements.join('')}</patient></patients>`
}

/** An admission: what HL7 v2 has a place for. */
function hl7Of(data: readonly Datum[]): string {
  const segments = new Map([['PID', ['PID', '1']]])
  for (const { value, hl7 } of data) {
    if (hl7 === undefined) continue
    const [segment, field, component = 1] = hl7.position.split(/[-.]/)
    const fields = segments.get(segment) ?? [segment, '1']
    const components = (fields[Number(field)] ?? '').split('^')
    components[Number(component) - 1] = hl7.value ?? value
    fields[Number(field)] = joined(components, '^')
    segments.set(segment, fields)
  }
  const header = 'MSH|^~\\&|WARD|CLINIC|LAB|PARTNER|20261121083000||ADT^A01|4711|P|2.5'
  return [header, ...[...segments.values()].map((fields) => joined(fields, '|'))].join('\r')
}

/** Also of what has gaps. */
function joined(parts: readonly string[], separator: string): string {
  return Array.from(parts, (part) => part ?? '').join(separator)
}
