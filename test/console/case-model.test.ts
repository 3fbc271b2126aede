import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  type Clock,
  clockState,
  nextClock,
  openCaseLink,
  personsText,
  recordLink,
  spanText,
} from '../../console/src/screens/incidents/case-model.ts'
import type { Case, TimelineItem } from '../../src/api/contract/types.ts'

const now = Date.parse('2026-11-20T12:00:00Z')
const at = (time: string) => `2026-11-${time}:00:00.000Z`

function clock(change: Partial<Clock> = {}): Clock {
  const times = { from: at('19T10'), due: at('22T10'), latest: null, doneAt: null }
  return { id: 'gdpr-authority', law: 'GDPR Art. 33(1)', what: 'notify', ...times, ...change }
}

suite('a clock', () => {
  test('says how it stands, in words', () => {
    const cases: [change: Partial<Clock>, concern: string, text: string][] = [
      [{}, 'running', '1 d 22 h left'],
      [{ due: at('21T11') }, 'soon', '23 h 0 min left'],
      [{ due: at('20T12') }, 'soon', '0 min left'],
      [{ due: at('20T09') }, 'overdue', 'overdue by 3 h 0 min'],
      [{ doneAt: at('21T10') }, 'done', 'done in time'],
      [{ doneAt: at('22T10') }, 'done', 'done in time'],
      [{ doneAt: at('23T12') }, 'late', 'done, 1 d 2 h late'],
      [{ from: null, due: null }, 'waiting', 'not running: its beginning is not set'],
      [{ due: null }, 'open', 'running: without undue delay'],
    ]
    for (const [change, concern, text] of cases) {
      const state = clockState(clock(change), now)
      assert.deepEqual([state.concern, state.text], [concern, text], JSON.stringify(change))
    }
    assert.deepEqual([0, 59_999, 60_000, 3_600_000, 90_000_000].map(spanText), [
      ...['0 min', '0 min', '1 min', '1 h 0 min', '1 d 1 h'],
    ])
  })

  test('that ends next is the first that is not done, and of a closed case none', () => {
    const clocks = [clock({ doneAt: at('20T10') }), clock({ id: 'next' }), clock({ id: 'later' })]
    const breach = (state: Case['state']) => ({ state, clocks }) as Case
    assert.equal(nextClock(breach('open'))?.id, 'next')
    assert.equal(nextClock(breach('closed')), undefined)
  })
})

test('nobody was counted is not said as nobody is concerned', () => {
  const scope = (persons: number, values: number, isCut = false) =>
    personsText({ persons, values, isCut } as NonNullable<Case['scope']>)
  assert.deepEqual(
    [scope(0, 0), scope(0, 5), scope(1200, 5), scope(1200, 5, true)],
    ['none', 'not counted', 'about 1,200', 'at least 1,200'],
  )
})

test('a line of a timeline leads to its record or its entry', () => {
  const item: TimelineItem = {
    ...{
      at: at('20T10'),
      kind: 'violation',
      text: '',
      workload: 'docker:api',
      record: 'v/1',
      intrusion: null,
      entry: null,
    },
  }
  const link = new URL(recordLink(item) ?? '', 'http://x')
  assert.deepEqual(Object.fromEntries(link.searchParams), {
    ...{ kind: 'violations', workload: 'docker:api', since: at('20T10') },
    ...{ until: '2026-11-20T10:00:00.001Z', selected: 'v/1' },
  })
  assert.equal(recordLink({ ...item, kind: 'handled', entry: 7, record: null }), '/evidence?entry=7')
  assert.equal(recordLink({ ...item, kind: 'time', record: null }), null)
  assert.equal(
    openCaseLink({ title: 'a & b', workload: 'w', detected: at('20T10') }),
    '/incidents?open=yes&title=a+%26+b&workload=w&detected=2026-11-20T10%3A00%3A00.000Z',
  )
})
