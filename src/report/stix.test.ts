import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { BreachCase, Recipient } from '../privacy/case.ts'
import { caseStix } from './stix.ts'

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
const bundleOf = (change: Partial<BreachCase> = {}): Bundle =>
  caseStix({ ...breach, ...change }, evidence, Date.parse('2026-11-21T00:00:00Z')) as Bundle

suite('a case for a CSIRT', () => {
  test('has what STIX 2.1 asks of each object, and every reference leads somewhere', () => {
    const { type, id, objects } = bundleOf()
    assert.equal(type, 'bundle')
    const form = /^[a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    assert.match(id, form)
    const ids = new Set(objects.map((object) => object.id))
    assert.equal(ids.size, objects.length, 'none is there twice')
    for (const object of objects) {
      assert.match(object.id, form)
      assert.ok(object.id.startsWith(`${object.type}--`), object.id)
      assert.equal(object.spec_version, '2.1')
      const refs = ['object_refs', 'object_marking_refs'].flatMap((name) => (object[name] ?? []) as string[])
      for (const ref of [
        ...refs,
        ...(object.created_by_ref === undefined ? [] : [object.created_by_ref as string]),
      ])
        assert.ok(ids.has(ref), `${object.type} refers to ${ref}`)
    }
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
