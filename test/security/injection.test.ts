import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import {
  coverageSchema,
  flowSchema,
  personalDataSchema,
  violationSchema,
} from '../../src/model/record-schemas.ts'
import { startApiServer } from '../controller/api-fixture.ts'
import { EnforcerClient } from '../controller/enforcer-client.ts'
import { sampleCoverage, sampleFinding, sampleFlow, sampleViolation } from '../records.ts'

/** What would break out of a line, an event, a cell, a label, a page or a terminal. */
const hostile =
  '=cmd()|"x",\'y\'\r\n\r\nevent: forged\ndata: {"type":"flow"}\n\n</script><img src=x onerror=alert(1)>\u001b[2J\u202e\u2028{x="1"} 1\n'

/** All that a parser or a decoder may put into a flow. */
const flow = sampleFlow({
  serverName: 'x',
  dnsName: 'x',
  tls: {
    ...{ version: 'x', cipher: 'x', sni: 'x', alpn: 'x', ja3: 'x', alerts: ['x'], offeredAlpn: ['x'] },
    certificates: [
      {
        ...{ subject: 'x', issuer: 'x', names: ['x'], key: 'x', fingerprint: 'x', selfSigned: true },
        ...{ notBefore: 'x', notAfter: 'x' },
      },
    ],
  },
  http: {
    ...{ requests: 1, responses: 1, statuses: {}, version: 'x', host: 'x', methods: ['x'] },
    ...{ userAgent: 'x', server: 'x', anomalies: ['x'] },
  },
  dns: { queries: 1, answers: 1, names: ['x'], types: ['x'], responseCodes: {} },
  postgresql: {
    ...{ statements: 1, rows: 1, errors: 0, user: 'x', database: 'x' },
    ...{ applicationName: 'x', serverVersion: 'x' },
  },
})

const samples: [TSchema, ObservedRecord][] = [
  [flowSchema, flow],
  [personalDataSchema, sampleFinding()],
  [coverageSchema, sampleCoverage()],
  [violationSchema, sampleViolation()],
]

/** A record for each of its texts that may be any text, with the hostile one in its place. */
function variants(schema: TSchema, record: ObservedRecord): ObservedRecord[] {
  const found: ObservedRecord[] = []
  const visit = (value: unknown, put: (changed: unknown) => unknown): void => {
    if (typeof value === 'string') {
      const changed = put(hostile) as ObservedRecord
      if (Check(schema, changed)) found.push(changed)
    } else if (Array.isArray(value)) {
      value.forEach((item, i) => visit(item, (inner) => put(value.with(i, inner))))
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value))
        visit(item, (inner) => put({ ...value, [name]: inner }))
    }
  }
  visit(record, (changed) => changed)
  return found
}

/** Under ids of their own, so that each is stored beside the others. */
function withIds(record: ObservedRecord, index: number): ObservedRecord {
  const id = `hostile-${index}`
  if (record.type === 'flow' || record.type === 'violation') return { ...record, id, recordId: id }
  return { ...record, recordId: id }
}

suite('text that traffic chose', () => {
  test('in any field of any record forges and breaks nothing, in whatever form it is asked for', async (t) => {
    const api = await startApiServer(t)
    const client = await EnforcerClient.join(api.socketPath)
    const records = samples.flatMap(([schema, record]) => variants(schema, record)).map(withIds)
    assert.ok(records.length > 30, `${records.length} fields`)
    const stream = await fetch(`${api.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${api.token}` },
    })
    client.batch(1, records)
    await client.acknowledged(1)

    for (const kind of ['flows', 'findings', 'coverage', 'violations']) {
      const { json, text } = await api.ask(`/api/v1/${kind}?limit=1000`)
      assert.doesNotMatch(text, /[\p{Cc}\u202e\u2028]/u, kind)
      assert.ok(JSON.stringify(json).includes('event: forged'), `${kind}: it is there as it came`)
      const lines = (await api.ask(`/api/v1/${kind}?format=ndjson`)).text.trimEnd().split('\n')
      assert.deepEqual(
        lines.map((line) => (JSON.parse(line) as { recordId: string }).recordId),
        json.items.map(({ recordId }: { recordId: string }) => recordId),
        kind,
      )
      const csv = (await api.ask(`/api/v1/${kind}?format=csv`)).text
      assert.equal(cellsOf(csv).length, json.items.length + 1, `${kind}: a row for each`)
      for (const cell of cellsOf(csv).flat()) assert.doesNotMatch(cell, /^[=+@]/, kind)
    }
    const metrics = (await api.ask('/metrics')).text
    for (const line of metrics.trimEnd().split('\n'))
      assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="([^"\\\n]|\\.)*",?)*\})? -?[\d.e+]+)$/)

    let told = ''
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      told += chunk
      if (told.split('\nevent: ').length > records.length) break
    }
    const events = told.split('\n\n').filter((block) => block.includes('event: '))
    for (const event of events) {
      assert.match(
        event,
        /^id: \S+\nevent: (flow|personal-data|coverage|violation|workload|status)\ndata: \{.*\}$/,
      )
      JSON.parse(event.slice(event.indexOf('data: ') + 6))
    }
  })
})

/** RFC 4180, read anew: rows of cells. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]]
  for (let at = 0; at < csv.length;) {
    const [whole, quoted, plain = '', end] =
      /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(csv.slice(at)) ?? []
    assert.ok(whole !== undefined, `no cell at ${at}: ${csv.slice(at, at + 80)}`)
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
    at += whole.length
  }
  return rows.slice(0, -1)
}
