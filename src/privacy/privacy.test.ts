import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Category } from '../model/records.ts'
import {
  type CaseTime,
  draftKinds,
  type DutyId,
  languages,
  type TellingException,
} from '../model/case-words.ts'
import type { BreachCase, CaseScope, Recipient, Submission } from './case.ts'
import { clocksOf } from './clocks.ts'
import { draftOf, missingParts } from './drafts/draft.ts'
import { notificationForm } from './drafts/notification-form.ts'
import { severityOf } from './severity.ts'

function breach(change: Partial<BreachCase> = {}): BreachCase {
  return {
    id: 'case-2026-0001',
    title: 'Export in the clear',
    state: 'open',
    kinds: ['confidentiality'],
    role: 'controller',
    regimes: ['gdpr'],
    times: {},
    workloads: [],
    ...{ description: '', consequences: '', measures: '', contact: '' },
    severity: {},
    scope: null,
    openedAt: '2026-11-20T09:30:00.000Z',
    history: [],
    ...change,
  }
}

const at = (times: Partial<Record<CaseTime, string>>): BreachCase['times'] =>
  Object.fromEntries(
    Object.entries(times).map(([time, when]) => [time, [{ at: when, by: 'anna', reason: '' }]]),
  )

const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString()

suite('clocks', () => {
  test('the 72 hours run through nights, weekends, summer time and leap days', () => {
    const cases: [aware: string, due: string, latest: string][] = [
      ['2026-11-17T10:00:00Z', '2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.000Z'],
      ['2026-11-17T10:20:00Z', '2026-11-20T10:20:00.000Z', '2026-11-20T11:00:00.000Z'],
      // A Friday evening: by Monday evening no two working days have passed.
      ['2026-11-20T18:00:00Z', '2026-11-23T18:00:00.000Z', '2026-11-25T18:00:00.000Z'],
      // Clocks in Berlin go back an hour in between: the zone makes no difference.
      ['2026-10-24T01:00:00+02:00', '2026-10-26T23:00:00.000Z', '2026-10-28T23:00:00.000Z'],
      ['2028-02-28T12:00:00Z', '2028-03-02T12:00:00.000Z', '2028-03-02T12:00:00.000Z'],
    ]
    for (const [aware, due, latest] of cases) {
      const [clock] = clocksOf(breach({ times: at({ aware }) }))
      assert.deepEqual([clock.id, iso(clock.due), iso(clock.latest)], ['gdpr-authority', due, latest], aware)
    }
  })

  test('each regime and role has its own', () => {
    const cases: [change: Partial<BreachCase>, expected: [string, string | undefined][]][] = [
      [{ role: 'processor', times: at({ aware: '2026-11-20T12:00:00Z' }) }, [['gdpr-controller', undefined]]],
      [{}, [['gdpr-authority', undefined]]],
      [
        { regimes: ['nis2'], times: at({ aware: '2026-01-29T12:00:00Z', notified: '2026-01-31T08:00:00Z' }) },
        [
          ['nis2-warning', '2026-01-30T12:00:00.000Z'],
          ['nis2-notification', '2026-02-01T12:00:00.000Z'],
          ['nis2-final', '2026-02-28T08:00:00.000Z'],
        ],
      ],
      [
        {
          regimes: ['dora'],
          times: at({ aware: '2026-11-20T08:00:00Z', classified: '2026-11-20T10:00:00Z' }),
        },
        [
          ['dora-initial', '2026-11-20T14:00:00.000Z'],
          ['dora-initial-latest', '2026-11-21T08:00:00.000Z'],
          ['dora-intermediate', undefined],
          ['dora-final', undefined],
        ],
      ],
    ]
    for (const [change, expected] of cases) {
      assert.deepEqual(
        clocksOf(breach(change)).map(({ id, due }) => [id, iso(due)]),
        expected,
      )
    }
  })

  test('the latest of Regulation 1182/71 has two working days, and the hour of the event does not count', () => {
    const cases: [what: string, aware: string, due: string, latest: string][] = [
      ['on a Monday', '2026-11-16T09:00:00Z', '2026-11-19T09:00', '2026-11-19T09:00'],
      ['past the hour', '2026-11-16T09:01:00Z', '2026-11-19T09:01', '2026-11-19T10:00'],
      ['on a Friday', '2026-11-20T16:30:00Z', '2026-11-23T16:30', '2026-11-25T17:00'],
      ['on a Sunday', '2026-11-22T10:00:00Z', '2026-11-25T10:00', '2026-11-25T10:00'],
      ['in another zone', '2026-11-16T23:30:00-05:00', '2026-11-20T04:30', '2026-11-20T05:00'],
      ['over the end of summer time', '2026-10-24T08:00:00+02:00', '2026-10-27T06:00', '2026-10-28T06:00'],
      ['over a leap day', '2028-02-28T12:00:00Z', '2028-03-02T12:00', '2028-03-02T12:00'],
      ['over the turn of the year', '2026-12-31T22:15:00Z', '2027-01-03T22:15', '2027-01-05T23:00'],
    ]
    for (const [what, aware, due, latest] of cases) {
      const [clock] = clocksOf(breach({ times: at({ aware }) }))
      assert.deepEqual(
        [iso(clock.due), iso(clock.latest)].map((time) => time?.slice(0, 16)),
        [due, latest],
        what,
      )
    }
  })

  test('a month ends with the same day of the next, or its last', () => {
    for (const [notified, due] of [
      ['2026-01-31T08:00:00Z', '2026-02-28T08:00:00.000Z'],
      ['2028-01-31T08:00:00Z', '2028-02-29T08:00:00.000Z'],
      ['2026-12-15T08:00:00Z', '2027-01-15T08:00:00.000Z'],
    ]) {
      const clocks = clocksOf(breach({ regimes: ['nis2'], times: at({ notified }) }))
      assert.equal(iso(clocks.find(({ id }) => id === 'nis2-final')?.due), due)
    }
  })

  test('what was sent ends its clock with the first phase, and begins those that follow it', () => {
    const sent = (...all: [duty: DutyId, at: string][]): Submission[] =>
      all.map(([duty, when]) => ({ duty, at: when, by: 'anna', reason: '', missing: [] }))
    const times = at({ aware: '2026-11-20T12:00:00Z', notified: '2026-11-21T12:00:00Z' })
    const cases: [
      change: Partial<BreachCase>,
      id: DutyId,
      due: string | undefined,
      doneAt: string | undefined,
    ][] = [
      [{ regimes: ['gdpr', 'nis2'], times }, 'gdpr-authority', '2026-11-23T12', '2026-11-21T12'],
      [{ regimes: ['gdpr', 'nis2'], times }, 'nis2-notification', '2026-11-23T12', undefined],
      [{ regimes: ['gdpr', 'nis2'], times }, 'nis2-final', undefined, undefined],
      [{ regimes: ['nis2'], times }, 'nis2-final', '2026-12-21T12', undefined],
      [
        { regimes: ['nis2'], times, sent: sent(['nis2-warning', '2026-11-20T13:00:00Z']) },
        'nis2-warning',
        '2026-11-21T12',
        '2026-11-20T13',
      ],
      [
        {
          ...{ regimes: ['gdpr', 'nis2'], times },
          sent: sent(
            ['nis2-notification', '2026-11-22T08:00:00Z'],
            ['nis2-notification', '2026-11-25T08:00:00Z'],
          ),
        },
        'nis2-final',
        '2026-12-22T08',
        undefined,
      ],
      [
        { regimes: ['dora'], times, sent: sent(['dora-initial', '2026-11-20T13:00:00Z']) },
        'dora-initial-latest',
        '2026-11-21T12',
        '2026-11-20T13',
      ],
      [
        { regimes: ['dora'], times, sent: sent(['dora-initial', '2026-11-20T13:00:00Z']) },
        'dora-intermediate',
        '2026-11-23T13',
        undefined,
      ],
      [
        {
          ...{ regimes: ['dora'], times },
          sent: sent(
            ['dora-intermediate', '2026-11-23T08:00:00Z'],
            ['dora-intermediate', '2026-11-30T08:00:00Z'],
          ),
        },
        'dora-final',
        '2026-12-30T08',
        undefined,
      ],
    ]
    for (const [change, id, due, doneAt] of cases) {
      const clock = clocksOf(breach(change)).find((each) => each.id === id)
      const hours = [clock?.due, clock?.doneAt].map((time) => iso(time)?.slice(0, 13))
      assert.deepEqual(hours, [due, doneAt], id)
    }
  })

  test('a time that was moved counts as it was set last', () => {
    const times = at({ aware: '2026-11-20T12:00:00Z' })
    times.aware?.push({ at: '2026-11-20T09:00:00Z', by: 'bert', reason: 'the call was at nine' })
    assert.equal(iso(clocksOf(breach({ times }))[0].due), '2026-11-23T09:00:00.000Z')
  })
})

