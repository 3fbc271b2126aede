import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { Compile, type XSchema } from 'typebox/schema'
import type { BreachCase } from '../../privacy/case.ts'
import { frameworkCsv } from '../framework-csv.ts'
import { frameworkHtml } from '../framework-html.ts'
import { frameworkRecord } from '../framework-json.ts'
import { frameworkOscal } from '../framework-oscal.ts'
import { frameworks } from '../frameworks/index.ts'
import { assess } from './assess.ts'
import type { EntryFact, FindingFact, NowFacts, ReportFacts, WorkloadFact } from './facts.ts'
import { type Objective, type ObjectiveId, objectives } from './objectives.ts'
import type { ControlState } from './result.ts'

const day = 24 * 3_600_000
const until = Date.UTC(2026, 10, 30)
const since = until - 10 * day

const nothing: ReportFacts = {
  ...{
    since,
    until,
    findings: [],
    gaps: [],
    incidents: [],
    entries: [],
    witnessed: [],
    heads: [],
    checks: [],
  },
  ...{ policies: [], cases: [], now: null },
}

const nobody: NowFacts = {
  ...{ at: until, groups: [], accounts: [], workloads: [], transfers: [], processors: [], brokenAudit: null },
  keepEvidenceDays: 1_095,
  ...{
    differences: [],
    exceptions: [],
    responses: [],
    categoryRules: [],
    admission: [],
    nodes: [],
    captures: [],
  },
  oldestEntry: null,
}

const entry = (kind: string, at = until - 1): EntryFact => ({ index: 7, at, kind, actor: 'pavise' })
const finding = (change: Partial<FindingFact> = {}): FindingFact => ({
  ...{
    id: 'f1',
    at: until - 1,
    category: 'health',
    workload: 'api',
    isEncrypted: false,
    crossing: 'outside',
  },
  ...change,
})
const facts = (change: Partial<ReportFacts>): ReportFacts => ({ ...nothing, ...change })
const present = (change: Partial<NowFacts>): ReportFacts => facts({ now: { ...nobody, ...change } })
const group = (mode: string, members = 1) => ({ name: mode, members, mode, profileMode: mode, files: 0 })
const account = (roles: string[], isStrong: boolean, usedAt: number | null = until - day) => ({
  ...{ id: roles.join(), roles, isStrong, createdAt: since, usedAt },
})
const workload = (change: Partial<WorkloadFact> = {}): WorkloadFact => ({
  ...{ id: 'w', name: 'w', isSeen: true, coverage: 'seen', isInspected: true, attacks: 'told', ...change },
})
const partner = (change: Partial<NowFacts['processors'][number]> = {}) => ({
  ...{ name: 'lab', displayName: 'Lab', role: 'processor' as const, ...change },
})
const difference = (severity: 'high' | 'low', state: 'open' | 'accepted') => ({
  ...{ id: 'd', severity, state, text: 'D', last: since },
})
const exception = (ends: number) => ({ id: 'e', by: 'anna', until: ends, what: 'E' })
const draft = (document: string, missing: number) => ({
  ...entry('export'),
  handedOut: { document, missing },
})

function breach(change: Partial<BreachCase> = {}): BreachCase {
  return {
    ...{
      id: 'case-2026-0001',
      title: 'Export',
      state: 'open',
      kinds: ['confidentiality'],
      role: 'controller',
    },
    ...{ regimes: ['gdpr'], workloads: [], description: 'D', consequences: 'C', measures: 'M', contact: 'K' },
    ...{ severity: {}, scope: null, openedAt: new Date(until - day).toISOString(), history: [], times: {} },
    ...change,
  }
}
const aware = (at: number) => ({ aware: [{ at: new Date(at).toISOString(), by: 'anna', reason: '' }] })

