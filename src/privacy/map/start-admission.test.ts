import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultPersonalDataLabels, type PersonalDataLabels } from '../../model/personal-data-labels.ts'
import { startRefusal } from './start-admission.ts'

const both: PersonalDataLabels = { ...defaultPersonalDataLabels, admission: ['owner', 'purpose'] }

test('a container of personal data starts with what it has to name, and others as they are', () => {
  const rows: [what: string, labels: Record<string, string>, mapped: PersonalDataLabels, refusal?: RegExp][] =
    [
      ['not labelled', {}, both],
      ['labelled otherwise', { gdpr: 'false' }, both],
      ['named both', { gdpr: 'true', team: 'records', purpose: 'treatment' }, both],
      [
        'named nothing',
        { gdpr: 'true' },
        both,
        /answers for it \(owner or team\) nor what the data is for \(purpose\)$/,
      ],
      [
        'named one',
        { gdpr: 'TRUE', owner: 'records' },
        both,
        /no label says what the data is for \(purpose\)$/,
      ],
      [
        'named one emptily',
        { gdpr: 'true', owner: '', purpose: 'x' },
        both,
        /no label says who answers for it/,
      ],
      ['nothing asked for', { gdpr: 'true' }, defaultPersonalDataLabels],
      ['one asked for', { gdpr: 'true', owner: 'records' }, { ...both, admission: ['owner'] }],
    ]
  for (const [what, labels, mapped, refusal] of rows) {
    const said = startRefusal(labels, mapped)
    if (refusal === undefined) assert.equal(said, undefined, what)
    else assert.match(said ?? '', refusal, what)
  }
})
