import { Table } from '../../ui/table.tsx'
import type { EventKind } from './event-kinds.tsx'

interface Props {
  kind: EventKind<unknown>
  items: readonly unknown[]
  open: (id: string) => void
}

/** What happened, a row each; what is not said in it, `open` shows. */
export function EventTable({ kind, items, open }: Props) {
  const rows = items.map((item) => ({
    key: kind.id(item),
    cells: [
      ...kind.cells(item),
      <button
        key="why"
        type="button"
        className="link"
        onClick={() => open(kind.id(item))}
        aria-label={`Why: ${kind.title(item)}`}
      >
        Why
      </button>,
    ],
  }))
  const columns = [...kind.columns, { name: 'More', isQuiet: true }]
  return <Table caption={`${kind.name}, newest first`} columns={columns} rows={rows} />
}
