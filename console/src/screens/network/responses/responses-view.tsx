import type { ResponseOutcome, ResponseRule } from '../../../../../src/api/contract/types.ts'
import { useResponses } from '../../../api/policy-queries.ts'
import { Ago, Empty, ProblemNote, ScreenHead, WorkloadName } from '../../../ui/parts.tsx'

/** What is done when something happens, how often it was, and what came of it. */
export function ResponsesView() {
  const { data, error, dataUpdatedAt, refetch } = useResponses()
  const isEmpty = data?.rules.length === 0 && data.outcomes.length === 0
  return (
    <>
      <ScreenHead title="Responses" updatedAt={dataUpdatedAt} />
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {isEmpty ? (
        <Empty>
          Nothing is done by itself when something happens. A file with kind ResponseRule says what is: pavise
          policy apply takes it in.
        </Empty>
      ) : null}
      {data && data.rules.length > 0 ? <RuleTable rules={data.rules} /> : null}
      {data && data.outcomes.length > 0 ? <OutcomeTable outcomes={data.outcomes} /> : null}
    </>
  )
}

function RuleTable({ rules }: { rules: readonly ResponseRule[] }) {
  return (
    <table className="list">
      <caption className="quiet">Response rules</caption>
      <thead>
        <tr>
          {['Rule', 'When', 'Then', 'Applied', 'Done', 'Failed', 'Left out'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.id}>
            <th scope="row" data-label="Rule">
              {rule.id}
            </th>
            <td data-label="When">{whenOf(rule)}</td>
            <td data-label="Then">{rule.actions.join(', ')}</td>
            <td data-label="Applied">{rule.matched}</td>
            <td data-label="Done">{rule.done}</td>
            <td data-label="Failed">{rule.failed}</td>
            <td data-label="Left out">{rule.heldBack}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function whenOf({ event, conditions, groups, isDisabled }: ResponseRule): string {
  if (isDisabled) return 'never: it is disabled'
  const asked = conditions.map(({ type, value }) => `${type} ${value}`).join(', ')
  return `${event}: ${asked}${groups.length === 0 ? '' : `, in ${groups.join(', ')}`}`
}

function OutcomeTable({ outcomes }: { outcomes: readonly ResponseOutcome[] }) {
  return (
    <table className="list">
      <caption className="quiet">What came of them, newest first</caption>
      <thead>
        <tr>
          {['When', 'Did', 'About', 'Workload', 'What came of it'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ at, rule, action, event, workload, outcome, detail }) => (
          <tr key={JSON.stringify([at, rule, action, event.name, workload?.id])}>
            <td data-label="When">
              <Ago time={at} />
            </td>
            <th scope="row" data-label="Did">
              {action}
            </th>
            <td data-label="About">{event.name}</td>
            <td data-label="Workload">{workload === undefined ? '' : <WorkloadName id={workload.id} />}</td>
            <td data-label="What came of it">{outcome === 'done' ? `✓ ${detail}` : `▲ failed: ${detail}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
