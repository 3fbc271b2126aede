import type { Transfer } from '../../../../../src/api/contract/types.ts'
import { byCategory } from '../../../text.ts'
import { Ago, CategoryChip, TransportMark } from '../../../ui/parts.tsx'
import { Table } from '../../../ui/table.tsx'
import { countriesText, flagTexts, personsOf, roleText } from './transfer-model.ts'

const columns = [
  'Sender',
  'Recipient',
  'Country',
  'Personal data',
  'Persons',
  'Transport',
  'Declared',
  'Latest',
]

export function TransferTable({
  transfers,
  open,
}: {
  transfers: readonly Transfer[]
  open: (id: string) => void
}) {
  const rows = transfers.map((transfer) => ({ key: transfer.id, cells: cellsOf(transfer, open) }))
  return <Table caption="Who gets which personal data" columns={columns} rows={rows} />
}

function cellsOf(transfer: Transfer, open: (id: string) => void) {
  const { id, sender, recipient, categories, encrypted, flags, last, contents, application } = transfer
  return [
    <>
      <button
        type="button"
        className="link"
        onClick={() => open(id)}
        aria-label={`Why: ${sender.name} to ${recipient.name}, ${application}`}
      >
        {sender.name}
      </button>
      <small>{sender.namespace ?? roleText(sender)}</small>
    </>,
    <>
      {recipient.name}
      <small>{roleText(recipient)}</small>
    </>,
    countriesText(recipient),
    categories.length === 0 ? (
      <span className="faint">{contents === 'unreadable' ? 'not readable' : 'none found'}</span>
    ) : (
      byCategory(categories.map(({ category, values }) => ({ category, count: values }))).map((each) => (
        <CategoryChip key={each.category} {...each} />
      ))
    ),
    personsOf(transfer),
    <TransportMark key="transport" transport={encrypted ? 'encrypted' : 'clear'} />,
    flags.length === 0 ? (
      <span className="allow">✓ nothing against it</span>
    ) : (
      flags.map((flag) => (
        <small key={flag} className="deny">
          ▲ {flagTexts[flag]}
        </small>
      ))
    ),
    <Ago key="last" time={last} />,
  ]
}
