import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleFlow } from '../../test/records.ts'
import { OwnAddresses } from './own-addresses.ts'

const flow = (client: string, server: string) =>
  sampleFlow({ client: { address: client, port: 1 }, server: { address: server, port: 2 } })

const rows: [client: string, server: string, side: string][] = [
  ['10.0.0.1', '10.0.0.2', 'client'],
  ['10.0.0.2', '10.0.0.1', 'server'],
  ['10.0.0.1', '10.0.0.1', 'client'],
  ['127.0.0.1', '127.0.0.1', 'client'],
  ['::1', '::1', 'client'],
  ['fe80::2', 'ff02::1', 'server'],
  ['10.0.0.2', '239.1.2.3', 'server'],
  ['0.0.0.0', '255.255.255.255', 'server'],
  ['10.0.0.2', '10.0.0.3', 'transit'],
  ['10.0.0.2', '22.4.0.3', 'transit'],
  ['fd00::2', 'ff::3', 'transit'],
]

for (const [client, server, side] of rows) {
  test(`from ${client} to ${server} it stands at: ${side}`, () => {
    const addresses = new OwnAddresses(['10.0.0.1'], () => [])
    assert.equal(addresses.sideOf(flow(client, server), 0), side)
  })
}

test('addresses that come later are looked up, but not for each flow', () => {
  let own: string[] = []
  let looks = 0
  const addresses = new OwnAddresses([], () => {
    looks++
    return own
  })
  const sideAt = (now: number) => addresses.sideOf(flow('10.0.0.9', '10.0.0.2'), now)
  assert.deepEqual([sideAt(0), sideAt(999)], ['transit', 'transit'])
  own = ['10.0.0.9']
  assert.deepEqual([sideAt(999), sideAt(1_000), sideAt(5_000)], ['transit', 'client', 'client'])
  assert.equal(looks, 2)
  assert.deepEqual(addresses.found, ['10.0.0.9'])
})

test('what its engine tells of it counts besides', () => {
  const addresses = new OwnAddresses([], () => ['10.0.0.1'])
  assert.equal(addresses.sideOf(flow('192.0.2.1', '10.0.0.1'), 0), 'server')
  addresses.tell(['192.0.2.1'])
  assert.equal(addresses.sideOf(flow('192.0.2.1', '10.0.0.1'), 0), 'client')
})

test('a namespace that has gone keeps the addresses that were found', () => {
  let isGone = false
  const addresses = new OwnAddresses([], () => {
    if (isGone) throw new Error('gone')
    return ['10.0.0.1']
  })
  assert.equal(addresses.sideOf(flow('10.0.0.1', '10.0.0.2'), 0), 'client')
  isGone = true
  assert.equal(addresses.sideOf(flow('10.0.0.8', '10.0.0.2'), 9_000), 'transit')
  assert.equal(addresses.sideOf(flow('10.0.0.1', '10.0.0.2'), 9_000), 'client')
})
