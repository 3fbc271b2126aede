import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataFlowMap } from './data-flow-map.ts'
import { context, data, joinLetters, observed, outside, processor, server, workload } from './map-fixtures.ts'
import type { ObservedFlow } from './observed-flow.ts'
import type { Transfer } from './transfer.ts'
import { mergedTransfer, transfersOf } from './transfers-of.ts'

/** `sender → recipient application [categories] persons flags` */
function line({ sender, recipient, application, categories, persons, flags }: Transfer): string {
  const names = categories.map(({ category }) => category).join(',')
  const party = ({ kind, id }: Transfer['sender']) => `${kind} ${id}`
  return [`${party(sender)} → ${party(recipient)} ${application} [${names}] ${persons}`, ...flags].join(' ')
}

function lines(flows: readonly ObservedFlow[], ...declared: Parameters<typeof context>): string[] {
  return dataFlowMap(transfersOf(flows, joinLetters), context(...declared)).map(line)
}

const iban = data('iban', 'financial')
const [api, web] = [workload('api'), workload('web')]

const cases: [what: string, flows: ObservedFlow[], expected: string[]][] = [
  [
    'what is asked and what is answered are two transfers',
    [
      observed(api, workload('db'), {
        application: 'PostgreSQL',
        carried: [iban, data('email', 'contact', { direction: 'to-client' })],
        subjects: { toServer: 'a', toClient: 'abc' },
      }),
    ],
    [
      'workload clinic/api → store clinic/db PostgreSQL [financial] 1 in-the-clear',
      'store clinic/db → workload clinic/api PostgreSQL [contact] 3 in-the-clear',
    ],
  ],
  [
    'workloads of a service are one, and a person that both saw is one',
    [
      observed(workload('api', { id: 'docker:1' }), web, {
        carried: [iban],
        subjects: { toServer: 'ab', toClient: '' },
      }),
      observed(workload('api', { id: 'docker:2' }), web, {
        carried: [iban],
        subjects: { toServer: 'bc', toClient: '' },
      }),
    ],
    ['workload clinic/api → workload clinic/web HTTP [financial] 3 in-the-clear'],
  ],
  ['what was read and had nothing in it is no transfer', [observed(api, server('x.example', 80))], []],
  ['what a workload says to itself leaves nothing', [observed(api, api, { carried: [iban] })], []],
  [
    'clients outside send, and are no recipients that somebody has to declare',
    [observed(outside, web, { carried: [iban, data('email', 'contact', { direction: 'to-client' })] })],
    [
      'outside outside → workload clinic/web HTTP [financial] 2 in-the-clear',
      'workload clinic/web → outside outside HTTP [contact] 0 in-the-clear',
    ],
  ],
  [
    'encrypted, to somebody outside, from who has personal data: it may be some',
    [
      observed(web, api, { carried: [iban] }),
      observed(api, server('x.example'), { application: 'SSL', encrypted: true, last: 4_000 }),
      observed(workload('cron'), server('x.example'), { application: 'SSL', encrypted: true, last: 3_000 }),
    ],
    [
      'workload clinic/web → workload clinic/api HTTP [financial] 2 in-the-clear',
      'workload clinic/api → external x.example:443 SSL [] 2 undeclared-recipient',
      'workload clinic/cron → external x.example:443 SSL [] 2',
    ],
  ],
]
for (const [what, flows, expected] of cases) {
  test(what, () => assert.deepEqual(lines(flows), expected))
}

const toLab = (addresses: string[], change: Partial<ObservedFlow> = {}) =>
  observed(api, server('api.lab.example'), {
    carried: [data('us-ssn', 'identity')],
    encrypted: true,
    addresses,
    ...change,
  })

const partners: [
  what: string,
  flow: ObservedFlow,
  declared: Parameters<typeof processor>[0],
  flags: string,
][] = [
  ['as declared', toLab(['192.0.2.1']), {}, ''],
  ['a category more', toLab([], { carried: [iban] }), {}, 'beyond-declaration'],
  ['an address elsewhere, without a ground', toLab(['192.0.2.2']), {}, 'third-country other-country'],
  [
    'a sub-processor there, with clauses',
    toLab(['192.0.2.1', '192.0.2.2']),
    { subProcessors: [{ name: 'S', country: 'CN', transferMechanism: 'standard-contractual-clauses' }] },
    '',
  ],
  ['declared in a third country, with nothing', toLab([]), { country: 'CN' }, 'third-country'],
  ['with binding rules', toLab([]), { country: 'CN', transferMechanism: 'binding-corporate-rules' }, ''],
  [
    'by a decision that there is not',
    toLab([]),
    { country: 'CN', transferMechanism: 'adequacy-decision' },
    'third-country',
  ],
  ['in part adequate, and nobody has looked', toLab(['192.0.2.3']), { country: 'US' }, 'third-country'],
  [
    'in part adequate, and somebody has',
    toLab(['192.0.2.3']),
    { country: 'US', transferMechanism: 'adequacy-decision' },
    '',
  ],
  ['in the clear', toLab([], { encrypted: false }), {}, 'in-the-clear'],
]
for (const [what, flow, declared, flags] of partners) {
  test(`a declared partner: ${what}`, () => {
    const [transfer] = dataFlowMap(transfersOf([flow], joinLetters), context([processor(declared)]))
    assert.equal(transfer.recipient.kind, 'processor')
    assert.equal(transfer.flags.join(' '), flags)
  })
}

test('two parts of a transfer are as one that was seen as a whole, whichever comes first', () => {
  const flow = (change: Partial<ObservedFlow>) => transfersOf([observed(api, web, change)], joinLetters)[0]
  const a = flow({ carried: [iban], last: 4_000, flowIds: ['f1', 'f2'] })
  const b = flow({
    carried: [data('bic', 'financial', { last: 9_000 })],
    first: 10,
    last: 9_000,
    flowIds: ['f2', 'f3'],
  })
  const merged = mergedTransfer(a, b, joinLetters)
  assert.deepEqual(mergedTransfer(b, a, joinLetters), merged)
  assert.deepEqual(
    [merged.id, merged.flows, merged.bytes, merged.first, merged.last],
    [a.id, 4, 200, 10, 9_000],
  )
  assert.deepEqual(merged.flowIds, ['f1', 'f2', 'f3'])
  assert.deepEqual(
    merged.categories.map(({ category, identifiers, values }) => [category, identifiers, values]),
    [['financial', ['bic', 'iban'], 20]],
  )
})

test('labels say what a workload is for', () => {
  const labels = { gdpr: 'True', team: 'patient-records', purpose: 'treatment' }
  const [transfer] = dataFlowMap(
    transfersOf([observed(workload('api', { labels }), web, { carried: [iban] })], joinLetters),
    {
      ...context(),
      labels: {
        marks: ['gdpr=t*'],
        owner: ['owner', 'team'],
        purpose: ['purpose'],
        requires: [],
        admission: [],
      },
    },
  )
  const { isMarked, owner, purpose } = transfer.sender
  assert.deepEqual([isMarked, owner, purpose], [true, 'patient-records', 'treatment'])
  assert.deepEqual([transfer.recipient.isMarked, transfer.recipient.owner], [false, null])
})

test('a decision holds until the end of its last day', () => {
  const flags = (now: number) =>
    dataFlowMap(transfersOf([toLab([])], joinLetters), {
      ...context([processor({ country: 'GB' })]),
      now,
    }).flatMap((each) => each.flags)
  assert.deepEqual(flags(Date.UTC(2031, 11, 27, 23, 59)), [])
  assert.deepEqual(flags(Date.UTC(2031, 11, 28)), ['third-country'])
})
