import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { PcapWriter } from '../../src/packet/capture/pcap-writer.ts'
import { ethernet, ipv4, tcp, udp } from '../../src/packet/frames.ts'
import { IpProtocol, LinkType, Packet, TcpFlag } from '../../src/packet/packet.ts'
import * as dns from '../../src/protocols/dns/fixtures.ts'
import { clientHello, record, serverHello, serverName, versions } from '../../src/protocols/tls/fixtures.ts'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pavise-policy-'))
after(() => rmSync(folder, { recursive: true }))

const API = '10.0.0.5'
const WEB = '10.0.0.6'
const LAB = '192.0.2.10'
const OTHER = '198.51.100.7'

const rules = join(folder, 'rules.yaml')
writeFileSync(
  rules,
  `apiVersion: v1
kind: List
metadata: null
items:
- apiVersion: neuvector.com/v1
  kind: NvSecurityRule
  metadata: {creationTimestamp: null, name: nv.api.clinic, namespace: clinic}
  spec:
    target:
      policymode: Monitor
      selector:
        name: nv.api.clinic
        criteria:
        - {key: service, op: =, value: api.clinic}
        - {key: domain, op: =, value: clinic}
    ingress:
    - {name: web, action: allow, applications: [HTTP], ports: tcp/80, selector: {name: nv.web.clinic}}
    egress:
    - {name: names, action: allow, applications: [DNS], ports: udp/53, selector: {name: external}}
    - {name: telnet, action: deny, ports: tcp/23, selector: {name: external}}
---
apiVersion: pavise.dev/v1
kind: Processor
metadata: {name: lab}
spec: {name: Laboratory, role: processor, country: DE, categories: [health], contract: DPA-7, addresses: ['*.lab.example']}
---
apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: results}
spec:
  from: nv.api.clinic
  toProcessor: lab
  ports: tcp/443, 8080
  encryption: {required: true, minimumTlsVersion: TLSv1.2}
  personalData: {declared: true}
`,
)

const pavise = (...words: string[]) => run('policy', ...words)

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...words], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, NO_COLOR: '1' },
  })
  const records = () => stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  return { status, stdout, stderr, records }
}

type Ends = readonly [client: string, server: string]

/** Writes frames of whole conversations, one after the other. */
class Capture {
  readonly #chunks: Buffer[] = []
  readonly #writer = new PcapWriter(
    { write: (bytes, start, end) => void this.#chunks.push(Buffer.from(bytes.slice(start, end))) },
    { linkType: LinkType.ethernet },
  )
  #time = 1_795_000_000_000_000
  #port = 40_000

  /** A TCP connection of one request and one answer; nothing but a SYN where there is none. */
  connection(ends: Ends, port: number, request?: Buffer, answer: Buffer = Buffer.alloc(0)): this {
    const clientPort = this.#port++
    const send = (
      isClient: boolean,
      sequence: number,
      acknowledgment: number,
      flags: number,
      payload: Buffer,
    ) => {
      const [source, destination] = isClient ? ends : [ends[1], ends[0]]
      const [sourcePort, destinationPort] = isClient ? [clientPort, port] : [port, clientPort]
      const segment = tcp({ sourcePort, destinationPort, sequence, acknowledgment, flags }, payload)
      this.#frame(ipv4({ protocol: IpProtocol.tcp, source, destination }, segment))
    }
    const none = Buffer.alloc(0)
    send(true, 100, 0, TcpFlag.syn, none)
    if (request === undefined) return this
    send(false, 500, 101, TcpFlag.syn | TcpFlag.ack, none)
    send(true, 101, 501, TcpFlag.ack, request)
    send(false, 501, 101 + request.length, TcpFlag.ack, answer)
    return this
  }

  /** A question for a name, and its answer. */
  name(ends: Ends, name: string, address: string): this {
    const sourcePort = this.#port++
    const questions = [dns.question(name, dns.Rr.a)]
    const ask = dns.message({ flags: dns.QUERY, questions })
    const answers = [dns.resource(dns.pointer(12), dns.Rr.a, dns.ipv4(address))]
    const answer = dns.message({ flags: dns.RESPONSE, questions, answers })
    this.#datagram(ends, { sourcePort, destinationPort: 53 }, ask)
    this.#datagram([ends[1], ends[0]], { sourcePort: 53, destinationPort: sourcePort }, answer)
    return this
  }

