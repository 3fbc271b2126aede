import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { AttackRecord, FlowRecord, PersonalDataRecord, SummaryRecord } from '../../src/model/records.ts'
import { concatenate, ethernet, ipv4, tcp } from '../../src/packet/frames.ts'
import { LinkType, Packet } from '../../src/packet/packet.ts'
import { PcapWriter } from '../../src/packet/capture/pcap-writer.ts'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pavise-inspect-'))
after(() => rmSync(folder, { recursive: true }))

const IBAN = 'DE89370400440532013000'
const EMAIL = 'jane.doe@clinic-example.org'
const client = '10.0.0.1'
const server = '10.0.0.2'

/** A capture of one HTTP exchange whose request is cut into pieces of `piece` bytes. */
function capture(request: string, piece: number): Buffer {
  const chunks: Buffer[] = []
  const sink = {
    write: (bytes: Uint8Array, start: number, end: number) =>
      void chunks.push(Buffer.from(bytes.slice(start, end))),
  }
  const writer = new PcapWriter(sink, { linkType: LinkType.ethernet })
  let time = 1_700_000_000_000_000
  const send = (
    isClient: boolean,
    sequence: number,
    acknowledgment: number,
    flags: number,
    payload: string,
  ) => {
    const [source, destination] = isClient ? [client, server] : [server, client]
    const [sourcePort, destinationPort] = isClient ? [40_000, 80] : [80, 40_000]
    const segment = tcp(
      { sourcePort, destinationPort, sequence, acknowledgment, flags },
      Buffer.from(payload),
    )
    const packet = new Packet()
    packet.bytes = ethernet(0x0800, ipv4({ protocol: 6, source, destination }, segment))
    packet.start = 0
    packet.end = packet.bytes.length
    packet.originalLength = packet.end
    packet.time = time += 1000
    writer.packet(packet)
  }
  send(true, 100, 0, 2, '')
  send(false, 500, 101, 18, '')
  for (let at = 0; at < request.length; at += piece)
    send(true, 101 + at, 501, 24, request.slice(at, at + piece))
  send(false, 501, 101 + request.length, 24, 'HTTP/1.1 204 No Content\r\n\r\n')
  return Buffer.concat(chunks)
}

const body = JSON.stringify({ patient: { account: { iban: IBAN }, contact: [{ email: EMAIL }] } })
const request = `POST /intake HTTP/1.1\r\nHost: clinic.example\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`

function inspect(file: string, ...options: string[]) {
  const run = spawnSync(process.execPath, [launcher, 'inspect', file, ...options], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status: run.status, stdout: run.stdout, stderr: run.stderr }
}

function records(stdout: string) {
  const all = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string })
  const of = <T>(type: string) => all.filter((record) => record.type === type) as T[]
  return {
    flows: of<FlowRecord>('flow'),
    findings: of<PersonalDataRecord>('personal-data'),
    attacks: of<AttackRecord>('attack'),
    summary: of<SummaryRecord>('summary')[0],
  }
}

suite('pavise inspect', () => {
  test('names flow, field and sample, however the request was cut, and never the value', () => {
    for (const piece of [1, 7, 1460]) {
      const file = join(folder, `cut-${piece}.pcap`)
      writeFileSync(file, capture(request, piece))
      const { status, stdout } = inspect(file, '--json')
      assert.equal(status, 1)
      const { flows, findings, summary } = records(stdout)
      assert.equal(flows.length, 1)
      assert.equal(flows[0].application, 'HTTP')
      assert.equal(flows[0].serverName, 'clinic.example')
      assert.deepEqual(flows[0].client, { address: '10.0.0.1', port: 40_000 })
      const found = findings.map(({ identifier, field, count, direction }) => ({
        identifier,
        field,
        count,
        direction,
      }))
      assert.deepEqual(found, [
        { identifier: 'iban', field: 'http.body $.patient.account.iban', count: 1, direction: 'to-server' },
        {
          identifier: 'email',
          field: 'http.body $.patient.contact[].email',
          count: 1,
          direction: 'to-server',
        },
      ])
      assert.deepEqual(summary.findings, { iban: 1, email: 1 })
      for (const value of [IBAN, EMAIL]) assert.ok(!stdout.includes(value))
    }
  })

  test('a percent-encoded value in a query string is found under its name', () => {
    const file = join(folder, 'query.pcap')
    writeFileSync(
      file,
      capture(`GET /find?mail=${encodeURIComponent(EMAIL)}&x=1 HTTP/1.1\r\nHost: a\r\n\r\n`, 1460),
    )
    const { findings } = records(inspect(file, '--json').stdout)
    assert.deepEqual(
      findings.map(({ identifier, field }) => [identifier, field]),
      [['email', 'http.query mail']],
    )
  })

  test('a gzipped capture gives the same', () => {
    const file = join(folder, 'day.pcap.gz')
    writeFileSync(file, gzipSync(capture(request, 100)))
    assert.deepEqual(records(inspect(file, '--json').stdout).summary.findings, { iban: 1, email: 1 })
  })

  test('a truncated capture gives what was readable, the byte, and exit code 3', () => {
    const file = join(folder, 'cut.pcap')
    const whole = concatenate(capture(request, 1460))
    writeFileSync(file, whole.subarray(0, whole.length - 5))
    const { status, stdout, stderr } = inspect(file, '--json')
    assert.equal(status, 3)
    assert.match(stderr, /incomplete at byte \d+: /)
    assert.deepEqual(records(stdout).summary.findings, { iban: 1, email: 1 })
  })

  test('what is not a capture is told, and exit codes follow --fail-on', () => {
    const text = join(folder, 'notes.txt')
    writeFileSync(text, 'these are notes and not packets')
    assert.equal(inspect(text).status, 3)
    const file = join(folder, 'cut-7.pcap')
    assert.equal(inspect(file, '--fail-on', 'none').status, 0)
    assert.equal(inspect(file, '--fail-on', 'clear').status, 1)
  })

  test('an attack is a record with its reasons and no value, a row for people, and a finding for the exit code', () => {
    const file = join(folder, 'attack.pcap')
    const value = encodeURIComponent("Meier' or 2=2 -- ")
    writeFileSync(file, capture(`GET /find?name=${value} HTTP/1.1\r\nHost: a\r\n\r\n`, 20))
    const { status, stdout } = inspect(file, '--json')
    assert.equal(status, 1)
    const { attacks, summary } = records(stdout)
    assert.deepEqual(
      attacks.map(({ class: kind, place, field, request: of }) => ({ kind, place, field, of })),
      [
        {
          ...{ kind: 'sql-injection', place: 'query', field: 'name' },
          of: { method: 'GET', path: '/find' },
        },
      ],
    )
    assert.deepEqual(summary.attacks, { 'sql-injection': 1 })
    assert.ok(!stdout.includes('Meier'))
    assert.match(inspect(file).stdout, /^ATTACK .*\nsql-injection .* query name /m)
  })

  test('people get a table with what is in the clear', () => {
    const { stdout } = inspect(join(folder, 'cut-7.pcap'))
    assert.match(stdout, /^PERSONAL DATA .*\n(iban|email) .*HTTP CLEAR/)
    assert.ok(!stdout.includes(IBAN) && !stdout.includes(EMAIL))
  })
})
