import { Link } from 'wouter'
import type { PolicyRule } from '../../../../../src/api/contract/types.ts'
import { useGroupNames, useMay } from '../../../api/policy-queries.ts'
import { useListing } from '../../../api/queries.ts'
import { Search, Select } from '../../../ui/fields.tsx'
import { Empty, MoreButton, ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import { queryText, type UrlState, useUrlState } from '../../../url-state.ts'
import { RuleDrawer } from './rule-drawer.tsx'
import { RuleForm } from './rule-form.tsx'
import { emptyRule } from './rule-model.ts'
import { RuleTable } from './rule-table.tsx'

/** What the address has of a rule that is open, and of a form: all of it goes when that is closed. */
const closed = Object.fromEntries(
  [...Object.keys(emptyRule), 'rule', 'edit', 'try', 'hours'].map((name) => [name, '']),
)

/** All rules in the order in which they are asked. */
export function RulesView() {
  const [state, change] = useUrlState()
  const { tier = '', group = '', find = '', rule = '' } = state
  const listing = useListing<PolicyRule>('policy/rules', filtersOf({ tier, group, find }))
  const rules = listing.data?.pages.flatMap((page) => page.items) ?? []
  const close = () => change(closed)
  return (
    <>
      <ScreenHead title="Network rules" updatedAt={listing.dataUpdatedAt}>
        <NewRule />
      </ScreenHead>
      <Filters state={{ tier, group, find }} change={change} />
      {listing.error ? <ProblemNote error={listing.error} again={() => void listing.refetch()} /> : null}
      {listing.data && rules.length === 0 ? <NoRules isFiltered={tier + group + find !== ''} /> : null}
      {rules.length > 0 ? <RuleTable rules={rules} open={(id) => change({ rule: id })} /> : null}
      <MoreButton listing={listing} label="More rules" />
      {rule === 'new' ? <RuleForm id={null} close={close} /> : null}
      {rule !== '' && rule !== 'new' ? <RuleDrawer id={rule} close={close} /> : null}
    </>
  )
}

function filtersOf(state: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== ''))
}

function NewRule() {
  if (!useMay('policy:write')) return null
  return <Link href={`/network${queryText({ view: 'rules', rule: 'new' })}`}>New rule</Link>
}

const tiers = {
  '': 'All',
  federal: 'Federal, asked first',
  yaml: 'Of files',
  user: 'Of users',
  learned: 'Learned, asked last',
}

function Filters({ state, change }: { state: UrlState; change: (changed: Record<string, string>) => void }) {
  const groups = useGroupNames()
  return (
    <div className="filters" role="search">
      <Select
        label="Kind"
        value={state.tier ?? ''}
        choices={tiers}
        choose={(tier) => change({ tier, rule: '' })}
      />
      <Search
        label="Group"
        value={state.group ?? ''}
        suggestions={groups}
        search={(group) => change({ group })}
      />
      <Search
        label="Find"
        value={state.find ?? ''}
        placeholder="group, application"
        search={(find) => change({ find })}
      />
    </div>
  )
}

function NoRules({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty>No rule is as the filters ask.</Empty>
  return (
    <Empty>
      There are no rules yet. Groups in Discover learn them from what they see, within about ten seconds;{' '}
      <code>pavise policy apply</code> brings files.
    </Empty>
  )
}
