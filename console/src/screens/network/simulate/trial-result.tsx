import type { SimulatedDenial, Simulation } from '../../../../../src/api/contract/types.ts'
import { type Trial, useSimulation } from '../../../api/policy-queries.ts'
import { fullNumber, timeText } from '../../../text.ts'
import { Ago, Empty, ProblemNote } from '../../../ui/parts.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { isOfTrial, originText } from '../rules/rule-model.ts'

/** How many kinds of what would be blocked are shown; all are in the API's answer. */
const shownDenials = 200

interface TrialResultProps {
  trial: Trial
  /** Whether only what the tried rules deny themselves is of interest, the rest counted. */
  isOfRule?: boolean
}

/** What would break, by which rule, and whose that is. */
export function TrialResult({ trial, isOfRule = false }: TrialResultProps) {
  const { data, error, isFetching, refetch, dataUpdatedAt } = useSimulation(trial)
  if (error) return <ProblemNote error={error} again={() => void refetch()} />
  if (data === undefined) return <p role="status">Holding what was seen against it …</p>
  const own = isOfRule ? data.denials.filter(isOfTrial) : data.denials
  const others = data.denials.length - own.length
  return (
    <section aria-label="Result of the trial">
      <p role="status" className={own.length > 0 ? 'result bad' : 'result'}>
        {resultText(data, own, { hours: trial.hours, isOfRule })}
      </p>
      <p className="faint">
        Tried on what was seen up to {timeText(new Date(dataUpdatedAt).toISOString())}, as if every group were
        in Protect. {countsText(data)}
        {othersText(others)}{' '}
        <button type="button" className="link" onClick={() => void refetch()} disabled={isFetching}>
          {isFetching ? 'Trying …' : 'Try again'}
        </button>
      </p>
      {data.warnings.map(({ place, subject, problem, nextStep }) => (
        <p key={`${place} ${problem}`} className="warning">
          ▲ {place}: {subject}: {problem}. {nextStep}
        </p>
      ))}
      {data.flows === 0 ? (
        <Empty>Nothing was seen in that time: there is nothing to try it on.</Empty>
      ) : own.length > 0 ? (
        <DenialTable denials={own} />
      ) : null}
    </section>
  )
}

/** What is not the tried rule's doing. */
function othersText(others: number): string {
  if (others === 0) return ''
  const kinds = others === 1 ? 'One kind more would be' : `${fullNumber(others)} kinds more would be`
  return ` ${kinds} blocked by other rules, or because none allows it.`
}

function resultText(
  { unlisted }: Simulation,
  own: readonly SimulatedDenial[],
  { hours, isOfRule }: { hours: number; isOfRule: boolean },
): string {
  const flows = own.reduce((sum, denial) => sum + denial.flows, 0)
  const by = isOfRule ? 'It' : 'This policy'
  const span = hours === 1 ? 'the last hour' : `the last ${hours} hours`
  if (flows === 0) return `✓ ${by} would have blocked nothing of ${span} that passes today.`
  const workloads = new Set(own.flatMap((denial) => denial.workloads)).size
  const connections = flows === 1 ? '1 connection' : `${fullNumber(flows)} connections`
  const more = unlisted > 0 ? ` and ${fullNumber(unlisted)} that are not listed` : ''
  return `▲ ${by} would have blocked ${connections}${more} of ${workloads} workloads in ${span}.`
}

function countsText({ flows, allowed, undecided, outside, attempts, blockedToday, incomplete }: Simulation) {
  const parts = [
    `${fullNumber(flows)} connections: ${fullNumber(allowed)} allowed`,
    ...(blockedToday > 0 ? [`${fullNumber(blockedToday)} blocked today already`] : []),
    ...(undecided > 0 ? [`${fullNumber(undecided)} of which too little was seen to decide`] : []),
    ...(attempts > 0 ? [`${fullNumber(attempts)} that nobody answered`] : []),
    ...(outside > 0 ? [`${fullNumber(outside)} that no rule is about`] : []),
  ]
  return `${parts.join(', ')}.${incomplete ? ' There were more: the oldest are not in it.' : ''}`
}

const columns: Column[] = [
  ...['From', 'To', 'What', 'By which rule, and whose'],
  { name: 'Connections', isNumber: true },
  'Latest',
]

function DenialTable({ denials }: { denials: readonly SimulatedDenial[] }) {
  const rows = denials
    .slice(0, shownDenials)
    .map((denial) => ({ key: JSON.stringify(denial), cells: cellsOf(denial) }))
  return (
    <>
      <Table caption="What would be blocked" columns={columns} rows={rows} />
      {denials.length > shownDenials ? (
        <p>{fullNumber(denials.length - shownDenials)} kinds more are not shown.</p>
      ) : null}
    </>
  )
}

function cellsOf(denial: SimulatedDenial) {
  const { from, to, application, transport, port, flows, last, workloads, explanation } = denial
  const { decidedBy, nearest, reason } = explanation
  return [
    <>
      {from}
      <small>{workloads.join(', ')}</small>
    </>,
    to,
    <>
      {application}
      <small>
        {transport}/{port}
      </small>
    </>,
    <>
      {decidedBy ? (
        <>
          {decidedBy.rule.action === 'deny' ? 'denied by ' : 'not as asked by '}
          {originText(decidedBy.rule)}
        </>
      ) : (
        'no rule allows it'
      )}
      <small>
        {nearest && !decidedBy ? `nearest: ${nearest.rule.id} (${originText(nearest.rule)})` : reason}
      </small>
    </>,
    fullNumber(flows),
    <Ago key="last" time={last} />,
  ]
}