const recipient = (change: Partial<Recipient> = {}): Recipient => ({
  ...{ name: 'lab.example:80', isExternal: true, isEncrypted: false, categories: [], flows: 3, persons: 40 },
  ...{ first: '2026-11-20T08:00:00.000Z', last: '2026-11-20T09:00:00.000Z' },
  ...change,
})

function scope(categories: [Category, ...string[]][], change: Partial<CaseScope> = {}): CaseScope {
  return {
    computedAt: '2026-11-20T10:00:00.000Z',
    workloads: ['docker:api'],
    since: '2026-11-20T08:00:00.000Z',
    until: '2026-11-20T09:00:00.000Z',
    categories: categories.map(([category, ...identifiers]) => ({ category, identifiers, values: 10 })),
    ...{ persons: 40, values: 120, recipients: [recipient()], gaps: [], violations: [], isCut: false },
    controls: [{ control: 'policy', state: 'off', subject: '', count: 0 }],
    ...change,
  }
}

suite('severity', () => {
  test('is context × ease of identification + circumstances', () => {
    const cases: [what: string, change: Partial<BreachCase>, score: number, level: string][] = [
      ['nothing was seen', {}, 0, 'low'],
      [
        'names alone to a known workload',
        { scope: scope([['identity', 'name']], { recipients: [recipient({ isExternal: false })] }) },
        0.75,
        'low',
      ],
      [
        'names and mail outside',
        {
          scope: scope([
            ['identity', 'name'],
            ['contact', 'email'],
          ]),
        },
        1.5,
        'low',
      ],
      [
        'accounts with names and mail outside',
        {
          scope: scope([
            ['identity', 'name'],
            ['contact', 'email'],
            ['financial', 'iban'],
          ]),
        },
        3.5,
        'high',
      ],
      [
        'diagnoses with names and numbers outside',
        {
          scope: scope([
            ['identity', 'name', 'gb-nhs'],
            ['health', 'diagnosis'],
          ]),
        },
        4.5,
        'very high',
      ],
      ['online identifiers outside', { scope: scope([['online', 'ip-address']]) }, 1, 'low'],
      [
        'the same, with a profile of sensitive data and intent',
        {
          scope: scope([['online', 'ip-address']]),
          severity: { contextAdjustment: 2, ease: 0.75, malicious: true },
        },
        4,
        'very high',
      ],
      [
        'lost and not to be had again',
        {
          scope: scope([['identity', 'name']], { recipients: [] }),
          kinds: ['availability'],
          severity: { availability: 0.5, ease: 1 },
        },
        1.5,
        'low',
      ],
    ]
    for (const [what, change, score, level] of cases) {
      const severity = severityOf(breach(change))
      assert.deepEqual([severity.score, severity.level], [score, level], what)
    }
  })

  test('levels say what follows, and many persons are flagged', () => {
    const sensitive = scope([['health', 'diagnosis']], { persons: 500 })
    const duties: [ease: 0.25 | 0.5 | 1, duty: string][] = [
      [0.25, 'document'],
      [0.5, 'notify'],
      [1, 'notify-and-tell'],
    ]
    for (const [ease, duty] of duties) {
      const severity = severityOf(breach({ scope: sensitive, severity: { ease } }))
      assert.equal(severity.duty, duty)
      assert.deepEqual(severity.flags, ['more than 100 persons'])
    }
  })

  test('the context stays within its bounds', () => {
    for (const [contextAdjustment, value] of [
      [3, 4],
      [-3, 1],
    ]) {
      const { context } = severityOf(
        breach({ scope: scope([['financial', 'iban']]), severity: { contextAdjustment } }),
      )
      assert.deepEqual([context.value, context.isSuggested], [value, false])
    }
  })
})

