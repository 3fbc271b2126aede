import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { LocalApi } from '../../src/cli/local-api.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { pavise, startUp } from '../support/pavise-command.ts'

/** Pavise with the enforcer of the tests, which finds personal data that goes to others; `ask` asks it about cases. */
async function startCases(t: TestContext) {
  const folder = join(temporaryFolder(t), 'state')
  await startUp(t, folder, '/api/v1/findings')
  const ask = (...parameters: string[]) => pavise('case', ...parameters, '--state-dir', folder)
  return { api: new LocalApi(folder), folder, ask }
}

test('a case is opened from what was seen, its clocks run, and drafts say what is missing', async (t) => {
  const { api, folder, ask } = await startCases(t)
  const opened = await ask(
    'open',
    'Export in the clear',
    '--detected',
    '2026-11-20T09:00:00Z',
    '--began',
    '2020-01-01T00:00:00Z',
    '--json',
  )
  assert.equal(opened.code, 0, opened.errors)
  const breach = JSON.parse(opened.output) as {
    id: string
    scope: {
      values: number
      categories: { category: string; identifiers: string[] }[]
      recipients: unknown[]
    }
    clocks: { id: string; due: string | null }[]
    severity: { level: string }
  }
  assert.match(breach.id, /^case-\d{4}-0001$/)
  assert.ok(breach.scope.values > 0)
  assert.ok(breach.scope.recipients.length > 0)
  assert.deepEqual(
    breach.scope.categories.map(({ category, identifiers }) => [category, identifiers]),
    [['financial', ['iban']]],
  )
  assert.deepEqual(
    breach.clocks.map(({ id, due }) => [id, due]),
    [['gdpr-authority', null]],
  )

  const aware = await ask('set', breach.id, '--aware', '2026-11-20T10:30:00Z', '--reason', 'confirmed')
  assert.match(aware.output, /GDPR Art\. 33\(1\).*2026-11-23T10:30:00\.000Z/)
  assert.match(aware.output, /financial data \(financial\)/)
  assert.match((await ask('list')).output, new RegExp(`${breach.id} +open`))

  const suspected = await ask('set', breach.id, '--address', '192.0.2.99', '--credential', 'user:nobody')
  assert.match(suspected.output, /suspicious: 192\.0\.2\.99\n.*suspicious: user:nobody\n.*not kept from it/)
  assert.equal((await ask('set', breach.id, '--everything')).code, 0, 'all that is watched again')

  const sent = await ask('sent', breach.id, 'gdpr-authority', '--at', '2026-11-21T09:00:00Z')
  assert.match(
    sent.output,
    /\[gdpr-authority\]\n *sent gdpr-authority: 2026-11-21T09:00.*missing then: .*contact, consequences/,
  )

  const file = join(folder, 'draft.md')
  const draft = await ask('draft', breach.id, 'authority', '-o', file)
  assert.match(draft.errors, /Still to be said: .*Contact point, Likely consequences, Measures/)
  assert.match(readFileSync(file, 'utf8'), /Art\. 33\(3\)\(d\)[^]*to be filled in/)
  assert.doesNotMatch(readFileSync(file, 'utf8'), /DE\d\d \d{4}/, 'no value as it was')

  const letter = join(folder, 'letter.docx')
  const german = await ask(
    'draft',
    breach.id,
    'subjects',
    '--language',
    'de',
    '--format',
    'docx',
    '-o',
    letter,
  )
  assert.match(german.errors, /Still to be said: Was geschehen ist, Wen Sie fragen können/)
  assert.equal(readFileSync(letter).subarray(0, 2).toString(), 'PK')
  const form = await ask('draft', breach.id, 'authority', '--format', 'form')
  assert.equal(
    (JSON.parse(form.output) as { timeline: { aware: string } }).timeline.aware,
    '2026-11-20T10:30:00.000Z',
  )
  assert.match(
    (await ask('draft', breach.id, 'record', '--format', 'html')).output,
    /<h1>Record of a personal data breach/,
  )
  const kept = join(folder, 'record.pdf')
  await ask('draft', breach.id, 'record', '--format', 'pdf', '-o', kept)
  assert.match(readFileSync(kept, 'latin1'), /^%PDF-[^]*\/AFRelationship \/Data/)
  assert.equal((await ask('draft', breach.id, 'record', '--format', 'form')).code, 2)
  assert.match(
    (await ask('draft', breach.id, 'record', '--format', 'docx')).errors,
    /Name a file with --output/,
  )

  assert.match(
    (await ask('access', breach.id)).output,
    /WHEN +WHO +WHAT[^]*caseDraftFile[^]*case-\d{4}-0001\/record/,
  )

  const register = await ask('register')
  assert.match(register.output, /# Register of personal data breaches[^]*\| case-2026-0001 \|/)
  assert.match((await ask('register', '--format', 'csv')).output, /^Case,What,Began,Aware/)

  const stix = await ask('export', breach.id, '--stix')
  const bundle = JSON.parse(stix.output) as { type: string; objects: { type: string; content?: string }[] }
  assert.equal(bundle.type, 'bundle')
  assert.ok(bundle.objects.some(({ content }) => /[0-9a-f]{64} {2}entry \d+ .*opened/.test(content ?? '')))
  assert.doesNotMatch(stix.output, /DE\d\d \d{4}/)
  const seen = await api.get<{ items: { action: string; target: string }[] }>('/api/v1/audit?action=caseStix')
  assert.deepEqual(
    seen.items.map(({ target }) => target),
    [breach.id],
  )

  const { items } = await api.get<{ items: { actor: string; body: { what: string } }[] }>(
    '/api/v1/evidence/entries?kind=case',
  )
  assert.deepEqual(
    items.map(({ body }) => body.what),
    [
      ...['opened', 'changed times'],
      ...[
        'changed addresses, credentials',
        'changed addresses, credentials, workloads',
        'sent gdpr-authority',
      ],
    ],
  )
})

test('what cannot be is told, and nothing of it is kept', async (t) => {
  const { ask } = await startCases(t)
  const { id } = JSON.parse((await ask('open', 'A suspicion', '--json')).output) as { id: string }
  const cases: [parameters: string[], code: number, message: RegExp][] = [
    [['show', 'case-2026-9999'], 2, /no case case-2026-9999/],
    [['show', 'nonsense'], 2, /parameter/],
    [['set', id, '--aware', 'yesterday'], 2, /2026-11-20T09:30:00Z/],
    [
      ['set', id, '--began', '2026-11-20T09:00:00Z', '--ended', '2026-11-20T08:00:00Z'],
      2,
      /before it begins/,
    ],
    [['set', id, '--context-adjustment', '7'], 2, /-3 to 3/],
    [['draft', id, 'poem'], 2, /authority/],
    [['set', id, '--address', 'example.com'], 2, /no IP address/],
    [['set', id, '--credential', 'hunter2'], 2, /credentials/],
  ]
  for (const [parameters, code, message] of cases) {
    const ended = await ask(...parameters)
    assert.equal(ended.code, code, `${parameters.join(' ')}: ${ended.errors}`)
    assert.match(ended.errors, message)
  }
  assert.equal((await ask('set', id, '--state', 'closed', '--reason', 'a false alarm')).code, 0)
  const refused = await ask('set', id, '--measures', 'more')
  assert.equal(refused.code, 2)
  assert.match(refused.errors, /closed[^]*--state open/)
  const { history, times } = JSON.parse((await ask('show', id, '--json')).output) as {
    history: unknown[]
    times: object
  }
  assert.deepEqual([history.length, times], [2, {}])
})
