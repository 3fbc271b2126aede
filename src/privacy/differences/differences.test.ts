import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultPersonalDataLabels } from '../../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import { dataFlowMap } from '../map/data-flow-map.ts'
import {
  context,
  data,
  joinLetters,
  observed,
  outside,
  processor,
  server,
  workload,
} from '../map/map-fixtures.ts'
import type { ObservedFlow } from '../map/observed-flow.ts'
import { transfersOf } from '../map/transfers-of.ts'
import type { Acceptance } from './difference.ts'
import type { LabelledService } from './labelled-differences.ts'
import { standingDifferences } from './standing-differences.ts'

const now = 1_000_000
const [api, web] = [workload('api'), workload('web')]
const health = data('diagnosis', 'health')
const contact = data('email', 'contact')

interface Given {
  flows?: readonly ObservedFlow[]
  processors?: readonly ProcessorDefinition[]
  services?: readonly LabelledService[]
  acceptances?: readonly Acceptance[]
}

function differences({ flows = [], processors = [], services = [], acceptances = [] }: Given) {
  const transfers = dataFlowMap(transfersOf(flows, joinLetters), context(processors))
  const byId = new Map(acceptances.map((each) => [each.difference, each]))
  return standingDifferences({
    ...{ transfers, processors, services, labels: defaultPersonalDataLabels, acceptances: byId, now },
  })
}

const toLab = (change: Partial<ObservedFlow> = {}, client = api) =>
  observed(client, server('api.lab.example'), {
    encrypted: true,
    carried: [contact],
    addresses: ['192.0.2.1'],
    ...change,
  })

const cases: [what: string, given: Given, expected: string[]][] = [
  ['nothing', {}, []],
  [
    'somebody undeclared is one difference, whoever sends to them',
    { flows: [toLab(), toLab({ carried: [health] }, web)] },
    [
      'high undeclared-recipient clinic/api, clinic/web sends contact, health data to api.lab.example:443, which nobody has declared',
    ],
  ],
  [
    'asked for by a name that is declared, which nothing confirms',
    {
      flows: [observed(api, server('sni.example'), { encrypted: true, carried: [contact] })],
      processors: [processor()],
    },
    [
      'high undeclared-recipient clinic/api sends contact data to sni.example:443, which nobody has declared: it was asked for by a name of Lab, and no DNS answer confirmed that it is',
      'low not-observed Lab is declared, and nothing was seen to go to it',
    ],
  ],
  [
    'encrypted, to somebody undeclared, from who has personal data',
    { flows: [toLab({ carried: [] }), observed(outside, api, { carried: [contact], encrypted: true })] },
    [
      'low undeclared-recipient clinic/api sends something encrypted to api.lab.example:443, which nobody has declared',
    ],
  ],
  [
    'each category beyond what is declared is one',
    { flows: [toLab({ carried: [contact, health] })], processors: [processor()] },
    [
      'high beyond-declaration clinic/api sends contact data to Lab, which is not declared to receive that',
      'high beyond-declaration clinic/api sends health data to Lab, which is not declared to receive that',
    ],
  ],
  [
    'each country without a ground is one, and what a partner is not declared to be in',
    {
      flows: [toLab({ addresses: ['192.0.2.1', '192.0.2.2'] })],
      processors: [processor({ categories: ['contact'] })],
    },
    [
      'high third-country clinic/api sends contact data to Lab in CN: no adequacy decision speaks of CN, and no other ground is declared',
      'high other-country clinic/api sends contact data to Lab at addresses in CN, where it is not declared to be',
    ],
  ],
  [
    'in the clear between workloads, and what is delicate of it',
    { flows: [observed(web, api, { carried: [contact] }), observed(api, web, { carried: [health] })] },
    [
      'high in-the-clear clinic/api sends health data to clinic/web by HTTP, unencrypted',
      'medium in-the-clear clinic/web sends contact data to clinic/api by HTTP, unencrypted',
    ],
  ],
  [
    'a partner to which nothing goes',
    { processors: [processor()] },
    ['low not-observed Lab is declared, and nothing was seen to go to it'],
  ],
  [
    'labelled, and held to nothing that it has',
    {
      services: [
        {
          id: 'clinic/api',
          owner: null,
          purpose: 'treatment',
          notInspected: 'host-network',
          notDetected: null,
          clearRules: ['r1'],
        },
        {
          id: 'clinic/web',
          owner: 'web',
          purpose: 'treatment',
          notInspected: null,
          notDetected: null,
          clearRules: [],
        },
      ],
    },
    [
      'medium label-inspection clinic/api is labelled as one of personal data, and what it sends and receives is not looked at: host-network',
      'medium label-encryption clinic/api is labelled as one of personal data, and rules let it send to others outside without encryption: r1',
      'low label-owner clinic/api is labelled as one of personal data, and no label says who answers for it (owner, team)',
    ],
  ],
]
for (const [what, given, expected] of cases) {
  test(what, () => {
    const told = differences(given).map(({ severity, kind, text }) => `${severity} ${kind} ${text}`)
    assert.deepEqual(told.toSorted(), expected.toSorted())
  })
}

test('a difference is the same when more is seen of it', () => {
  const [first] = differences({ flows: [toLab()] })
  const [later] = differences({
    flows: [toLab({ last: 900_000, flows: 9 }), toLab({ carried: [health] }, web)],
  })
  assert.equal(later.id, first.id)
  assert.equal(later.last, 900_000)
})

test('what is accepted is so until its day, and of no more than it was about', () => {
  const [{ id }] = differences({ flows: [toLab()] })
  const acceptance = (until: number, categories: Acceptance['categories']): Acceptance => ({
    ...{ difference: id, by: 'anna', reason: 'contract is being signed', at: 0, text: '' },
    ...{ until, categories },
  })
  const stands = (flow: ObservedFlow, given: Acceptance) => {
    const [{ state, reopened }] = differences({ flows: [flow], acceptances: [given] })
    return reopened === null ? state : `${state}: ${reopened}`
  }
  assert.equal(stands(toLab(), acceptance(now + 1, ['contact'])), 'accepted')
  assert.equal(stands(toLab(), acceptance(now, ['contact'])), 'open: expired')
  assert.equal(
    stands(toLab({ carried: [contact, health] }), acceptance(now + 1, ['contact'])),
    'open: more-categories',
  )
})

test('clients outside can be neither declared nor forbidden', () => {
  const [{ resolutions }] = differences({ flows: [observed(outside, web, { carried: [contact] })] })
  assert.deepEqual(resolutions, ['accept'])
})