suite('telling the persons', () => {
  const high = breach({
    times: at({ aware: '2026-11-20T12:00:00Z' }),
    scope: scope([
      ['identity', 'name', 'gb-nhs'],
      ['health', 'diagnosis'],
    ]),
  })
  const excepted = (kind: TellingException) =>
    ({ ...high, exception: { kind, at: '', by: 'dpo', reason: 'as argued' } }) satisfies BreachCase
  const hasClock = (of: BreachCase) => clocksOf(of).some(({ id }) => id === 'gdpr-subjects')

  test('is a duty of its own where the risk is high, and of none where it is not', () => {
    assert.ok(hasClock(high))
    assert.ok(!hasClock({ ...high, scope: scope([['online', 'ip-address']]) }))
    assert.ok(!hasClock({ ...high, role: 'processor' }))
  })

  test('is not asked for, or in public, where an exception of Article 34(3) holds, and that is documented', () => {
    const rows: [kind: TellingException, duty: string, law: string, isPublic: boolean][] = [
      ['unintelligible', 'notify', '(a)', false],
      ['remedied', 'notify', '(b)', false],
      ['disproportionate', 'notify-and-tell', '(c)', true],
    ]
    for (const [kind, duty, law, isPublic] of rows) {
      const severity = severityOf(excepted(kind))
      assert.deepEqual(
        [severity.level, severity.duty, hasClock(excepted(kind))],
        ['very high', duty, isPublic],
      )
      assert.ok(severity.dutyText.includes(`34(3)${law}) (dpo: as argued)`), severity.dutyText)
      const record = draftOf(excepted(kind), 'record').items.find(({ part }) => part === 'severity')
      assert.ok(record?.text.includes(`34(3)${law}`))
      for (const language of languages) {
        const told = draftOf(excepted(kind), 'subjects', language).title
        assert.equal(told !== draftOf(high, 'subjects', language).title, isPublic, language)
      }
      const { communication } = notificationForm(excepted(kind))
      assert.deepEqual(
        [communication.isRequired, communication.exception],
        [isPublic, `GDPR Art. 34(3)${law}`],
      )
    }
  })
})

