import { Link, useLocation } from 'wouter'
import type { ChangeResult, PolicyRule } from '../../../../../src/api/contract/types.ts'
import { change } from '../../../api/client.ts'
import { renewPolicy, useMay } from '../../../api/policy-queries.ts'
import { useListing } from '../../../api/queries.ts'
import { fullNumber, timeText } from '../../../text.ts'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { Drawer, Empty, Facts, ProblemNote } from '../../../ui/parts.tsx'
import { queryText, useUrlState } from '../../../url-state.ts'
import { TrialResult } from '../simulate/trial-result.tsx'
import { RuleForm } from './rule-form.tsx'
import { askedText, fieldsOfRule, newRulePath } from './rule-model.ts'

/** One rule: what it says, where it is from, and what can be done with it. */
export function RuleDrawer({ id, close }: { id: string; close: () => void }) {
  const [{ edit }] = useUrlState()
  const { data, error, refetch } = useListing<PolicyRule>('policy/rules', { find: id })
  const rule = data?.pages.flatMap((page) => page.items).find((each) => each.id === id)
  if (rule && edit === 'yes') return <RuleForm id={id} base={fieldsOfRule(rule)} close={close} />
  return (
    <Drawer title={rule ? `${rule.from} → ${rule.to}` : 'Rule'} close={close}>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data && !rule ? <Empty>There is no such rule any more.</Empty> : null}
      {rule ? <RuleFacts rule={rule} /> : null}
      {rule ? <RuleActions rule={rule} close={close} /> : null}
    </Drawer>
  )
}

function RuleFacts({ rule }: { rule: PolicyRule }) {
  const { id, order, tier, priority, action, applications, ports, source, learned, from, to } = rule
  return (
    <>
      <Facts
        facts={[
          ['Asked as', `number ${fullNumber(order)}`],
          ['It is', action === 'allow' ? '✓ allowed' : '✕ denied'],
          ['Asks for', askedText(rule)],
          ['Applications', applications.join(', ') || 'any'],
          ['Ports', ports || 'any'],
          ['Kind', tier],
          ['Priority', `${priority}`],
          ['Where from', source],
          ['Id', <code key="id">{id}</code>],
          ['First seen', learned && timeText(learned.first)],
          ['Last seen', learned && timeText(learned.last)],
        ]}
      />
      <p>
        Groups: <GroupLink name={from} />, <GroupLink name={to} />
      </p>
      {learned ? <SeenTable seen={learned.seen} /> : null}
    </>
  )
}

export function GroupLink({ name }: { name: string }) {
  return <Link href={`/network${queryText({ view: 'groups', group: name })}`}>{name}</Link>
}

function SeenTable({ seen }: { seen: NonNullable<PolicyRule['learned']>['seen'] }) {
  return (
    <>
      <h3>What it was learned from</h3>
      <ul className="plain">
        {Object.entries(seen).map(([name, { flows, first, last }]) => (
          <li key={name}>
            {name}: {fullNumber(flows)} {flows === 1 ? 'connection' : 'connections'}, {timeText(first)} to{' '}
            {timeText(last)}
          </li>
        ))}
      </ul>
    </>
  )
}

function RuleActions({ rule, close }: { rule: PolicyRule; close: () => void }) {
  const mayWrite = useMay('policy:write')
  if (!mayWrite) return <p className="faint">Your role may read rules, and not change them.</p>
  if (rule.tier === 'learned') return <LearnedActions rule={rule} close={close} />
  if (rule.tier === 'user') return <UserActions rule={rule} close={close} />
  return (
    <p>
      It stands in a file: change it there, and apply that (<Link href="/network?view=simulate">Try</Link>, or{' '}
      <code>pavise policy apply</code>). A rule of your own is asked after it.
    </p>
  )
}

function LearnedActions({ rule, close }: { rule: PolicyRule; close: () => void }) {
  const [, navigate] = useLocation()
  const promote = async (reason: string) => {
    await change<ChangeResult>('POST', '/api/v1/policy/rules', { promote: [rule.id], reason })
    await renewPolicy()
    close()
    return 'It is a rule of yours now.'
  }
  const forget = async (reason: string) => {
    await change('POST', '/api/v1/policy/learned/forget', { rules: [rule.id], reason })
    await renewPolicy()
    close()
    return 'It is forgotten.'
  }
  return (
    <>
      <h3>Keep it</h3>
      <ReasonForm action="Make it a rule of ours" send={promote}>
        <p>
          It is asked before what is learned, has a place in the history, and stays when what was learned is
          forgotten.
        </p>
      </ReasonForm>
      <p>
        <button type="button" onClick={() => navigate(newRulePath(rule))}>
          Change it, and keep that
        </button>
      </p>
      <h3>Remove it</h3>
      <TrialResult trial={{ hours: 24, without: [rule.id] }} />
      <ReasonForm action="Forget it" send={forget}>
        <p>Where its groups are in Discover, what goes on is learned again.</p>
      </ReasonForm>
    </>
  )
}

function UserActions({ rule, close }: { rule: PolicyRule; close: () => void }) {
  const [, changeUrl] = useUrlState()
  const remove = async (reason: string) => {
    const { version } = await change<ChangeResult>('POST', '/api/v1/policy/rules', {
      remove: [rule.id],
      reason,
    })
    await renewPolicy()
    close()
    return `Version ${version} holds.`
  }
  return (
    <>
      <p>
        <button type="button" onClick={() => changeUrl({ edit: 'yes' })}>
          Change it
        </button>
      </p>
      <h3>Remove it</h3>
      <TrialResult trial={{ hours: 24, rules: { remove: [rule.id] } }} />
      <ReasonForm action="Remove it" send={remove}>
        <p>History brings it back.</p>
      </ReasonForm>
    </>
  )
}
