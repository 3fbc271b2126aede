import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { BreachCase, Recipient } from '../privacy/case.ts'
import { caseStix } from './stix.ts'
import { stixProblems } from './stix-rules-fixtures.ts'

const recipient = (name: string, isExternal = true): Recipient => ({
  ...{ name, isExternal, isEncrypted: false, categories: ['health'], flows: 3, persons: 40 },
  ...{ first: '2026-11-20T08:00:00.000Z', last: '2026-11-20T09:00:00.000Z' },
})

const breach: BreachCase = {
  ...{ id: 'case-2026-0001', title: 'Export', state: 'open', kinds: ['confidentiality'], role: 'controller' },
  ...{ regimes: ['gdpr'], workloads: [], description: 'D', consequences: 'C', measures: 'M', contact: 'K' },
  ...{ severity: {}, openedAt: '2026-11-20T12:00:00.000Z', history: [], times: {} },
  scope: {
    ...{ computedAt: '2026-11-20T13:00:00.000Z', workloads: [], since: '2026-11-19T13:00:00.000Z' },
    ...{ until: '2026-11-20T13:00:00.000Z', persons: 40, values: 98, isCut: false, violations: [] },
    categories: [{ category: 'health', identifiers: ['diagnosis'], values: 10 }],
    recipients: ['lab.example:443', '192.0.2.7', '2001:db8::7', 'lab.example:80'].map((name) =>
      recipient(name),
    ),
    gaps: [{ reason: 'ring-full', count: 2, detail: '12 packets' }],
  },
}
const evidence = [
  { index: 7, time: '2026-11-20T12:00:00.000Z', actor: 'anna', what: 'opened', leaf: 'ab'.repeat(32) },
]

interface Bundle {
  type: string
  id: string
  objects: ({ type: string; id: string; spec_version: string } & Record<string, unknown>)[]
}
const steps = [
  {
    ...{ at: '2026-11-20T08:00:00.000Z', text: 'reported, sql-injection in query name' },
    intrusion: { stage: 'exploitation', technique: 'T1190' },
  },
  {
    ...{ at: '2026-11-20T08:01:00.000Z', text: 'reported, webshell' },
    intrusion: { stage: 'command-and-control', technique: 'T1505.003' },
  },
  {
    ...{ at: '2026-11-20T08:02:00.000Z', text: 'reported, sql-injection again' },
    intrusion: { stage: 'exploitation', technique: 'T1190' },
  },
]
const bundleOf = (change: Partial<BreachCase> = {}, made = '2026-11-21T00:00:00Z'): Bundle =>
  caseStix({ breach: { ...breach, ...change }, evidence, steps, made: Date.parse(made) }) as Bundle

suite('a case for a CSIRT', () => {
  test('is what STIX 2.1 asks of each object, and every reference leads somewhere', () => {
    const suspected = { addresses: ['198.51.100.3', '2001:db8::9'] }
    for (const change of [{}, suspected, { scope: null }, { description: '', measures: '' }]) {
      const { type, id, objects } = bundleOf(change)
      assert.equal(type, 'bundle')
      assert.match(id, /^bundle--[0-9a-f-]{36}$/)
      assert.deepEqual(stixProblems(objects), [])
    }
    assert.deepEqual(stixProblems(bundleOf({}, '2026-01-01T00:00:00Z').objects), [], 'whatever a clock says')
  })

  test('the rules that it is held against find what breaks them', () => {
    const { objects } = bundleOf({ addresses: ['198.51.100.3'] })
    const broken: [type: string, change: object, problem: RegExp][] = [
      ['incident', { id: 'incident--1' }, /its id/],
      ['incident', { name: undefined }, /lacks name/],
      ['incident', { severity: 'high' }, /has severity/],
      ['note', { object_refs: [] }, /object_refs is empty/],
      ['note', { object_refs: ['report--1'] }, /refers to report--1/],
      ['indicator', { pattern: "[ipv4-addr:value = '' OR 1]" }, /its pattern/],
      ['indicator', { valid_from: '2026-11-20' }, /valid_from is no time/],
      ['observed-data', { number_observed: 0 }, /number_observed/],
      [
        'attack-pattern',
        { kill_chain_phases: [{ kill_chain_name: 'x', phase_name: 'y' }] },
        /its kill chain/,
      ],
      ['report', { modified: '2020-01-01T00:00:00.000Z' }, /modified before created/],
      ['relationship', { relationship_type: 'indicates' }, /incident indicates attack-pattern/],
    ]
    for (const [type, change, problem] of broken) {
      const at = objects.findIndex((object) => object.type === type)
      const changed = objects.with(at, { ...objects[at], ...change })
      assert.match(stixProblems(changed).join(), problem)
    }
  })

  test('has each technique once, with its stage and what was seen of it, and suspicious addresses to look for', () => {
    const { objects } = bundleOf({ addresses: ['198.51.100.3'] })
    const patterns = objects.filter(({ type }) => type === 'attack-pattern')
    assert.deepEqual(
      patterns.map(({ name, description }) => [name, String(description).split('\n').length]),
      [
        ['T1190', 2],
        ['T1505.003', 1],
      ],
    )
    assert.match(JSON.stringify(patterns), /attack\.mitre\.org\/techniques\/T1505\/003/)
    const indicator = objects.find(({ type }) => type === 'indicator')
    assert.equal(indicator?.['pattern'], "[ipv4-addr:value = '198.51.100.3']")
    const told = objects.filter(({ relationship_type: kind }) => kind === 'indicates')
    assert.deepEqual(new Set(told.map(({ source_ref: from }) => from)), new Set([indicator?.id]))
    assert.equal(told.length, 2)
  })

  test('a name has the id that everybody gives it', () => {
    const scope = {
      ...(breach.scope as NonNullable<BreachCase['scope']>),
      recipients: [recipient('example.com')],
    }
    const { id } = bundleOf({ scope }).objects.find(({ type }) => type === 'domain-name') ?? {}
    assert.equal(id, 'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7')
  })

  test('names where data went, by address or name, each once', () => {
    const values = bundleOf().objects.flatMap(({ type, value }) =>
      value === undefined ? [] : [`${type} ${value as string}`],
    )
    assert.deepEqual(values, ['domain-name lab.example', 'ipv4-addr 192.0.2.7', 'ipv6-addr 2001:db8::7'])
    const within = bundleOf({
      scope: { ...(breach.scope as NonNullable<BreachCase['scope']>), recipients: [recipient('api', false)] },
    })
    assert.ok(
      within.objects.every(({ value }) => value === undefined),
      'what stayed within is nobody else’s matter',
    )
  })

  test('lists the hashes of the evidence, and is the same for the same case', () => {
    const notes = bundleOf()
      .objects.filter(({ type }) => type === 'note')
      .map(({ content }) => content as string)
    assert.ok(notes.some((content) => content.includes(`${'ab'.repeat(32)}  entry 7`)))
    assert.ok(notes.some((content) => content.includes('ring-full')))
    assert.deepEqual(bundleOf(), bundleOf())
  })
})
