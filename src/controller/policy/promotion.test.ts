import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultSettings, type PolicySettings } from '../../policy/composition.ts'
import { duePromotions, type Promotable, type PromotedModes } from './promotion.ts'

const day = 86_400_000
const now = 100 * day
const group = (change: Partial<Promotable>): Promotable => ({
  name: 'nv.api.clinic',
  first: now - 8 * day,
  ...change,
})
const both = { promotion: { discoverMs: 7 * day, monitorMs: 2 * day } }

const cases: [
  name: string,
  group: Partial<Promotable>,
  settings: Partial<PolicySettings>,
  due: PromotedModes[string] | undefined,
][] = [
  ['one that is there long enough', {}, both, { network: 'Monitor' }],
  ['not one that is new', { first: now - 6 * day }, both, undefined],
  ['none without a time', {}, {}, undefined],
  [
    'from when it was given its mode',
    { given: { network: { mode: 'Discover', since: now - day } } },
    both,
    undefined,
  ],
  [
    'to Protect from Monitor',
    { given: { network: { mode: 'Monitor', since: now - 3 * day } } },
    both,
    { network: 'Protect' },
  ],
  ['nothing beyond Protect', { given: { network: { mode: 'Protect', since: 0 } } }, both, undefined],
  [
    'no further than there is a time for',
    { given: { network: { mode: 'Monitor', since: 0 } } },
    { promotion: { discoverMs: 1 } },
    undefined,
  ],
  ['not what a file says', { declared: { mode: 'Discover' } }, both, undefined],
  ['from the mode of new ones', {}, { ...both, newServiceMode: 'Monitor' }, { network: 'Protect' }],
  [
    'processes and files by their own mode',
    { given: { network: { mode: 'Protect', since: 0 }, profile: { mode: 'Discover', since: 0 } } },
    both,
    { profile: 'Monitor' },
  ],
  [
    'processes and files of new ones',
    { declared: { mode: 'Discover' } },
    { ...both, newServiceProfileMode: 'Discover' },
    { profile: 'Monitor' },
  ],
]
for (const [name, change, settings, due] of cases) {
  test(`promoted: ${name}`, () => {
    const modes = duePromotions([group(change)], { ...defaultSettings, ...settings }, now)
    assert.deepEqual(modes, due === undefined ? {} : { 'nv.api.clinic': due })
  })
}
