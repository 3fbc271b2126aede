import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ethernet, ipv4, udp } from '../../src/packet/frames.ts'
import { IpProtocol, LinkType, Packet } from '../../src/packet/packet.ts'
import { PcapWriter } from '../../src/packet/capture/pcap-writer.ts'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pavise-sensors-'))
after(() => rmSync(folder, { recursive: true }))

const state = join(folder, 'state')
const ours = join(folder, 'ours.yaml')
const theirs = join(folder, 'theirs.yaml')
const PATIENT = 'ACME-49927395'
const NUMBER = 'PAT-12345678'

writeFileSync(
  ours,
  `apiVersion: pavise.dev/v1
kind: Recogniser
metadata: { name: acme-patient-number }
spec:
  name: ACME patient number
  category: health
  expressions: [{ expression: 'ACME-\\d{8}', confidence: 0.9 }]
  checksum: luhn
  fieldNames: [patient number]
  mask: { last: 2 }
  examples: { good: ['${PATIENT}'], bad: ['ACME-49927396'] }
`,
)
writeFileSync(
  theirs,
  `apiVersion: neuvector.com/v1
kind: NvDlpSecurityRule
metadata: { name: sensor.patientno }
spec:
  sensor:
    name: sensor.patientno
    rules:
    - name: rule.patientno
      patterns: [{ key: pattern, op: regex, value: '\\bPAT-\\d{8}\\b', context: body }]
`,
)

function pavise(words: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...words], {
    ...{ input, encoding: 'utf8', timeout: 30_000 },
    env: { ...process.env, NO_COLOR: '1', PAVISE_STATE_DIR: state },
  })
  const records = () => stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  return { status, stdout, stderr, records }
}

test('--sensors brings recognisers and rules to detect, as often as it is given', () => {
  const words = ['detect', '--sensors', ours, '--sensors', theirs, '--json']
  const { status, records, stdout } = pavise(words, `${PATIENT} and ${NUMBER}`)
  assert.equal(status, 1)
  const found = records().map(({ identifier, masked, category }) => [identifier, masked, category])
  assert.deepEqual(found, [
    ['acme-patient-number', '****-******95', 'health'],
    ['sensor.patientno/rule.patientno', '***-******78', 'identity'],
  ])
  assert.ok(!stdout.includes(PATIENT) && !stdout.includes(NUMBER))
})

test('--sensors takes a folder, and brings them to inspect', () => {
  const capture = join(folder, 'day.pcap')
  writeFileSync(capture, captureOf(`patient ${PATIENT} has ${NUMBER}`))
  const { records } = pavise(['inspect', '--sensors', ours, '--sensors', theirs, '--json', capture])
  const found = records().flatMap(({ type, identifier }) => (type === 'personal-data' ? [identifier] : []))
  assert.deepEqual(new Set(found), new Set(['acme-patient-number', 'sensor.patientno/rule.patientno']))
})

test('sensors are added, listed, tried and removed', () => {
  const added = pavise(['sensors', 'add', ours, theirs])
  assert.equal(added.status, 0, added.stderr)
  const kept = join(state, 'sensors')
  assert.deepEqual(readdirSync(kept).toSorted(), ['ours.yaml', 'theirs.yaml'])
  assert.equal(statSync(join(kept, 'ours.yaml')).mode & 0o777, 0o600)

  const listed = pavise(['sensors', 'list', '--json']).records()
  const kindOf = (id: string) => listed.find((sensor) => sensor.id === id)
  assert.equal(kindOf('acme-patient-number').kind, 'recogniser')
  assert.equal(kindOf('sensor.patientno/rule.patientno').kind, 'rule')
  assert.deepEqual(
    [kindOf('us-ssn').kind, kindOf('us-ssn').country, kindOf('us-ssn').neuvector],
    ['built-in', 'us', 'sensor.ssn'],
  )
  assert.match(pavise(['sensors', 'list']).stdout, /acme-patient-number +ACME patient number +health +yours/)

  const tried = pavise(['sensors', 'test', `patient ${PATIENT}, ${NUMBER}`])
  assert.match(tried.stdout, /ACME patient number \(acme-patient-number, health\)[^]*Luhn formula/)
  assert.match(
    tried.stdout,
    /\(sensor\.patientno\/rule\.patientno, identity\)\n +rule +all its patterns match/,
  )
  assert.ok(!tried.stdout.includes(PATIENT))

  assert.match(pavise(['sensors', 'add', ours]).stderr, /ours\.yaml was added before/)
  assert.equal(pavise(['sensors', 'add', '--replace', ours]).status, 0)
  assert.equal(pavise(['sensors', 'remove', 'sensor.patientno']).status, 0)
  assert.equal(pavise(['sensors', 'remove', 'ours.yaml']).status, 0)
  assert.deepEqual(readdirSync(kept), [])
})

test('what is wrong is refused with its place and a next step, and nothing is kept', () => {
  const bad = join(folder, 'bad.yaml')
  writeFileSync(
    bad,
    'apiVersion: pavise.dev/v1\nkind: Recogniser\nmetadata: { name: x }\nspec: { name: 1 }\n',
  )
  const { status, stderr } = pavise(['sensors', 'add', bad])
  assert.equal(status, 2)
  assert.match(stderr, /^SENSOR_INVALID: .*bad\.yaml:4: Recogniser: spec/m)
  assert.ok(!existsSync(join(state, 'sensors', 'bad.yaml')))
  for (const words of [
    ['detect', '--sensors', bad],
    ['up', '--sensors', bad],
    ['inspect', '--sensors', bad, 'x.pcap'],
  ])
    assert.match(pavise(words).stderr, /^SENSOR_INVALID/, words[0])
  assert.match(pavise(['sensors', 'remove', 'absent']).stderr, /SENSOR_UNKNOWN: absent was not added/)
})

/** A capture of one UDP datagram with a text. */
function captureOf(text: string): Buffer {
  const chunks: Buffer[] = []
  const write = (bytes: Uint8Array, start: number, end: number) =>
    void chunks.push(Buffer.from(bytes.slice(start, end)))
  const packet = new Packet()
  const datagram = udp({ sourcePort: 40_000, destinationPort: 9999 }, Buffer.from(text))
  const ends = { source: '10.0.0.1', destination: '10.0.0.2' }
  packet.bytes = ethernet(0x0800, ipv4({ protocol: IpProtocol.udp, ...ends }, datagram))
  packet.end = packet.bytes.length
  packet.originalLength = packet.end
  new PcapWriter({ write }, { linkType: LinkType.ethernet }).packet(packet)
  return Buffer.concat(chunks)
}
