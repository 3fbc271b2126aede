import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WatchedTraffic } from '../../../test/support/watched-traffic.ts'
import { ipv4, message, pointer, question, resource, RESPONSE, Rr } from '../../protocols/dns/fixtures.ts'

const HOUR = 3600
const PARTNER = '93.184.216.34'

function call(traffic: WatchedTraffic, to: string, from?: string): void {
  traffic
    .connect({ to, ...(from === undefined ? {} : { from }) }, [40_000 + (traffic.now % 20_000), 443])
    .close()
  traffic.now += 1
}

/** A host that calls its partner every hour for so long. */
function learned(hours: number): WatchedTraffic {
  const traffic = new WatchedTraffic()
  for (let hour = 0; hour < hours; hour++) {
    call(traffic, PARTNER)
    traffic.now += HOUR
  }
  return traffic
}

function destinations(traffic: WatchedTraffic): (string | undefined)[] {
  return traffic
    .finish()
    .filter(({ name }) => name === 'Destination.First.Seen')
    .map(({ target, subject }) => subject ?? target?.address)
}

/** An answer of the resolver to the host. */
function name(traffic: WatchedTraffic, host: string, address: string): void {
  const ask = question(host, Rr.a)
  const answer = message({
    id: 7,
    flags: RESPONSE,
    questions: [ask],
    answers: [resource(pointer(12), Rr.a, ipv4(address))],
  })
  traffic.udp({ to: '10.0.0.53' }, [40_000, 53], message({ id: 7, questions: [ask] }))
  traffic.udp({ from: '10.0.0.53', to: '10.0.0.1' }, [53, 40_000], answer)
}

test('who is called for the first time after a day is told, once, and who is called inside is not', () => {
  const traffic = learned(25)
  for (const to of ['45.60.7.8', '45.60.7.9', '45.60.7.8', '10.0.0.9', PARTNER]) call(traffic, to)
  assert.deepEqual(destinations(traffic), ['45.60.7.8'])
})

test('while a host is learned nothing is told', () => {
  const traffic = learned(20)
  call(traffic, '45.60.7.8')
  assert.deepEqual(destinations(traffic), [])
})

test('another host has calls of its own to be learned', () => {
  const traffic = learned(25)
  call(traffic, '45.60.7.8', '10.0.0.77')
  assert.deepEqual(destinations(traffic), [])
})

test('a service is its registered domain, wherever it moves', () => {
  const traffic = new WatchedTraffic()
  name(traffic, 'api-1.partner.example', '45.60.1.1')
  call(traffic, '45.60.1.1')
  for (let hour = 0; hour < 25; hour++) traffic.now += HOUR
  name(traffic, 'api-2.partner.example', '77.3.3.3')
  name(traffic, 'drop.elsewhere.example', '77.4.4.4')
  for (const to of ['77.3.3.3', '77.4.4.4']) call(traffic, to)
  assert.deepEqual(destinations(traffic), ['elsewhere.example'])
})

/** Sends so many addresses to the partner. */
function send(traffic: WatchedTraffic, count: number, to = PARTNER): void {
  const emails = Array.from({ length: count }, (_, i) => `anna.weber${i}@clinic-mail.example`)
  const body = JSON.stringify({ emails })
  const talk = traffic.connect({ to }, [30_000 + (traffic.now % 20_000), 80])
  talk.ask(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  talk.close()
}

const volumes: [name: string, expected: number[], day: number, last: number, to?: string][] = [
  ['eight times the usual', [8], 100, 800],
  ['twice the usual', [], 200, 400],
  ['a little where there is hardly anything', [], 2, 80],
  ['much that stays inside', [], 80, 800, '10.0.0.9'],
]

for (const [what, expected, day, last, to] of volumes)
  test(`${what} leaves: ${expected.length === 0 ? 'no threat' : 'told'}`, () => {
    const traffic = new WatchedTraffic()
    for (let hour = 0; hour < 26; hour++) {
      send(traffic, day, to)
      traffic.now += HOUR
    }
    send(traffic, last, to)
    const told = traffic.finish().filter(({ name: kind }) => kind === 'Personal.Data.Volume')
    assert.deepEqual(
      told.map(({ measured }) => measured.value),
      expected,
    )
  })
