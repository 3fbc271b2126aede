import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  sampleCoverage,
  sampleFinding,
  sampleFlow,
  sampleProcess,
  sampleAttack,
  sampleThreat,
  sampleViolation,
} from '../../../test/records.ts'
import { coverageFacet, facetId, findingFacet, flowFacet, incidentFacet } from './facet.ts'

test('flows that differ in what nobody asks for share a facet', () => {
  const facet = flowFacet(sampleFlow(), [])
  const same = {
    id: 'other',
    client: { address: '10.1.0.2', port: 50_000 },
    bytesToServer: 1,
    packetsToClient: 9,
  }
  assert.equal(facetId(flowFacet(sampleFlow(same), [])), facetId(facet))
  for (const other of [
    { encrypted: true },
    { side: 'server' as const },
    { serverName: 'a' },
    { workload: 'w' },
  ]) {
    assert.notEqual(facetId(flowFacet(sampleFlow(other), [])), facetId(facet), JSON.stringify(other))
  }
  assert.notEqual(facetId(flowFacet(sampleFlow(), ['iban'])), facetId(facet))
})

test('what traffic says is no mark of what it carried', () => {
  const { words } = flowFacet(sampleFlow({ serverName: '=iban.example' }), [])
  assert.ok(!words.includes('=iban') && words.includes('iban.example'))
})

test('each kind of record is found by what people know of it', () => {
  const cases: [words: string[], found: string[]][] = [
    [findingFacet(sampleFinding(), sampleFlow()).words, ['iban', 'financial', '10.1.0.3', 'http']],
    [findingFacet(sampleFinding(), null).words, ['iban', 'financial', 'docker:web']],
    [coverageFacet(sampleCoverage()).words, ['ring-full', 'kernel']],
    [incidentFacet(sampleViolation()).words, ['192.0.2.10', '23', 'no-rule', 'docker:web']],
    [incidentFacet(sampleProcess()).words, ['nginx', 'sbin', 'root', 'image']],
    [incidentFacet(sampleAttack()).words, ['sql-injection', 'query', 'sort', '198.51.100.7']],
    [incidentFacet(sampleThreat()).words, ['syn-flood', 'critical', 't1499.001', '198.51.100.7']],
  ]
  for (const [words, found] of cases)
    assert.deepEqual(
      found.filter((word) => !words.includes(word)),
      [],
    )
})
