import type { ReactNode } from 'react'

/** The head of a column: its name, or more about it. */
export type Column = string | ColumnHead

interface ColumnHead {
  name: string
  isNumber?: boolean
  /** Said to those who hear it only. */
  isQuiet?: boolean
}

interface Props {
  /** What it is, for those who hear it. */
  caption: string
  columns: readonly Column[]
  /** Which of the columns names the row: the first, where it is left out. */
  head?: number
  rows: readonly Row[]
}

export interface Row {
  key: string
  /** One for each column. */
  cells: readonly ReactNode[]
}

/** A table whose rows become cards where there is no room: nothing scrolls sideways. */
export function Table({ caption, columns, head = 0, rows }: Props) {
  const heads = columns.map((column) => (typeof column === 'string' ? { name: column } : column))
  return (
    <table className="list">
      <caption className="quiet">{caption}</caption>
      <thead>
        <tr>
          {heads.map(({ name, isNumber, isQuiet = false }) => (
            <th key={name} scope="col" className={numberClass(isNumber)}>
              {isQuiet ? <span className="quiet">{name}</span> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, i) => (
              <Cell key={heads[i].name} of={heads[i]} isHead={i === head}>
                {cell}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell({ of, isHead, children }: { of: ColumnHead; isHead: boolean; children: ReactNode }) {
  const { name, isNumber, isQuiet = false } = of
  const given = { 'data-label': isQuiet ? undefined : name, className: numberClass(isNumber) }
  if (isHead)
    return (
      <th scope="row" {...given}>
        {children}
      </th>
    )
  return <td {...given}>{children}</td>
}

function numberClass(isNumber = false): string | undefined {
  return isNumber ? 'number' : undefined
}
