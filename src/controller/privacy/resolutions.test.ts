import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultPersonalDataLabels } from '../../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import type { LabelledService } from '../../privacy/differences/labelled-differences.ts'
import { standingDifferences } from '../../privacy/differences/standing-differences.ts'
import { dataFlowMap } from '../../privacy/map/data-flow-map.ts'
import {
  context,
  data,
  joinLetters,
  observed,
  processor,
  server,
  workload,
} from '../../privacy/map/map-fixtures.ts'
import type { ObservedFlow } from '../../privacy/map/observed-flow.ts'
import { transfersOf } from '../../privacy/map/transfers-of.ts'
import { readPolicy } from '../../security-as-code/policy/read-policy.ts'
import { writePolicy } from '../../security-as-code/policy/write-policy.ts'
import { declaration, prohibition } from './resolutions.ts'

const contact = data('email', 'contact')
const toLab = (change: Partial<ObservedFlow> = {}) =>
  observed(workload('api'), server('lab.example'), {
    ...{ encrypted: true, carried: [contact], addresses: ['192.0.2.1'], dnsNames: ['lab.example'] },
    ...change,
  })

const lab = processor({ contract: '17', addresses: ['lab.example'], transferMechanism: 'derogation' })
const labelled: LabelledService = {
  ...{ id: 'clinic/api', owner: 'a', purpose: 'b' },
  ...{ notInspected: 'said so', notDetected: null, clearRules: ['r'] },
}

/** What resolves the first difference of a kind, as a file, and what is said of it by those who read such files. */
function resolved(
  how: typeof declaration,
  kind: string,
  flow: ObservedFlow,
  processors: ProcessorDefinition[] = [],
) {
  const transfers = dataFlowMap(transfersOf([flow], joinLetters), context(processors))
  const labels = defaultPersonalDataLabels
  const all = standingDifferences({
    transfers,
    processors,
    services: [labelled],
    labels,
    acceptances: new Map(),
    now: 0,
  })
  const difference = all.find((each) => each.kind === kind)
  assert.ok(difference, kind)
  const { objects, missing } = how({ difference, transfers, processors })
  const beside = processors.length === 0 ? '' : `---\n${known}`
  const text = writePolicy(objects)
  const isProcessor = objects.some((object) => object.kind === 'Processor')
  const { definition, problems } = readPolicy([{ name: 'r.yaml', text: isProcessor ? text : text + beside }])
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ problem }) => problem)
  return { definition, errors, missing }
}

const known = writePolicy([
  {
    apiVersion: 'pavise.dev/v1',
    kind: 'Processor',
    metadata: { name: 'lab' },
    spec: {
      name: 'Lab',
      role: 'processor',
      country: 'DE',
      contract: '17',
      categories: ['identity'],
      addresses: ['lab.example'],
    },
  },
])

test('somebody undeclared becomes a partner, and where they are has to be known', () => {
  const { definition, errors } = resolved(declaration, 'undeclared-recipient', toLab())
  assert.deepEqual(errors, [])
  const [{ name, country, categories, addresses }] = definition.processors
  assert.deepEqual(
    [name, country, categories, addresses],
    ['lab-example', 'DE', ['contact'], ['lab.example']],
  )
  const elsewhere = resolved(
    declaration,
    'undeclared-recipient',
    toLab({ addresses: [], dnsNames: ['lab.example'] }),
  )
  assert.match(elsewhere.errors.join(), /country/, 'what nobody knows has to be written')
  assert.equal(elsewhere.missing[0], 'country')
})

test('who was asked for by the name of a partner becomes that partner by the address', () => {
  const flow = observed(workload('api'), server('sni.example'), {
    ...{ encrypted: true, carried: [contact], addresses: ['192.0.2.1'] },
  })
  const { definition, errors, missing } = resolved(declaration, 'undeclared-recipient', flow, [lab])
  assert.deepEqual(errors, [])
  assert.deepEqual(definition.processors[0], { ...lab, addresses: ['lab.example', '192.0.2.1'] })
  assert.match(missing[0], /addresses/)
})

test('a category that comes is added to what is declared, and nothing else changes', () => {
  const { definition, errors } = resolved(declaration, 'beyond-declaration', toLab(), [lab])
  assert.deepEqual(errors, [])
  assert.deepEqual(definition.processors[0], { ...lab, categories: ['identity', 'contact'] })
})

test('what nobody can know but a person has to be written before it can be applied', () => {
  const elsewhere = { ...lab, categories: ['contact' as const] }
  const sub = resolved(declaration, 'other-country', toLab({ addresses: ['192.0.2.2'] }), [elsewhere])
  assert.match(sub.errors.join(), /subProcessors/)
})

test('to forbid is a rule against the sender, asked before others', () => {
  const denied = resolved(prohibition, 'undeclared-recipient', toLab())
  assert.deepEqual(denied.errors, [])
  const [{ from, to, action, priority }] = denied.definition.rules
  assert.deepEqual([from, action, priority], ['nv.api.clinic', 'deny', 100])
  const target = denied.definition.groups.find(({ name }) => name === to)
  assert.deepEqual(target?.criteria, [{ key: 'address', op: '=', value: 'lab.example' }])
})

test('in the clear is forbidden by asking for encryption, of partners, workloads and others', () => {
  const plain = { encrypted: false }
  const cases: [flow: ObservedFlow, processors: ProcessorDefinition[], to: RegExp][] = [
    [toLab(plain), [], /^pavise\.[0-9a-f]{16}$/],
    [toLab(plain), [lab], /^processor\/lab$/],
    [observed(workload('api'), workload('web'), { carried: [contact] }), [], /^nv\.web\.clinic$/],
  ]
  for (const [flow, processors, to] of cases) {
    const { definition, errors } = resolved(prohibition, 'in-the-clear', flow, processors)
    assert.deepEqual(errors, [])
    const [rule] = definition.rules
    assert.match(rule.to, to)
    assert.deepEqual([rule.from, rule.requirements], ['nv.api.clinic', { encryption: {} }])
  }
})

test('a category beyond what is declared is forbidden on the way to the partner', () => {
  const { definition, errors } = resolved(prohibition, 'beyond-declaration', toLab(), [lab])
  assert.deepEqual(errors, [])
  assert.deepEqual(definition.rules[0].requirements, { personalData: { forbidden: ['contact'] } })
})

test('what labelled services are held to becomes a policy', () => {
  const encryption = resolved(prohibition, 'label-encryption', toLab())
  assert.deepEqual(encryption.errors, [])
  const [{ from, to, requirements }] = encryption.definition.rules
  assert.deepEqual([from, to, requirements], ['nv.api.clinic', 'external', { encryption: {} }])
  const inspection = resolved(prohibition, 'label-inspection', toLab())
  assert.deepEqual(inspection.errors, [])
  assert.deepEqual(
    inspection.definition.groups.map((group) => [group.name, group.inspection]),
    [['nv.api.clinic', 'content']],
  )
})
