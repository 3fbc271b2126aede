import assert from 'node:assert/strict'
import { stripVTControlCharacters } from 'node:util'
import { suite, test } from 'node:test'
import { sampleState } from '../../../test/records.ts'
import type { CarriedData, DataFlow, Party } from '../../controller/data-flow.ts'
import type { RecentIncident } from '../../controller/recent-incidents.ts'
import { styleFor } from '../terminal/style.ts'
import { displayWidth } from '../terminal/text.ts'
import { FactLines, summaryFact } from './fact-lines.ts'
import type { Snapshot } from './snapshot.ts'
import { summaryLines } from './summary-lines.ts'

const now = Date.parse('2026-11-20T09:30:00.000Z')
const plain = styleFor(false, {})

const party = (name: string): Party => ({ kind: 'workload', id: name, name })

function carried(change: Partial<CarriedData> = {}): CarriedData {
  const data = {
    identifier: 'iban',
    category: 'financial',
    direction: 'to-server',
    count: 1_200,
    distinct: 80,
  } as const
  return { ...data, masked: 'DE89 … 30 00', field: 'http.body $.iban', last: now - 3_000, ...change }
}

function dataFlow(client: string, server: string, change: Partial<DataFlow> = {}): DataFlow {
  const flow = {
    client: party(client),
    server: party(server),
    application: 'HTTP',
    encrypted: false,
    carried: [],
  }
  const counts = {
    flows: 2,
    dataSubjects: 0,
    bytesToServer: 1,
    bytesToClient: 1,
    first: now - 9_000,
    last: now - 90_000,
  }
  return { ...flow, ...counts, key: `${client} ${server} ${change.application}`, ...change }
}

const enforcer = {
  enforcer: 'node-1',
  run: 'r',
  version: '1',
  connected: true,
  since: '2026-11-20T09:00:00.000Z',
  status: {
    at: '',
    packets: 45_000,
    bytes: 1,
    dropped: 0,
    flows: 1,
    waiting: 0,
    lost: 0,
    residentBytes: 0,
    workers: [],
  },
}

function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  const url = 'http://127.0.0.1:7440'
  return {
    now,
    startedAt: now,
    url,
    workloads: [],
    enforcers: [enforcer],
    dataFlows: [],
    incidents: [],
    ...change,
  }
}

const incidents: RecentIncident[] = [
  {
    workload: 'shop',
    incident: {
      ...{ type: 'process', id: 'p1', recordId: 'p1', first: '', last: '', count: 4, workload: 'docker:1' },
      process: { pid: 7, name: 'nc', path: '/bin/busybox', arguments: [], user: { id: 0 }, ancestors: [] },
      ...{ event: 'exec', origin: 'image', action: 'blocked', reason: 'suspicious' },
      suspicion: { kind: 'netcat', severity: 'high' },
    },
  },
  {
    workload: 'db',
    incident: {
      ...{ type: 'file', id: 'f1', recordId: 'f1', first: '', last: '', count: 1, workload: 'docker:2' },
      ...{ path: '/etc/passwd', operation: 'written', action: 'reported', from: 'container' },
      rule: 'predefined: monitor_change /etc/passwd',
    },
  },
]

test('what was denied or is suspicious is told: each once on a line, the last of it in the summary', () => {
  const facts = new FactLines()
  const told = facts.next(snapshot({ incidents })).map((line) => line.slice('00:00:00 '.length))
  assert.deepEqual(told, [
    'shop: BLOCKED nc (/bin/busybox): netcat, high',
    'db: REPORTED /etc/passwd written: predefined: monitor_change /etc/passwd',
  ])
  assert.deepEqual(facts.next(snapshot({ incidents })), [])
  const lines = summaryLines({
    snapshot: snapshot({ incidents }),
    notices: [],
    style: plain,
    width: 100,
    height: 24,
  })
  assert.ok(lines.includes('shop: BLOCKED nc (/bin/busybox): netcat, high (4 times)'), lines.join('\n'))
})