suite('what evidences an objective', () => {
  const cases: [objective: ObjectiveId, what: string, facts: ReportFacts, state: ControlState][] = [
    ['transport-encryption', 'nothing is known', nothing, 'not-assessable'],
    ['transport-encryption', 'watched, and nothing in the clear', facts({ entries: [entry('run')] }), 'met'],
    ['transport-encryption', 'in the clear to somebody outside', facts({ findings: [finding()] }), 'not-met'],
    [
      'transport-encryption',
      'in the clear within',
      facts({ findings: [finding({ crossing: 'watched' })] }),
      'partly',
    ],
    [
      'transport-encryption',
      'on the loopback alone',
      facts({ findings: [finding({ crossing: 'loopback' })], entries: [entry('findings')] }),
      'met',
    ],
    ['data-inventory', 'on record', facts({ entries: [entry('findings')] }), 'met'],
    ['data-inventory', 'seen, and not on record yet', facts({ findings: [finding()] }), 'met'],
    ['data-inventory', 'nothing is known', nothing, 'not-assessable'],
    ['monitoring-coverage', 'without a gap', facts({ entries: [entry('run')] }), 'met'],
    [
      'monitoring-coverage',
      'with a gap',
      facts({ entries: [entry('run')], gaps: [{ id: 'g', at: since, reason: 'stopped', detail: '' }] }),
      'partly',
    ],
    [
      'monitoring-coverage',
      'a workload is not seen',
      present({ workloads: [workload({ isSeen: false, coverage: 'host-network' })] }),
      'partly',
    ],
    ['asset-inventory', 'the time is over', nothing, 'not-assessable'],
    ['asset-inventory', 'something runs', present({ workloads: [workload()] }), 'met'],
    [
      'network-restriction',
      'all protect',
      present({ groups: [group('Protect'), group('Discover', 0)] }),
      'met',
    ],
    [
      'network-restriction',
      'some protect',
      present({ groups: [group('Protect'), group('Monitor')] }),
      'partly',
    ],
    ['program-control', 'none protects', present({ groups: [group('Monitor')] }), 'not-met'],
    ['program-control', 'no groups', present({}), 'not-assessable'],
    ['file-integrity', 'a rule about files', present({ groups: [{ ...group('Protect'), files: 2 }] }), 'met'],
    ['file-integrity', 'none', present({ groups: [group('Protect')] }), 'not-assessable'],
    ['anomaly-detection', 'watched', facts({ entries: [entry('run')] }), 'met'],
    [
      'change-control',
      'one without a reason',
      facts({ policies: [{ number: 2, at: since, author: 'anna', reason: '' }] }),
      'partly',
    ],
    [
      'change-control',
      'before this time only',
      facts({ policies: [{ number: 1, at: since - 1, author: 'anna', reason: 'x' }] }),
      'not-assessable',
    ],
    ['security-logging', 'on record', facts({ entries: [entry('audit')] }), 'met'],
    ['security-logging', 'changed', present({ brokenAudit: 3 }), 'not-met'],
    ['log-protection', 'signed', facts({ heads: [{ size: 3, at: since }] }), 'partly'],
    [
      'log-protection',
      'and told to a witness',
      facts({ heads: [{ size: 3, at: since }], witnessed: [{ name: 'tsa', at: since, size: 3 }] }),
      'met',
    ],
    [
      'access-roles',
      'administrators alone',
      present({ accounts: [account(['administrator'], true)] }),
      'partly',
    ],
    [
      'access-roles',
      'others as well',
      present({ accounts: [account(['administrator'], true), account(['auditor'], false)] }),
      'met',
    ],
    [
      'strong-authentication',
      'a password alone',
      present({ accounts: [account(['auditor'], false)] }),
      'not-met',
    ],
    ['incident-handling', 'no case', nothing, 'not-assessable'],
    ['incident-handling', 'in time', facts({ cases: [breach({ times: aware(until - day) })] }), 'met'],
    ['incident-handling', 'late', facts({ cases: [breach({ times: aware(until - 4 * day) })] }), 'not-met'],
    ['breach-register', 'whole', facts({ cases: [breach()] }), 'met'],
    ['breach-register', 'not whole', facts({ cases: [breach({ measures: '' })] }), 'not-met'],
    ['breach-notification', 'nothing to notify', facts({ cases: [breach()] }), 'not-assessable'],
    ['containment', 'used', facts({ entries: [entry('quarantine')] }), 'met'],
    ['retention-erasure', 'erased', facts({ entries: [entry('erasure')] }), 'met'],
    ['retention-erasure', 'nothing was due', present({}), 'not-assessable'],
    ['evidence-handover', 'handed out', facts({ entries: [entry('export')] }), 'met'],
    ['supplier-contracts', 'nobody is declared', present({}), 'not-assessable'],
    ['supplier-contracts', 'without a contract', present({ processors: [partner()] }), 'not-met'],
    [
      'supplier-contracts',
      'without its date',
      present({ processors: [partner({ contract: 'C' })] }),
      'not-met',
    ],
    [
      'supplier-contracts',
      'one of two',
      present({ processors: [partner(), partner({ contract: 'C', contractDate: '2026-01-15' })] }),
      'partly',
    ],
    ['exception-review', 'none', present({}), 'not-assessable'],
    ['exception-review', 'until later', present({ exceptions: [exception(until + 1)] }), 'met'],
    [
      'exception-review',
      'one is over',
      present({ exceptions: [exception(until), exception(until + 1)] }),
      'partly',
    ],
    ['risk-assessment', 'nothing differs', present({}), 'not-assessable'],
    [
      'risk-assessment',
      'nobody has decided',
      present({ differences: [difference('high', 'open')] }),
      'not-met',
    ],
    [
      'risk-assessment',
      'decided: that is not all of it',
      present({ differences: [difference('high', 'accepted'), difference('low', 'open')] }),
      'partly',
    ],
    ['processing-records', 'none was made', facts({ entries: [draft('measures', 0)] }), 'not-assessable'],
    ['processing-records', 'with places to fill in', facts({ entries: [draft('record', 19)] }), 'partly'],
    ['processing-records', 'without any', facts({ entries: [draft('processor-record', 0)] }), 'met'],
    ['impact-assessment', 'input was made', facts({ entries: [draft('impact-assessment', 9)] }), 'partly'],
    ['unused-accounts', 'all used', present({ accounts: [account(['auditor'], true)] }), 'met'],
    [
      'unused-accounts',
      'one that did nothing since',
      present({ accounts: [account(['auditor'], true, until - 91 * day), account(['reader'], true)] }),
      'not-met',
    ],
    ['unused-accounts', 'a new one', present({ accounts: [account(['auditor'], true, null)] }), 'met'],
    ['log-retention', 'three years', present({ oldestEntry: since }), 'met'],
    ['log-retention', 'a month', present({ keepEvidenceDays: 30 }), 'not-met'],
    ['documentation-retention', 'three years', present({}), 'not-met'],
    ['documentation-retention', 'six years', present({ keepEvidenceDays: 2_192 }), 'met'],
    ['leak-prevention', 'nothing runs', present({}), 'not-assessable'],
    [
      'leak-prevention',
      'seen, and not looked at',
      present({ workloads: [workload({ isInspected: false })] }),
      'not-met',
    ],
    ['leak-prevention', 'looked at, without a rule', present({ workloads: [workload()] }), 'partly'],
    ['leak-prevention', 'with one', present({ workloads: [workload()], categoryRules: ['r'] }), 'met'],
    ['attack-prevention', 'detected', present({ workloads: [workload()] }), 'partly'],
    ['attack-prevention', 'cut', present({ workloads: [workload({ attacks: 'cut' })] }), 'met'],
    ['start-admission', 'all start', present({}), 'not-assessable'],
    ['start-admission', 'an owner is asked for', present({ admission: ['owner'] }), 'partly'],
    ['start-admission', 'and a purpose', present({ admission: ['owner', 'purpose'] }), 'met'],
    ['automatic-response', 'no rule', facts({ entries: [entry('response')] }), 'not-assessable'],
    ['automatic-response', 'a rule', present({ responses: ['r'] }), 'met'],
    ['alerting', 'a clock', facts({ entries: [entry('notice')] }), 'met'],
    ['alerting', 'a rule', facts({ entries: [{ ...entry('response'), response: 'webhook' }] }), 'met'],
    [
      'alerting',
      'nobody',
      facts({ entries: [{ ...entry('response'), response: 'capture' }] }),
      'not-assessable',
    ],
    [
      'forensic-records',
      'packets',
      present({ captures: [{ id: 'c', at: until - 1, workload: 'w' }] }),
      'met',
    ],
    ['forensic-records', 'nothing happened', present({}), 'not-assessable'],
    ['machine-identity', 'this machine alone', present({}), 'not-assessable'],
    [
      'machine-identity',
      'one more',
      present({ nodes: [{ id: 'n', name: 'n', notAfter: until + 1 }] }),
      'met',
    ],
    [
      'machine-identity',
      'whose certificate is over',
      present({ nodes: [{ id: 'n', name: 'n', notAfter: until }] }),
      'partly',
    ],
  ]
  for (const [id, what, given, state] of cases) {
    test(`${id}: ${what}`, () => {
      const objective: Objective = objectives[id]
      const result = objective.query?.(given)
      assert.equal(result?.state, state)
      // A state that says something rests on something; a broken chain names its entry in words.
      if (state !== 'not-assessable' && id !== 'security-logging') assert.ok(result.evidence.length > 0)
    })
  }
})

