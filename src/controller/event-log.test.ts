import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventLog, type Subscription } from './event-log.ts'

const limits = { events: 5, eventBytes: 1_000, subscribers: 2 }
const noWake = () => undefined

function takeAll(subscription: Subscription | null): (string | number)[] {
  const taken: (string | number)[] = []
  for (let next = subscription?.take(); next; next = subscription?.take()) {
    taken.push('event' in next ? (JSON.parse(next.event.data) as string) : next.missed)
  }
  return taken
}

test('a subscriber gets what is published after it came, in order', () => {
  const log = new EventLog('run', limits)
  log.publish('flow', 'before')
  const subscription = log.subscribe(noWake)
  log.publish('flow', 'a')
  log.publish('flow', 'b')
  assert.deepEqual(takeAll(subscription), ['a', 'b'])
  log.publish('flow', 'c')
  assert.deepEqual(takeAll(subscription), ['c'])
})

test('one that comes back goes on after the last event it had', () => {
  const log = new EventLog('run', limits)
  for (const name of ['a', 'b', 'c']) log.publish('flow', name)
  assert.deepEqual(takeAll(log.subscribe(noWake, 1)), ['b', 'c'])
  assert.deepEqual(takeAll(log.subscribe(noWake, 3)), [])
})

test('one that is too slow is told how many it missed, and the log does not grow for it', () => {
  const log = new EventLog('run', limits)
  const slow = log.subscribe(noWake)
  for (let i = 1; i <= 100_000; i++) log.publish('flow', `${i}`)
  assert.equal(log.newest - log.oldest + 1, 5)
  assert.deepEqual(takeAll(slow), [99_995, '99996', '99997', '99998', '99999', '100000'])
})

test('large events make the log shorter', () => {
  const log = new EventLog('run', limits)
  const slow = log.subscribe(noWake)
  for (let i = 0; i < 4; i++) log.publish('flow', 'x'.repeat(400))
  assert.deepEqual(takeAll(slow), [2, 'x'.repeat(400), 'x'.repeat(400)])
  log.publish('flow', 'x'.repeat(2_000))
  assert.deepEqual(takeAll(slow), [1])
})

test('a waiting subscriber is woken once for many events', () => {
  const log = new EventLog('run', limits)
  let woken = 0
  const subscription = log.subscribe(() => woken++)
  log.publish('flow', 'a')
  assert.equal(woken, 0, 'it has not asked yet')
  takeAll(subscription)
  log.publish('flow', 'b')
  log.publish('flow', 'c')
  assert.equal(woken, 1)
})

test('there are no more subscribers than allowed, and one that leaves makes room', () => {
  const log = new EventLog('run', limits)
  const first = log.subscribe(noWake)
  assert.ok(log.subscribe(noWake))
  assert.equal(log.subscribe(noWake), null)
  first?.close()
  assert.ok(log.subscribe(noWake))
})