const clinic = snapshot({
  workloads: [
    sampleState({ id: 'a', name: 'api' }),
    sampleState({ id: 'b', name: 'web' }),
    sampleState(
      { id: 'c', name: 'legacy' },
      { coverage: 'host-network', detail: 'it shares the node’s network' },
    ),
  ],
  dataFlows: [
    dataFlow('web', 'mail.example:443', { application: 'SSL', encrypted: true }),
    dataFlow('web', 'api'),
    dataFlow('api', 'db', {
      application: 'PostgreSQL',
      carried: [
        carried(),
        carried({ identifier: 'payment-card', count: 20, distinct: 9 }),
        carried({ identifier: 'diagnosis', category: 'health', count: 1, distinct: 1 }),
        carried({
          direction: 'to-client',
          identifier: 'email',
          category: 'contact',
          count: 7,
          distinct: 7,
        }),
      ],
    }),
    dataFlow('api', 'partner.example:80', { carried: [carried({ count: 3, distinct: 2 })] }),
    dataFlow('api', 'api', { carried: [carried({ count: 5, distinct: 5 })] }),
  ],
})

const lines = (shown: Snapshot, size = { width: 120, height: 40 }, notices: string[] = []) =>
  summaryLines({ snapshot: shown, notices, style: plain, ...size })

suite('live summary', () => {
  test('who sends which personal data to whom, the worst first', () => {
    const shown = lines(clinic)
    const since = new Date(now).toTimeString().slice(0, 8)
    assert.deepEqual(shown, [
      `Pavise  watching 2 of 3 workloads · since ${since} · http://127.0.0.1:7440`,
      'legacy is not seen (host-network): it shares the node’s network',
      '',
      'SENDER  RECEIVER            PROTOCOL    TRANSPORT  PERSONAL DATA                                      LATEST',
      'api     db                  PostgreSQL  CLEAR      health 1: diagnosis                                   3 s',
      '                                                   financial 1.2k (89 different): iban, payment-card',
      'api     partner.example:80  HTTP        CLEAR      financial 3 (2 different): iban                       3 s',
      'db      api                 PostgreSQL  CLEAR      contact 7 (7 different): email                        3 s',
      'api     api                 HTTP        loopback   financial 5 (5 different): iban                       3 s',
      'web     api                 HTTP        CLEAR      none found                                          1 min',
      'web     mail.example:443    SSL         encrypted  not readable                                        1 min',
      '',
      '45k packets · 10 flows · 1.2k values of personal data, 1.2k of them in clear text',
    ])
  })

  test('where there is no room for every category, a transfer has one line', () => {
    const shown = lines(clinic, { width: 120, height: 12 })
    assert.match(shown[4], /^api +db +PostgreSQL +CLEAR +1\.2k of health, financial +3 s$/)
    assert.match(shown[5], /^api +partner.example:80 +HTTP +CLEAR +financial 3 \(2 different\): iban +3 s$/)
  })

  test('many categories take two lines where each its own would take too many', () => {
    const categories = ['online', 'contact', 'health', 'special', 'children', 'identity'] as const
    const all = categories.map((category) => carried({ category, identifier: category, count: 10 }))
    const flows = ['db', 'queue', 'mail'].map((server) => dataFlow('api', server, { carried: all }))
    const shown = lines(snapshot({ dataFlows: flows }), { width: 110, height: 14 })
    assert.match(shown[3], /^api +db +HTTP +CLEAR +60 of health, special, children, identity, +3 s$/)
    assert.match(shown[4], /^ +contact, online$/)
    const few = lines(snapshot({ dataFlows: flows }), { width: 140, height: 9 })
    assert.match(few[3], /60 of health, special, children, identity, contact, online +3 s$/)
  })

  test('what stays on the loopback is not in clear text on the network', () => {
    const flow = dataFlow('api', 'api', { carried: [carried({ count: 5 })] })
    const [last] = lines(snapshot({ dataFlows: [flow, dataFlow('api', 'db')] })).slice(-1)
    assert.match(last, /5 values of personal data, 0 of them in clear text$/)
  })

  test('it fits the terminal, however small, and says what it leaves out', () => {
    for (const width of [40, 60, 80, 200]) {
      for (const height of [8, 12, 24]) {
        const shown = lines(clinic, { width, height }, ['a notice that is longer than forty columns, by far'])
        assert.ok(shown.length <= height, `${shown.length} of ${height} lines`)
        for (const line of shown) assert.ok(displayWidth(line) <= width, `${width}: ${line}`)
      }
    }
    assert.ok(lines(clinic, { width: 120, height: 9 }).some((line) => /^and \d more: http/.test(line)))
  })

  test('many workloads that are not seen are named, then counted', () => {
    const workloads = Array.from({ length: 9 }, (_, i) =>
      sampleState({ id: `${i}`, name: `w${i}` }, { coverage: 'tap-failed' }),
    )
    const shown = lines(snapshot({ workloads }))
    assert.equal(shown.filter((line) => /^w\d is not seen \(tap-failed\)$/.test(line)).length, 5)
    assert.ok(shown.includes('and 4 more workloads are not seen: http://127.0.0.1:7440/api/v1/status'))
  })

  test('what is wrong is said: no enforcer, dropped packets, lost records', () => {
    const status = { ...enforcer.status, dropped: 12, lost: 3 }
    const shown = lines(snapshot({ enforcers: [{ ...enforcer, connected: false, status }] })).join('\n')
    assert.match(shown, /No enforcer is connected/)
    assert.match(shown, /12 packets were dropped unseen/)
    assert.match(shown, /3 records were lost/)
  })

  test('when it ends, that nothing is watched any more is as it should be', () => {
    const shown = snapshot({ enforcers: [{ ...enforcer, connected: false }] })
    const last = summaryLines({
      snapshot: shown,
      notices: [],
      style: plain,
      width: 120,
      height: 40,
      isLast: true,
    })
    assert.match(last[0], /^Pavise {2}watched 0 of 0 workloads/)
    assert.doesNotMatch(last.join('\n'), /No enforcer/)
  })

  test('names that traffic chose do nothing to the terminal', () => {
    const evil = '\u001b[2J\u009b1m\nx'
    const workload = sampleState({ name: evil }, { coverage: 'tap-failed', detail: evil })
    const flow = dataFlow(evil, evil, {
      application: evil,
      carried: [carried({ identifier: evil, field: evil, masked: evil })],
    })
    const hostile = snapshot({ workloads: [workload], dataFlows: [flow] })
    for (const line of [...lines(hostile, undefined, [evil]), ...new FactLines().next(hostile)]) {
      assert.doesNotMatch(line, /\p{Cc}/u)
    }
  })

  test('colour adds nothing but colour', () => {
    const coloured = summaryLines({
      snapshot: clinic,
      notices: [],
      style: styleFor(true, {}),
      width: 120,
      height: 40,
    })
    assert.ok(coloured.join('\n').includes('\u001b[31mCLEAR'))
    assert.deepEqual(coloured.map(stripVTControlCharacters), lines(clinic))
  })

  test('NO_COLOR and a dumb terminal have no colour', () => {
    for (const environment of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      assert.equal(styleFor(true, environment).alarm('x'), 'x')
    }
    assert.equal(styleFor(true, { NO_COLOR: '' }).alarm('x'), '\u001b[31mx\u001b[39m')
  })
})