suite('a report', () => {
  const control = (given: ReportFacts, id: string, made = until) =>
    assess(frameworks.gdpr, given, made).controls.find((each) => each.id === id)

  test('a proof that is too old is none, a wrong that is old stays one', () => {
    const old = control(facts({ entries: [entry('run', since)] }), 'Art. 5(1)(f)')?.objectives[0]
    assert.equal(old?.state, 'not-assessable')
    assert.match(old?.says ?? '', /10 days old; more than 7 say nothing/)
    const wrong = control(facts({ findings: [finding({ at: since })] }), 'Art. 5(1)(f)')?.objectives[0]
    assert.deepEqual([wrong?.state, wrong?.ageDays], ['not-met', 10])
  })

  test('what a person has to show besides leaves a control at partly, and alone not assessable', () => {
    const given = facts({ entries: [entry('run'), entry('findings')] })
    assert.equal(control(given, 'Art. 32(1)(a)')?.state, 'partly')
    assert.equal(control(given, 'Art. 32(1)(c)')?.state, 'not-assessable')
    assert.equal(control(facts({ findings: [finding()] }), 'Art. 32(1)(a)')?.state, 'not-met')
  })

  test('states are told over the period, oldest first', () => {
    const given = facts({
      findings: [finding({ at: since + 1, crossing: 'watched' }), finding({ at: until - 1 })],
      entries: [entry('run', since + 5 * day)],
    })
    const encrypted = frameworks.hipaa.controls.findIndex(({ id }) => id === '164.312(e)(2)(ii)')
    const { history } = assess(frameworks.hipaa, given, until).controls[encrypted]
    assert.deepEqual(history, [
      'partly',
      ...Array.from({ length: 4 }, () => 'not-assessable'),
      'met',
      ...Array.from({ length: 3 }, () => 'not-assessable'),
      'not-met',
    ])
  })

  test('what is known of the present only is, of a time that is over, what was on record of it', () => {
    const check = (at: number, state: ControlState) => ({
      ...{ entry: 7, at, objective: 'network-restriction', state, says: 'S' },
    })
    const checks = [check(since + 8 * day, 'met'), check(since + 2 * day, 'not-met')]
    const { history, objectives: parts } =
      assess(frameworks.pci, facts({ checks }), until).controls.find(({ id }) => id === '1.4.1') ??
      assert.fail('1.4.1')
    assert.deepEqual(history.filter((state) => state !== 'not-assessable').length, 2)
    assert.deepEqual([history[2], history[8]], ['not-met', 'met'])
    const [{ state, evidence }] = parts
    assert.deepEqual([state, evidence.map(({ id }) => id)], ['met', ['7']])
    const old = assess(frameworks.pci, facts({ checks: [check(until - 40 * day, 'met')] }), until)
    assert.equal(old.controls.find(({ id }) => id === '1.4.1')?.state, 'not-assessable', 'too old')
  })

  test('a control names those elsewhere that ask the same', () => {
    const { equivalents } = assess(frameworks.gdpr, nothing, until).controls[7]
    const named = new Set(equivalents.map(({ framework, id }) => `${framework} ${id}`))
    for (const each of [
      'iso27001 A.8.24',
      'pci 4.2.1',
      'hipaa 164.312(e)(1)',
      'nis2 Art. 21(2)(h)',
      'nist-csf PR.DS-02',
    ])
      assert.ok(named.has(each), each)
  })
})

