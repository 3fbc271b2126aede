import type { PolicyRule } from '../../../../../src/api/contract/types.ts'
import { fullNumber } from '../../../text.ts'
import { Ago } from '../../../ui/parts.tsx'
import { askedText } from './rule-model.ts'

interface RuleTableProps {
  rules: readonly PolicyRule[]
  open: (id: string) => void
  /** Those that are chosen, where one can choose. */
  picked?: ReadonlySet<string>
  pick?: (id: string, isPicked: boolean) => void
}

export function RuleTable({ rules, open, picked, pick }: RuleTableProps) {
  return (
    <table className="list">
      <caption className="quiet">Rules in the order in which they are asked</caption>
      <thead>
        <tr>
          {pick ? (
            <th scope="col">
              <span className="quiet">Chosen</span>
            </th>
          ) : null}
          <th scope="col" className="number">
            Order
          </th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">It is</th>
          <th scope="col">What</th>
          <th scope="col">Where from</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            open={open}
            isPicked={picked?.has(rule.id) ?? false}
            pick={pick}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RuleRowProps {
  rule: PolicyRule
  open: (id: string) => void
  isPicked: boolean
  pick: ((id: string, isPicked: boolean) => void) | undefined
}

function RuleRow({ rule, open, isPicked, pick }: RuleRowProps) {
  const { id, order, from, to, action, applications, ports } = rule
  const asked = askedText(rule)
  return (
    <tr>
      {pick ? (
        <td data-label="Chosen">
          <input
            type="checkbox"
            checked={isPicked}
            onChange={(event) => pick(id, event.target.checked)}
            aria-label={`Choose ${from} to ${to}, ${applications.join(', ') || ports}`}
          />
        </td>
      ) : null}
      <td data-label="Order" className="number">
        {fullNumber(order)}
      </td>
      <th scope="row" data-label="From">
        <button
          type="button"
          className="link"
          onClick={() => open(id)}
          aria-label={`Rule ${order}: ${action} ${from} to ${to}`}
        >
          {from}
        </button>
      </th>
      <td data-label="To">{to}</td>
      <td data-label="It is">
        <span className={action}>{action === 'allow' ? '✓ allowed' : '✕ denied'}</span>
        {asked === '' ? null : <small>{asked}</small>}
      </td>
      <td data-label="What">
        {applications.join(', ') || 'any application'}
        <small>{ports === '' || ports === 'any' ? 'any port' : ports}</small>
      </td>
      <td data-label="Where from">
        <Origin rule={rule} />
      </td>
    </tr>
  )
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
