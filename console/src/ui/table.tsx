import type { ReactNode } from 'react'

interface Props {
  /** What it is, for those who hear it. */
  caption: string
  columns: readonly string[]
  rows: readonly Row[]
}

export interface Row {
  key: string
  /** One for each column; the first is the head of the row. */
  cells: readonly ReactNode[]
}

/** A table whose rows become cards where there is no room: nothing scrolls sideways. */
export function Table({ caption, columns, rows }: Props) {
  return (
    <table className="list">
      <caption className="quiet">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [head, ...others] }) => (
          <tr key={key}>
            <th scope="row" data-label={columns[0]}>
              {head}
            </th>
            {others.map((cell, i) => (
              <td key={columns[i + 1]} data-label={columns[i + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
