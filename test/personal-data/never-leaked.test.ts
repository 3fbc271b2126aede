import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { FlowRecord, PersonalDataRecord } from '../../src/model/records.ts'
import { onlyNamespaces, PaviseUp } from '../enforcer/pavise-up.ts'
import { needsRoot, NetworkLab } from '../support/network-lab.ts'

/** Values that cross the wire, by the identifier that finds them. Synthetic, with valid checksums. */
const planted: Record<string, string> = {
  iban: 'DE89370400440532013000',
  'payment-card': '5555555555554444',
  email: 'jane.q.doe@clinic-example.org',
  phone: '+493090182017',
  'us-ssn': '274901186',
  'de-tax-id': '86095742719',
  name: 'Kristýna Papadopoulos',
  'date-of-birth': '1957-11-23',
  'postal-address': 'Lindenallee 177, 76002 Torino',
  diagnosis: 'Bronchialkarzinom links',
}

/** A server that answers with what it got, as JSON, and in a header. */
const server = `
  const { createServer } = require('node:http')
  createServer((request, response) => {
    const parts = []
    request.on('data', (part) => parts.push(part)).on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.setHeader('x-echo', encodeURIComponent(request.url))
      response.end(JSON.stringify({ echo: Buffer.concat(parts).toString('latin1') }))
    })
  }).listen(80, '::', () => console.log('listening'))`

/** Sends the values in every way that HTTP has, as values and as names of fields, whole and broken. */
function client(address: string): string {
  return `
    const planted = ${JSON.stringify(planted)}
    const { gzipSync } = require('node:zlib')
    const { connect } = require('node:net')
    const field = { 'payment-card': 'card_number', 'us-ssn': 'ssn', 'de-tax-id': 'steuer_id', name: 'full_name', 'date-of-birth': 'dob', 'postal-address': 'anschrift' }
    const record = Object.fromEntries(Object.entries(planted).map(([id, value]) => [field[id] ?? id, value]))
    const form = new URLSearchParams(record).toString()
    const json = JSON.stringify({ patient: record, list: [record, record] })
    const keyed = JSON.stringify(Object.fromEntries(Object.values(planted).map((value) => [value, { email: planted.email }])))
    const xml = '<r>' + Object.entries(record).map(([k, v]) => '<' + k + '>' + v + '</' + k + '>').join('') + '</r>'
    const csv = Object.keys(record).join(';') + '\\n' + Object.values(record).map((v) => '"' + v + '"').join(';') + '\\n'
    const values = Object.values(planted)
    const post = (type, body, headers = {}) => fetch('http://${address}/records?' + form, { method: 'POST', body, headers: { 'content-type': type, ...headers } }).then((answer) => answer.text())
    const raw = (text) => new Promise((resolve) => {
      const socket = connect(80, '${address}', () => socket.end(text))
      socket.on('close', resolve).on('error', resolve).resume()
    })
    ;(async () => {
      await post('application/json', json)
      await post('application/json', keyed)
      await post('application/json', gzipSync(json), { 'content-encoding': 'gzip' })
      await post('application/x-www-form-urlencoded', form)
      await post('application/xml', xml)
      await post('text/csv', csv)
      await post('text/csv', values.join(';') + '\\n' + values.join(';') + '\\n')
      await post('text/plain', 'My name is ' + planted.name + ', mail ' + planted.email)
      await post('application/octet-stream', json)
      const multipart = new FormData()
      for (const [name, value] of Object.entries(record)) multipart.append(name, value)
      await fetch('http://${address}/upload', { method: 'POST', body: multipart }).then((answer) => answer.text())
      await fetch('http://${address}/patients/' + values.map(encodeURIComponent).join('/'), { headers: { cookie: 'user=' + encodeURIComponent(planted.email) + '; iban=' + planted.iban, 'user-agent': 'reader (' + planted.email + ')', referer: 'http://x/?' + form, authorization: 'Basic ' + Buffer.from(planted.email + ':' + planted.phone).toString('base64') } }).then((answer) => answer.text())
      await raw('GET /' + planted.iban + ' HTTP/1.1\\r\\nHost: ' + planted.email + '\\r\\n' + planted.iban + ': x\\r\\n\\r\\n')
      await raw(planted.email + ' /' + planted['payment-card'] + ' HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')
      await raw('POST /a HTTP/1.1\\r\\nHost: x\\r\\nContent-Type: ' + planted.email + '\\r\\nContent-Length: ' + planted['us-ssn'] + '\\r\\n\\r\\n' + json)
      await raw('EHLO ' + planted.email + '\\r\\n' + values.join('\\r\\n'))
      console.log('sent')
    })()`
}

/** All ways in which a value might be written. */
function encodings(value: string): Buffer[] {
  const spellings = new Set([value, value.toLowerCase(), value.toUpperCase(), value.replace(/[ ,.+-]/g, '')])
  const texts = [...spellings].flatMap((text) => [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('hex'),
    Buffer.from(text, 'latin1').toString('hex'),
    [...text].toReversed().join(''),
    // Base64 at each of its three alignments, without what neighbours change.
    ...[0, 1, 2].map((shift) =>
      Buffer.from('x'.repeat(shift) + text)
        .toString('base64')
        .slice(shift === 0 ? 0 : 4, -4),
    ),
  ])
  const wide = [...spellings].map((text) => Buffer.from(text, 'utf16le'))
  return [...texts.map((text) => Buffer.from(text)), ...wide]
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const kind = statSync(path)
    if (kind.isDirectory()) return filesBelow(path)
    return kind.isFile() ? [path] : []
  })
}

suite('what is found is never told', { skip: needsRoot }, () => {
  test('no planted value is in the store, the API, the output or the errors, in any encoding', async (t) => {
    const lab = new NetworkLab(t)
    const [web, sender] = [lab.add('web'), lab.add('sender')]
    await lab.start(web, server)
    const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
    await up.until<WorkloadState>(
      'workloads',
      (items) => items.filter(({ coverage }) => coverage === 'seen').length >= 2,
      'both namespaces are seen',
    )
    await lab.run(sender, client(web.address))
    const findings = await up.until<PersonalDataRecord>(
      'findings?limit=1000',
      (items) => Object.keys(planted).every((id) => items.some(({ identifier }) => identifier === id)),
      'each planted kind is found',
    )
    assert.ok(findings.length > 50, `${findings.length} findings`)
    const answers = await Promise.all(
      ['workloads', 'flows?limit=1000', 'findings?limit=1000', 'coverage?limit=1000'].map(async (path) =>
        JSON.stringify(await up.get<FlowRecord>(path)),
      ),
    )
    await up.stop('SIGTERM')
    const places: [place: string, bytes: Buffer][] = [
      ['the output', Buffer.from(up.output)],
      ['the errors', Buffer.from(up.errors)],
      ...answers.map((text, i): [string, Buffer] => [`answer ${i} of the API`, Buffer.from(text)]),
      ...filesBelow(up.folder).map((path): [string, Buffer] => [path, readFileSync(path)]),
    ]
    assert.ok(places.some(([, bytes]) => bytes.includes('"masked"') || bytes.includes('masked')))
    for (const [id, value] of Object.entries(planted)) {
      for (const encoding of encodings(value)) {
        for (const [place, bytes] of places) {
          const at = bytes.indexOf(encoding)
          const around = bytes.subarray(Math.max(0, at - 80), at).toString('latin1')
          assert.ok(at < 0, `the ${id} stands in ${place}, behind ${JSON.stringify(around)}`)
        }
      }
    }
  })
})
