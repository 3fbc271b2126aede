import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleWorkload } from '../../../test/records.ts'
import { emptyPolicy } from '../../policy/definition.ts'
import { LivePolicy } from '../../policy/live/live-policy.ts'
import { processor } from '../../privacy/map/map-fixtures.ts'
import type { PartyFacts } from '../../privacy/map/transfer.ts'
import { partnerOf, resembledPartner } from './partner-of.ts'

const live = new LivePolicy({
  ...emptyPolicy,
  processors: [
    processor({ name: 'by-name', addresses: ['*.lab.example', 'api.mail.example'] }),
    processor({ name: 'by-address', addresses: ['192.0.2.0/24', '2001:db8::/32'] }),
    processor({ name: 'by-host', addresses: ['vh:shop.example'] }),
    processor({ name: 'by-group', addresses: [], groups: ['nv.web.clinic'] }),
  ],
})
live.started(sampleWorkload({ id: 'docker:web' }), 'node-1')

function server(name: string, addresses: string[], dnsNames: string[] = []): PartyFacts {
  const none = { service: null, namespace: null, labels: {}, workloads: [] }
  return { kind: 'server', id: name, name, ...none, addresses, dnsNames }
}

function workload(service: string, workloads: string[]): PartyFacts {
  const facts = { id: `clinic/${service}`, name: service, service, namespace: 'clinic', labels: {} }
  return { kind: 'workload', ...facts, workloads, addresses: [], dnsNames: [] }
}

const outside: PartyFacts = { ...server('outside', ['192.0.2.1']), kind: 'outside' }

const cases: [what: string, party: PartyFacts, partner: string | undefined, resembled: string | undefined][] =
  [
    ['by a DNS name', server('x:443', ['198.51.100.1'], ['api.mail.example']), 'by-name', undefined],
    ['by a wildcard', server('x:443', ['198.51.100.1'], ['a.b.lab.example']), 'by-name', undefined],
    ['by an address', server('x:443', ['198.51.100.1', '192.0.2.9']), 'by-address', 'by-address'],
    ['by an address of IPv6', server('x:443', ['2001:db8::9']), 'by-address', 'by-address'],
    ['as a virtual host', server('shop.example:443', ['198.51.100.1']), 'by-host', 'by-host'],
    ['by what the client wrote alone', server('a.lab.example:443', ['198.51.100.1']), undefined, 'by-name'],
    ['nobody', server('other.example:443', ['198.51.100.1'], ['other.example']), undefined, undefined],
    ['a workload that runs', workload('web', ['docker:web']), 'by-group', undefined],
    ['a workload that ran', workload('web', ['docker:gone']), 'by-group', undefined],
    ['another workload', workload('api', ['docker:api']), undefined, undefined],
    ['clients outside', outside, undefined, undefined],
  ]
for (const [what, party, partner, resembled] of cases) {
  test(`a partner is known: ${what}`, () => {
    assert.equal(partnerOf(party, live), partner)
    assert.equal(resembledPartner(party, live), resembled)
  })
}
