import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookedFor } from './settings.ts'

test('what is not configured is as in the table', () => {
  const { synFlood, sessionLimit } = lookedFor({ synFlood: { threshold: 10 }, sessionLimit: { on: true } })
  assert.deepEqual([synFlood.measure.threshold, synFlood.measure.seconds, synFlood.on], [10, 5, true])
  assert.deepEqual([sessionLimit.measure.threshold, sessionLimit.on], [2000, true])
})

test('where connections are spread over engines, so are thresholds that are counted in them, and no others', () => {
  const { slowRequests, portScan, icmpFlood, httpBruteForce } = lookedFor({}, 3)
  assert.equal(slowRequests.measure.threshold, 4)
  assert.equal(portScan.measure.threshold, 7)
  assert.equal(icmpFlood.measure.threshold, 100, 'pings of one program are one flow')
  assert.equal(httpBruteForce.measure.threshold, 60, 'requests of one client may be on one connection')
})