suite('fact lines', () => {
  const withoutTime = (facts: string[]) => facts.map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''))

  test('each thing is told once', () => {
    const facts = new FactLines()
    assert.deepEqual(withoutTime(facts.next(clinic)), [
      'api is seen (docker)',
      'web is seen (docker)',
      'legacy is not seen (host-network): it shares the node’s network',
      'web → mail.example:443 SSL encrypted',
      'web → api HTTP CLEAR',
      'api → db PostgreSQL CLEAR: iban in http.body $.iban, e.g. DE89 … 30 00',
      'api → db PostgreSQL CLEAR: payment-card in http.body $.iban, e.g. DE89 … 30 00',
      'api → db PostgreSQL CLEAR: diagnosis in http.body $.iban, e.g. DE89 … 30 00',
      'db → api PostgreSQL CLEAR: email in http.body $.iban, e.g. DE89 … 30 00',
      'api → partner.example:80 HTTP CLEAR: iban in http.body $.iban, e.g. DE89 … 30 00',
      'api → api HTTP loopback: iban in http.body $.iban, e.g. DE89 … 30 00',
    ])
    assert.deepEqual(facts.next(clinic), [])
    const more = { ...clinic, dataFlows: [...clinic.dataFlows, dataFlow('web', 'new.example:80')] }
    assert.deepEqual(withoutTime(facts.next(more)), ['web → new.example:80 HTTP CLEAR'])
  })

  test('a flood is a number', () => {
    const flows = Array.from({ length: 500 }, (_, i) => dataFlow('web', `host${i}`))
    const told = withoutTime(new FactLines().next(snapshot({ dataFlows: flows })))
    assert.equal(told.length, 51)
    assert.equal(told.at(-1), 'and 450 more: http://127.0.0.1:7440/api/v1/findings')
  })

  test('the summary is one line', () => {
    assert.deepEqual(withoutTime([summaryFact(clinic)]), [
      '2 of 3 workloads are seen · 45k packets · 10 flows · 1.2k values of personal data, 1.2k of them in clear text',
    ])
  })
})
