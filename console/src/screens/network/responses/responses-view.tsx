import type { ResponseOutcome, ResponseRule } from '../../../../../src/api/contract/types.ts'
import { useResponses } from '../../../api/policy-queries.ts'
import { fullNumber } from '../../../text.ts'
import { Ago, Empty, ProblemNote, ScreenHead, WorkloadName } from '../../../ui/parts.tsx'
import { type Column, Table } from '../../../ui/table.tsx'

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

const ruleColumns: Column[] = [
  ...['Rule', 'When', 'Then'],
  ...['Applied', 'Done', 'Failed', 'Left out'].map((name) => ({ name, isNumber: true })),
]

function RuleTable({ rules }: { rules: readonly ResponseRule[] }) {
  const rows = rules.map((rule) => {
    const { id, actions, matched, done, failed, heldBack } = rule
    const counts = [matched, done, failed, heldBack].map(fullNumber)
    return { key: id, cells: [id, whenOf(rule), actions.join(', '), ...counts] }
  })
  return <Table caption="Response rules" columns={ruleColumns} rows={rows} />
}

function whenOf({ event, conditions, groups, isDisabled }: ResponseRule): string {
  if (isDisabled) return 'never: it is disabled'
  const asked = conditions.map(({ type, value }) => `${type} ${value}`).join(', ')
  return `${event}: ${asked}${groups.length === 0 ? '' : `, in ${groups.join(', ')}`}`
}

const outcomeColumns = ['When', 'Did', 'About', 'Workload', 'What came of it']

function OutcomeTable({ outcomes }: { outcomes: readonly ResponseOutcome[] }) {
  const rows = outcomes.map(({ at, rule, action, event, workload, outcome, detail }) => ({
    key: JSON.stringify([at, rule, action, event.name, workload?.id]),
    cells: [
      <Ago key="at" time={at} />,
      action,
      event.name,
      workload === undefined ? '' : <WorkloadName key="workload" id={workload.id} />,
      outcome === 'done' ? `✓ ${detail}` : `▲ failed: ${detail}`,
    ],
  }))
  return <Table caption="What came of them, newest first" columns={outcomeColumns} head={1} rows={rows} />
}