  save(name: string): string {
    const path = join(folder, name)
    writeFileSync(path, Buffer.concat(this.#chunks))
    return path
  }

  #datagram([source, destination]: Ends, ports: Parameters<typeof udp>[0], payload: Buffer): void {
    this.#frame(ipv4({ protocol: IpProtocol.udp, source, destination }, udp(ports, payload)))
  }

  #frame(bytes: Uint8Array): void {
    const packet = new Packet()
    packet.bytes = ethernet(0x0800, bytes)
    packet.end = packet.bytes.length
    packet.originalLength = packet.end
    packet.time = this.#time += 1000
    this.#writer.packet(packet)
  }
}

function http(host: string, body = ''): Buffer {
  return Buffer.from(
    `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
}
const noContent = Buffer.from('HTTP/1.1 204 No Content\r\n\r\n')
const hello = record(22, clientHello([0x1301], [serverName('results.lab.example'), versions(0x0304)]))
const tls13 = record(22, serverHello(0x1301, [Buffer.from([0, 43, 0, 2, 3, 4])]))
const assignments = ['--assign', `${API}=nv.api.clinic`, `${WEB}=nv.web.clinic`]
const lookedUp = () => new Capture().name([API, OTHER], 'results.lab.example', LAB)

suite('pavise policy simulate', () => {
  test('what rules allow would pass: by group, by the name that DNS gave a partner, by what is encrypted', () => {
    const capture = lookedUp()
      .connection([WEB, API], 80, http('api'), noContent)
      .connection([API, LAB], 443, hello, tls13)
      .connection([OTHER, '198.51.100.8'], 25)
      .save('allowed.pcap')
    const { status, records, stderr } = pavise(
      'simulate',
      '--policy',
      rules,
      '--from',
      capture,
      '--json',
      ...assignments,
    )
    assert.equal(stderr, '')
    assert.deepEqual(records(), [
      {
        type: 'simulation',
        ...{ flows: 4, allowed: 3, denied: 0, undecided: 0, outside: 1, attempts: 0, blockedToday: 0 },
        ...{ unlisted: 0, incomplete: false },
      },
    ])
    assert.equal(status, 0)
  })

  test('what would be blocked is told by rule, with what of it does not hold, and how often', () => {
    const body = JSON.stringify({ iban: 'DE89370400440532013000' })
    const capture = lookedUp()
      .connection([API, LAB], 8080, http('results.lab.example', body), noContent)
      .connection([API, OTHER], 23)
      .connection([API, OTHER], 23)
      .connection([WEB, API], 81, http('api'), noContent)
      .connection([WEB, API], 80)
      .save('denied.pcap')
    const { status, records, stdout } = pavise(
      'simulate',
      '--policy',
      rules,
      '--from',
      capture,
      '--json',
      ...assignments,
    )
    assert.equal(status, 1)
    const all = records()
    const { denied, undecided, allowed } = all.at(-1)
    assert.deepEqual({ denied, undecided, allowed }, { denied: 4, undecided: 1, allowed: 1 })
    const told = all.slice(0, -1).map(({ from, to, port, flows, explanation }) => {
      const { decidedBy, nearest } = explanation
      const checks: { criterion: string; check: string }[] = decidedBy?.checks ?? []
      const unmet = checks.filter(({ check }) => check === 'unmet').map(({ criterion }) => criterion)
      return [from, to, port, flows, decidedBy?.rule.id, unmet.join(), nearest?.rule.id]
    })
    assert.deepEqual(told, [
      ['nv.api.clinic', OTHER, 23, 2, 'clinic/nv.api.clinic/telnet', '', 'clinic/nv.api.clinic/names'],
      [
        'nv.api.clinic',
        'results.lab.example',
        8080,
        1,
        'EgressRule/results',
        'encryption,personal-data',
        'clinic/nv.api.clinic/names',
      ],
      ['nv.web.clinic', 'nv.api.clinic', 81, 1, undefined, '', 'clinic/nv.api.clinic/web'],
    ])
    assert.ok(!stdout.includes('DE8937'))
  })

  test('a name that only the client says does not make an address its partner', () => {
    const capture = new Capture().connection([API, OTHER], 443, hello, tls13).save('forged.pcap')
    assert.equal(pavise('simulate', '--policy', rules, '--from', capture, ...assignments).status, 1)
  })

  test('people read a table and a count', () => {
    const capture = new Capture().connection([API, OTHER], 23).save('table.pcap')
    const { stdout } = pavise('simulate', '--policy', rules, '--from', capture, ...assignments)
    assert.match(stdout, /^FLOWS +FROM +TO +PORT +APPLICATION +BLOCKED BY/)
    assert.match(
      stdout,
      /1 +nv\.api\.clinic +198\.51\.100\.7 +tcp\/23 +unknown +clinic\/nv\.api\.clinic\/telnet/,
    )
    assert.match(stdout, /1 flows: 0 allowed, 1 would be blocked/)
  })

  test('a capture that is cut is incomplete, and an assignment that is none is refused', () => {
    const capture = join(folder, 'cut.pcap')
    writeFileSync(capture, Buffer.from('d4c3b2a102000400', 'hex'))
    assert.equal(pavise('simulate', '--policy', rules, '--from', capture).status, 3)
    const { status, stderr } = pavise(
      'simulate',
      '--policy',
      rules,
      '--from',
      capture,
      '--assign',
      'api=nv.api.clinic',
    )
    assert.equal(status, 2)
    assert.match(stderr, /^POLICY_QUESTION_INVALID: --assign "api=nv\.api\.clinic"/)
  })
})

suite('pavise inspect --policy', () => {
  const captured = () =>
    lookedUp()
      .connection([API, LAB], 443, hello, tls13)
      .connection(
        [API, LAB],
        8080,
        http('results.lab.example', '{"iban":"DE89370400440532013000"}'),
        noContent,
      )
      .connection([API, OTHER], 23)
      .connection([API, OTHER], 23)
      .connection([OTHER, '198.51.100.8'], 25)
      .save('inspected.pcap')

  test('what rules do not allow is a record of each kind, beside all flows and findings', () => {
    const { status, records, stdout, stderr } = run(
      'inspect',
      captured(),
      '--policy',
      rules,
      ...assignments,
      '--json',
    )
    assert.equal(stderr, '')
    assert.equal(status, 1)
    const told = records().filter(({ type }) => type === 'violation')
    assert.deepEqual(
      told.map(({ server, count, action, criterion, rule }) => [server.port, count, action, criterion, rule]),
      [
        [8080, 1, 'reported', 'encryption', 'EgressRule/results'],
        [23, 2, 'reported', 'rule', 'clinic/nv.api.clinic/telnet'],
      ],
    )
    assert.deepEqual(told[0].server.names, ['results.lab.example'])
    assert.ok(records().some(({ type, identifier }) => type === 'personal-data' && identifier === 'iban'))
    assert.deepEqual(records().at(-1).violations, { encryption: 1, rule: 2 })
    assert.ok(!stdout.includes('DE8937'))
  })

  test('people read them in a table', () => {
    const { stdout, status } = run('inspect', captured(), '--policy', rules, ...assignments)
    assert.equal(status, 1)
    assert.match(stdout, /NOT ALLOWED +FROM +TO +APPLICATION +WOULD BE +WHY/)
    assert.match(
      stdout,
      /2 +10\.0\.0\.5 +198\.51\.100\.7:23 +tcp unknown +reported +Rule clinic\/nv\.api\.clinic\/telnet denies it/,
    )
  })

  test('what is allowed is none, and nothing fails where nothing is to', () => {
    const allowed = lookedUp().connection([API, LAB], 443, hello, tls13).save('fine.pcap')
    assert.equal(run('inspect', allowed, '--policy', rules, ...assignments).status, 0)
    assert.equal(run('inspect', captured(), '--policy', rules, ...assignments, '--fail-on', 'none').status, 0)
  })

  test('rules that cannot be read are wrong usage', () => {
    assert.equal(run('inspect', captured(), '--policy', join(folder, 'nowhere.yaml')).status, 2)
  })
})

suite('pavise policy explain', () => {
  const rows: [asked: string, words: string, status: number, said: RegExp][] = [
    [
      'allowed',
      '--from nv.web.clinic --to nv.api.clinic --port 80 --application http',
      0,
      /^ALLOWED: Rule clinic\/nv\.api\.clinic\/web allows it/,
    ],
    [
      'not known yet',
      '--from nv.web.clinic --to nv.api.clinic --port 80',
      0,
      /^NOT DECIDED YET: [^]*application +HTTP +not known yet +open/,
    ],
    [
      'denied by a rule',
      '--from nv.api.clinic --to 192.0.2.1 --port tcp/23',
      1,
      /^DENIED: Rule [^]*mode Monitor: it passes and is reported/,
    ],
    [
      'denied by no rule',
      '--from nv.web.clinic --to nv.api.clinic --port 81 --application HTTP',
      1,
      /nearest that allows: allow clinic\/nv\.api\.clinic\/web[^]*port +tcp\/80 +tcp\/81 +NO/,
    ],
    [
      'in the clear',
      '--from nv.api.clinic --to results.lab.example --port 443 --encryption none',
      1,
      /encryption +encrypted with at least TLSv1\.2 +in the clear +NO/,
    ],
    [
      'a category too many',
      '--from nv.api.clinic --to lab --port 443 --encryption TLSv1.3 --category health contact',
      1,
      /personal-data +only these categories: health +health, contact +NO/,
    ],
    [
      'all that is required',
      '--from nv.api.clinic --to lab --port 443 --encryption TLSv1.3 --category health',
      0,
      /^ALLOWED/,
    ],
  ]
  for (const [asked, words, status, said] of rows) {
    test(`says so: ${asked}`, () => {
      const told = pavise('explain', '--policy', rules, ...words.split(' '))
      assert.match(told.stdout, said)
      assert.equal(told.status, status)
    })
  }

  const refused: [words: string, said: RegExp][] = [
    ['--from nowhere --to external --port 80', /"nowhere" is no group/],
    ['--from external --to nodes --port 1-2', /--port "1-2" is not one port/],
    ['--from external --to nodes --port 80 --encryption rot13', /--encryption "rot13" is not known/],
    ['--from external --to nodes --port 80 --category shoes', /"shoes" is no category/],
  ]
  for (const [words, said] of refused) {
    test(`ends with 2: ${words}`, () => {
      const told = pavise('explain', '--policy', rules, ...words.split(' '))
      assert.equal(told.status, 2)
      assert.match(told.stderr, said)
    })
  }
})

suite('pavise policy check', () => {
  test('ends with 0 where all is well', () => {
    const { status, stdout } = pavise('check', rules)
    assert.equal(stdout, '4 rules, 1 groups, 1 processors: 0 errors, 0 warnings\n')
    assert.equal(status, 0)
  })

  test('says file, line, document and what to do of all that is wrong, and ends with 1', () => {
    const wrong = join(folder, 'wrong.yaml')
    writeFileSync(
      wrong,
      'apiVersion: pavise.dev/v1\nkind: EgressRule\nmetadata: {name: a}\nspec:\n  from: nowhere\n  toGroup: external\n  ports: http\n---\nkind: Deployment\n',
    )
    const { status, stdout } = pavise('check', wrong)
    assert.equal(status, 1)
    assert.match(stdout, /error .*wrong\.yaml:5: EgressRule a: there is no group "nowhere"\n {2}Define it/)
    assert.match(stdout, /error .*wrong\.yaml:7: EgressRule a: "http" is no port\n {2}Write tcp\/80/)
    assert.match(stdout, /warning .*wrong\.yaml:9 \(document 2\): Deployment: kind "Deployment" is no policy/)
    const records = pavise('check', '--json', wrong).records()
    assert.deepEqual(
      records.map(({ type, severity, document }) => [type, severity, document]),
      [
        ['policy-problem', 'error', 1],
        ['policy-problem', 'error', 1],
        ['policy-problem', 'warning', 2],
      ],
    )
  })

  test('a file that is not there ends with 2', () => {
    const { status, stderr } = pavise('check', join(folder, 'absent.yaml'))
    assert.equal(status, 2)
    assert.match(stderr, /^POLICY_UNREADABLE: .*absent\.yaml cannot be read/)
  })
})
