import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { draftKinds, languages } from '../../model/case-words.ts'
import type { BreachCase } from '../case.ts'
import { draftOf } from './draft.ts'
import { notificationForm } from './notification-form.ts'
import { draftTexts } from './languages.ts'
import type { DraftTexts } from './texts.ts'

const breach: BreachCase = {
  ...{ id: 'case-2026-0001', title: 'Export', state: 'open', kinds: ['confidentiality', 'integrity'] },
  ...{
    role: 'controller',
    regimes: ['gdpr'],
    workloads: [],
    openedAt: '2026-11-20T12:00:00.000Z',
    history: [],
  },
  ...{ description: 'D', consequences: 'C', measures: 'M', contact: 'K', severity: { malicious: true } },
  times: { aware: [{ at: '2026-11-20T12:00:00.000Z', by: 'anna', reason: 'call' }] },
  scope: {
    ...{
      computedAt: '2026-11-20T13:00:00.000Z',
      workloads: ['docker:api'],
      since: '2026-11-19T13:00:00.000Z',
    },
    ...{ until: '2026-11-20T13:00:00.000Z', persons: 12_345, values: 98_765, isCut: true, violations: [] },
    controls: [{ control: 'attacks', state: 'failed', subject: 'sql-injection', count: 3 }],
    categories: [
      { category: 'health', identifiers: ['diagnosis'], values: 10 },
      { category: 'identity', identifiers: ['name', 'gb-nhs'], values: 10 },
    ],
    recipients: [
      {
        ...{ name: 'lab.example', isExternal: true, isEncrypted: false, categories: ['health'], flows: 3 },
        country: 'US',
        ...{ persons: 12_345, first: '', last: '' },
      },
    ],
    gaps: [{ reason: 'ring-full', count: 1_200, detail: '12 packets' }],
  },
}

/** All texts of a catalogue with where they stand; functions are called with words that no text has. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const words = Array.from({ length: value.length }, (_, i) => `§${i}§`)
    if (path.endsWith('.decimal')) return []
    const given = path.endsWith('recipient') || path.endsWith('sum') ? [allWords] : words
    return [[path, (value as (...given: unknown[]) => string)(...given)]]
  }
  return Object.entries(value as object).flatMap(([name, each]) => textsOf(each, `${path}.${name}`))
}

const allWords = {
  ...{ name: '§name§', isExternal: true, isEncrypted: true, persons: '§persons§', flows: '§flows§' },
  country: '§country§',
  ...{ score: '§score§', level: '§level§', context: '§context§', ease: '§ease§' },
  circumstances: '§circumstances§',
}

suite('drafts in each language', () => {
  const catalogues = new Map<string, Map<string, string>>(
    Object.entries(draftTexts).map(([language, texts]: [string, DraftTexts]) => [
      language,
      new Map(textsOf(texts)),
    ]),
  )

  test('no text is missing, and each names what the English one names', () => {
    const english = catalogues.get('en') as Map<string, string>
    for (const [language, texts] of catalogues) {
      assert.deepEqual([...texts.keys()].toSorted(), [...english.keys()].toSorted(), language)
      for (const [path, text] of texts) {
        assert.notEqual(text.trim(), '', `${language}${path}`)
        const words = (of: string) => (of.match(/§\w+§/g) ?? []).toSorted()
        assert.deepEqual(words(text), words(english.get(path) ?? ''), `${language}${path}`)
      }
    }
  })

  test('no sentence was left in English', () => {
    const english = catalogues.get('en') as Map<string, string>
    for (const language of ['de', 'fr']) {
      for (const [path, text] of catalogues.get(language) ?? []) {
        if (text.split(' ').length > 4) assert.notEqual(text, english.get(path), `${language}${path}`)
      }
    }
  })

  test('a document has the same parts in all of them, and articles as that language cites them', () => {
    for (const kind of draftKinds) {
      const parts = languages.map((language) => draftOf(breach, kind, language).items.map(({ part }) => part))
      for (const each of parts) assert.deepEqual(each, parts[0])
      for (const language of languages) assert.deepEqual(draftOf(breach, kind, language).missing, [])
    }
    const law = (language: (typeof languages)[number]) => draftOf(breach, 'authority', language).items[0].law
    assert.deepEqual(languages.map(law), [
      'Art. 33(3)(a) GDPR',
      'Art. 33 Abs. 3 Buchst. a DSGVO',
      'art. 33, par. 3, point a) RGPD',
    ])
  })

  test('numbers are written as that language writes them', () => {
    const persons = (language: (typeof languages)[number]) =>
      draftOf(breach, 'authority', language).items.find(({ part }) => part === 'persons')?.text ?? ''
    assert.match(persons('en'), /^about 12,345;/)
    assert.match(persons('de'), /^etwa 12\.345;/)
    assert.match(persons('fr'), /^environ 12\u202F345 ; /)
    const severity = draftOf(breach, 'record', 'de').items.find(({ part }) => part === 'severity')?.text ?? ''
    assert.match(severity, /^5, sehr hoch .*sensible Daten \(Gesundheitsdaten\).*böswillige Absicht 0,5/s)
  })

  test('a recipient abroad is named with its country, and with what holds of it', () => {
    const nature = (language: (typeof languages)[number]) =>
      draftOf(breach, 'authority', language).items.find(({ part }) => part === 'nature')?.text ?? ''
    assert.match(nature('en'), /lab\.example \(outside: United States, a third country without an adequacy/)
    assert.match(nature('de'), /\(außerhalb: Vereinigte Staaten, ein Drittland ohne Angemessenheitsbeschluss/)
    assert.match(nature('fr'), /\(extérieur : États-Unis, pays tiers sans décision d’adéquation/)
  })

  test('the letter to the persons names no identifiers of machines', () => {
    for (const language of languages) {
      const { items } = draftOf(breach, 'subjects', language)
      assert.doesNotMatch(JSON.stringify(items), /gb-nhs|docker:|ring-full/)
    }
  })

  test('what is missing is named in the language of the document', () => {
    const empty = { ...breach, scope: null, contact: '', description: '' }
    assert.deepEqual(draftOf(empty, 'subjects', 'de').missing, [
      'Was geschehen ist',
      'Um welche Ihrer Daten es geht',
      'Wen Sie fragen können',
    ])
    assert.match(draftOf(empty, 'subjects', 'fr').notice, /À compléter par une personne : Ce qui s’est passé/)
  })
})

suite('notification as fields', () => {
  test('has what is known, and null where a person has to say it', () => {
    const form = notificationForm(breach)
    assert.deepEqual(form.dataSubjects, {
      ...{ categories: null, includesChildren: false, approximateNumber: 12_345, isLowerBound: true },
    })
    assert.deepEqual([form.data.hasSpecialCategories, form.data.approximateRecords], [true, 98_765])
    assert.deepEqual([form.timeline.aware, form.timeline.began], ['2026-11-20T12:00:00.000Z', null])
    const lasting = {
      began: [{ at: '2026-11-20T12:00:00Z', by: '', reason: '' }],
      ended: [{ at: '2026-11-20T13:30:00Z', by: '', reason: '' }],
    }
    assert.equal(notificationForm({ ...breach, times: lasting }).timeline.durationMinutes, 90)
    assert.equal(form.timeline.durationMinutes, null)
    assert.deepEqual([form.communication.isRequired, form.organisation.name], [true, null])
    const unknown = notificationForm({ ...breach, scope: null, contact: '' })
    assert.deepEqual([unknown.data.categories, unknown.organisation.contact], [null, null])
  })
})
