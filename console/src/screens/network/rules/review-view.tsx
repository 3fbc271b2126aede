import { useState } from 'react'
import type { PolicyRule } from '../../../../../src/api/contract/types.ts'
import { change } from '../../../api/client.ts'
import { renewPolicy, useMay } from '../../../api/policy-queries.ts'
import { useListing } from '../../../api/queries.ts'
import { fullNumber } from '../../../text.ts'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { Search } from '../../../ui/fields.tsx'
import { Empty, MoreButton, ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import { useUrlState } from '../../../url-state.ts'
import { TrialResult } from '../simulate/trial-result.tsx'
import { RuleDrawer } from './rule-drawer.tsx'
import { RuleTable } from './rule-table.tsx'

const none: ReadonlySet<string> = new Set()

/** Learned rules, to be looked at: those that are right are kept, the others forgotten. */
export function ReviewView() {
  const [{ find = '', rule = '' }, changeUrl] = useUrlState()
  const listing = useListing<PolicyRule>('policy/rules', { tier: 'learned', ...(find !== '' && { find }) })
  const rules = listing.data?.pages.flatMap((page) => page.items) ?? []
  const [picked, setPicked] = useState(none)
  // Of what is picked by then: one goes on picking while something is done.
  const pick = (id: string, isPicked: boolean) =>
    setPicked((before) => (isPicked ? new Set([...before, id]) : without(before, [id])))
  const mayWrite = useMay('policy:write')
  const chosen = rules.filter(({ id }) => picked.has(id))
  return (
    <>
      <ScreenHead title="Learned rules" updatedAt={listing.dataUpdatedAt} />
      <div className="filters" role="search">
        <Search
          label="Find"
          value={find}
          placeholder="group, application"
          search={(text) => changeUrl({ find: text })}
        />
      </div>
      {listing.error ? <ProblemNote error={listing.error} again={() => void listing.refetch()} /> : null}
      {listing.data && rules.length === 0 ? <NothingLearned isFiltered={find !== ''} /> : null}
      {rules.length > 0 && mayWrite ? (
        <div className="buttons">
          <button type="button" onClick={() => setPicked(new Set(rules.map(({ id }) => id)))}>
            Choose all that are shown
          </button>
          <button type="button" onClick={() => setPicked(none)} disabled={picked.size === 0}>
            Choose none
          </button>
          <span role="status">{fullNumber(chosen.length)} chosen</span>
        </div>
      ) : null}
      {rules.length > 0 ? (
        <RuleTable rules={rules} open={(id) => changeUrl({ rule: id })} {...(mayWrite && { picked, pick })} />
      ) : null}
      <MoreButton listing={listing} label="More rules" />
      {chosen.length > 0 ? (
        <Decide
          ids={chosen.map(({ id }) => id)}
          done={(ids) => setPicked((before) => without(before, ids))}
        />
      ) : null}
      {rule === '' ? null : <RuleDrawer id={rule} close={() => changeUrl({ rule: '' })} />}
    </>
  )
}

function without(picked: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const gone = new Set(ids)
  return new Set([...picked].filter((id) => !gone.has(id)))
}

function NothingLearned({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty>No learned rule is as the filter asks.</Empty>
  return (
    <Empty>
      Nothing is left to look at. Groups in Discover learn from what they see, within about ten seconds; what
      is a rule of a file or of a user already is not learned.
    </Empty>
  )
}

function Decide({ ids, done }: { ids: string[]; done: (ids: readonly string[]) => void }) {
  const [isTried, setTried] = useState(false)
  const promote = async (reason: string) => {
    await change('POST', '/api/v1/policy/rules', { promote: ids, reason })
    await renewPolicy()
    done(ids)
    return 'They are rules of yours now.'
  }
  const forget = async (reason: string) => {
    await change('POST', '/api/v1/policy/learned/forget', { rules: ids, reason })
    await renewPolicy()
    done(ids)
    return 'They are forgotten.'
  }
  return (
    <section className="note" aria-label="What becomes of those that are chosen">
      <h2>{ids.length === 1 ? 'The one' : `The ${fullNumber(ids.length)}`} chosen</h2>
      <div className="columns">
        <ReasonForm action="Make them rules of ours" send={promote}>
          <p>
            They are asked before what is learned, are in the history, and stay when the rest is forgotten.
          </p>
        </ReasonForm>
        <ReasonForm action="Forget them" send={forget}>
          <p>
            Where their groups are in Discover, what goes on is learned again.{' '}
            <button type="button" className="link" onClick={() => setTried(true)}>
              What would break without them?
            </button>
          </p>
        </ReasonForm>
      </div>
      {isTried ? <TrialResult trial={{ hours: 24, without: ids }} /> : null}
    </section>
  )
}