/** As of NIST, with what a report of ours may have. */
const oscalSchema = Compile(
  JSON.parse(
    readFileSync(new URL('../fixtures/oscal-assessment-results.schema.json', import.meta.url), 'utf8'),
  ) as XSchema,
)

suite('a report as a file', () => {
  const given = facts({
    findings: [finding({ workload: '<img src=x>' })],
    entries: [entry('run'), entry('findings')],
    now: { ...nobody, accounts: [account(['administrator'], true)] },
  })
  const origin = { ledger: 'pavise.dev/ledger/0', size: 9, key: 'key' }

  for (const framework of Object.values(frameworks)) {
    const assessment = assess(framework, given, until)
    test(`${framework.id}: a page loads nothing, and shows what was named as text`, () => {
      const page = frameworkHtml(assessment, origin)
      assert.doesNotMatch(page, /<img|<script|https?:|undefined|\[object/)
      for (const { id } of framework.controls) assert.ok(page.includes(`<td class="id">${id}</td>`), id)
    })

    test(`${framework.id}: OSCAL is as its schema asks, and its references lead somewhere`, () => {
      const report = JSON.parse(JSON.stringify(frameworkOscal(assessment, origin))) as Oscal
      assert.deepEqual(oscalSchema.Errors(report)[1], [])
      checkReferences(report)
    })

    test(`${framework.id}: CSV has a line for each objective of each control`, () => {
      const lines = frameworkCsv(assessment).trimEnd().split('\r\n')
      assert.equal(lines.length - 1, framework.controls.flatMap(({ objectives }) => objectives).length)
    })
  }

  test('an observation of OSCAL says from when on it is no proof', () => {
    const report = JSON.parse(
      JSON.stringify(frameworkOscal(assess(frameworks.soc2, given, until), origin)),
    ) as Oscal
    const expiring = report['assessment-results'].results[0].observations.filter(({ expires }) => expires)
    assert.ok(expiring.length > 0)
    for (const { collected, expires = '' } of expiring) assert.ok(expires > collected)
  })

  test('the schema of OSCAL refuses what it does not know', () => {
    const report = frameworkOscal(assess(frameworks.soc2, given, until), origin)
    for (const change of [
      (text: string) => text.replace('"methods":', '"method":'),
      (text: string) => text.replace('"satisfied"', '"perhaps"').replace('"not-satisfied"', '"perhaps"'),
      (text: string) => text.replace('"last-modified":"', '"last-modified":"on '),
    ]) {
      const changed = JSON.parse(change(JSON.stringify(report))) as unknown
      assert.equal(oscalSchema.Check(changed), false)
    }
  })

  test('the same facts give the same bytes', () => {
    const bytes = () => JSON.stringify(frameworkOscal(assess(frameworks.soc2, given, until), origin))
    assert.equal(bytes(), bytes())
    assert.equal(
      frameworkRecord(assess(frameworks.soc2, given, until), origin).made,
      '2026-11-30T00:00:00.000Z',
    )
  })
})

interface Oscal {
  'assessment-results': {
    'import-ap': { href: string }
    results: {
      'reviewed-controls': { 'control-selections': { 'include-controls': { 'control-id': string }[] }[] }
      observations: { uuid: string; methods: string[]; collected: string; expires?: string }[]
      findings: {
        target: { 'target-id': string }
        'related-observations': { 'observation-uuid': string }[]
      }[]
    }[]
    'back-matter': { resources: { uuid: string }[] }
  }
}

/** References lead somewhere, which a schema cannot say. */
function checkReferences({ 'assessment-results': report }: Oscal): void {
  assert.equal(report['import-ap'].href, `#${report['back-matter'].resources[0].uuid}`)
  const [result] = report.results
  const selections = result['reviewed-controls']['control-selections']
  const selected = selections[0]['include-controls'].map((each) => each['control-id'])
  assert.equal(new Set(selected).size, selected.length)
  const observed = new Set(result.observations.map((each) => each.uuid))
  for (const each of result.findings) {
    assert.ok(selected.includes(each.target['target-id']))
    for (const related of each['related-observations']) assert.ok(observed.has(related['observation-uuid']))
  }
}