suite('phases of a notification', () => {
  const sent = (missing: string[]) => ({
    ...{ duty: 'gdpr-authority' as const, at: '2026-11-21T09:00:00.000Z', by: 'anna', reason: '' },
    missing,
  })

  test('are told of in the next one, with what was missing then, in each language', () => {
    const first = draftOf(breach(), 'authority')
    assert.ok(first.items.every(({ part }) => part !== 'phases'))
    const followed = breach({ sent: [sent(missingParts(breach(), 'authority')), sent([])] })
    const text = (language: (typeof languages)[number]) =>
      draftOf(followed, 'authority', language).items.find(({ part }) => part === 'phases')?.text ?? ''
    assert.match(
      text('en'),
      /^- sent 2026-11-21 09:00 UTC, says anna; what was missing then: Categories.*, Contact point.*\n- .*nothing was missing then$/,
    )
    assert.match(text('de'), /damals fehlte: Kategorien.*\n- .*damals fehlte nichts$/)
    assert.match(text('fr'), /manquait alors : Catégories/)
  })

  test('make of the fields a follow-up that says whether it is complete', () => {
    const { notification } = notificationForm(breach({ sent: [sent(['contact'])] }))
    assert.deepEqual(
      [notification.kind, notification.isComplete, notification.phases],
      ['follow-up', false, [{ at: '2026-11-21T09:00:00.000Z', missing: ['contact'] }]],
    )
    assert.equal(notificationForm(breach()).notification.kind, 'initial')
  })
})

suite('drafts', () => {
  test('have every item that the law asks for, and say what is missing', () => {
    const missing: Record<string, string[]> = {
      authority: [
        'Categories of personal data',
        'Approximate number of persons',
        'Approximate number of records',
        'Contact point',
        'Likely consequences',
        'Measures taken or proposed',
        'Times',
      ],
      subjects: [
        'What happened',
        'Which of your data it is',
        'Whom you can ask',
        'What it may mean for you',
        'What we have done, and what you can do',
      ],
      controller: [
        'Categories of personal data',
        'Approximate number of persons',
        'Times',
        'Measures taken or proposed',
        'Contact point',
      ],
      record: ['Times', 'Effects', 'Remedial action'],
    }
    for (const kind of draftKinds) assert.deepEqual(draftOf(breach(), kind).missing, missing[kind], kind)
  })

  test('are made of what was observed and entered', () => {
    const known = breach({
      scope: scope([['health', 'diagnosis']], {
        gaps: [{ reason: 'ring-full', count: 2, detail: '12 packets' }],
      }),
      times: at({ aware: '2026-11-20T12:00:00Z' }),
      ...{
        description: 'An export.',
        consequences: 'None known.',
        measures: 'Stopped.',
        contact: 'dpo@clinic.example',
      },
    })
    const draft = draftOf(known, 'authority')
    assert.deepEqual(draft.missing, [])
    const text = JSON.stringify(draft)
    for (const part of [
      'about 40; each counted once (standard error 0.8 %)',
      'health (diagnosis)',
      'lab.example:80 (outside)',
      'in the clear',
      'ring-full',
      'Art. 33(3)(d)',
      'set by anna',
    ]) {
      assert.ok(text.includes(part), part)
    }
  })

  test('do not say that nobody is concerned where nobody was counted, nor let traffic write in them', () => {
    const name = 'evil.example\n- lab.example (outside) <img src=x> [a](b)'
    const seen = scope([['contact', 'email']], { persons: 0, values: 12 })
    const recipients = seen.recipients.map((each) => ({ ...each, name, persons: 0 }))
    const draft = draftOf(breach({ scope: { ...seen, recipients } }), 'authority')
    assert.ok(draft.missing.includes('Approximate number of persons'))
    const nature = draft.items.find(({ part }) => part === 'nature')?.text ?? ''
    assert.match(nature, /^- evil\.example - lab\.example \(outside\) <img.*not counted$/m)
  })

  test('who notifies late has to say why', () => {
    const late = breach({ times: at({ aware: '2026-11-01T12:00:00Z', notified: '2026-11-20T12:00:00Z' }) })
    assert.ok(draftOf(late, 'authority').missing.includes('Reasons for the delay'))
  })
})
