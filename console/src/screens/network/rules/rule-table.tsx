import type { PolicyRule } from '../../../../../src/api/contract/types.ts'
import { fullNumber } from '../../../text.ts'
import { Ago } from '../../../ui/parts.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { askedText } from './rule-model.ts'

interface RuleTableProps {
  rules: readonly PolicyRule[]
  open: (id: string) => void
  /** Those that are chosen, where one can choose. */
  picked?: ReadonlySet<string>
  pick?: (id: string, isPicked: boolean) => void
}

const columns: Column[] = [
  { name: 'Order', isNumber: true },
  ...['From', 'To', 'It is', 'What', 'Where from'],
]

export function RuleTable({ rules, open, picked, pick }: RuleTableProps) {
  const caption = 'Rules in the order in which they are asked'
  const rows = rules.map((rule) => ({ key: rule.id, cells: cellsOf(rule, open) }))
  if (pick === undefined) return <Table caption={caption} columns={columns} head={1} rows={rows} />
  const choosing = rows.map(({ key, cells }, i) => ({
    key,
    cells: [
      <Choice key="chosen" rule={rules[i]} isPicked={picked?.has(key) ?? false} pick={pick} />,
      ...cells,
    ],
  }))
  const chosen = { name: 'Chosen', isQuiet: true }
  return <Table caption={caption} columns={[chosen, ...columns]} head={2} rows={choosing} />
}

interface ChoiceProps {
  rule: PolicyRule
  isPicked: boolean
  pick: (id: string, isPicked: boolean) => void
}

function Choice({ rule: { id, from, to, applications, ports }, isPicked, pick }: ChoiceProps) {
  return (
    <input
      type="checkbox"
      checked={isPicked}
      onChange={(event) => pick(id, event.target.checked)}
      aria-label={`Choose ${from} to ${to}, ${applications.join(', ') || ports}`}
    />
  )
}

function cellsOf(rule: PolicyRule, open: (id: string) => void) {
  const { id, order, from, to, action, applications, ports } = rule
  const asked = askedText(rule)
  return [
    fullNumber(order),
    <button
      key="from"
      type="button"
      className="link"
      onClick={() => open(id)}
      aria-label={`Rule ${order}: ${action} ${from} to ${to}`}
    >
      {from}
    </button>,
    to,
    <>
      <span className={action}>{action === 'allow' ? '✓ allowed' : '✕ denied'}</span>
      {asked === '' ? null : <small>{asked}</small>}
    </>,
    <>
      {applications.join(', ') || 'any application'}
      <small>{ports === '' || ports === 'any' ? 'any port' : ports}</small>
    </>,
    <Origin key="origin" rule={rule} />,
  ]
}

function Origin({ rule: { tier, source, learned, priority } }: { rule: PolicyRule }) {
  if (learned)
    return (
      <>
        learned: {fullNumber(learned.flows)} {learned.flows === 1 ? 'connection' : 'connections'}
        <small>
          last <Ago time={learned.last} />
        </small>
      </>
    )
  return (
    <>
      {source ?? tier}
      <small>
        {tier}
        {priority > 0 ? `, priority ${priority}` : ''}
      </small>
    </>
  )
}
