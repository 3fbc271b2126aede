import type { EventKind } from './event-kinds.tsx'

/** What happened, a row each; what is not said in it, `open` shows. */
export function EventTable({
  kind,
  items,
  open,
}: {
  kind: EventKind<unknown>
  items: readonly unknown[]
  open: (id: string) => void
}) {
  return (
    <table className="list">
      <caption className="quiet">{kind.name}, newest first</caption>
      <thead>
        <tr>
          {kind.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          <th scope="col">
            <span className="quiet">More</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={kind.id(item)}>
            {kind.cells(item).map((cell, column) => (
              <td key={kind.columns[column]} data-label={kind.columns[column]}>
                {cell}
              </td>
            ))}
            <td>
              <button
                type="button"
                className="link"
                onClick={() => open(kind.id(item))}
                aria-label={`Why: ${kind.title(item)}`}
              >
                Why
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
