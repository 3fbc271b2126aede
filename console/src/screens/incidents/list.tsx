import type { ReactNode } from 'react'
import { Table } from '../../ui/table.tsx'

interface ListProps {
  title: string
  columns: readonly string[]
  rows: readonly (readonly ReactNode[])[]
}

/** A table under its own heading. */
export function List({ title, columns, rows }: ListProps) {
  return (
    <>
      <h3>{title}</h3>
      <Table caption={title} columns={columns} rows={rows.map((cells, row) => ({ key: `${row}`, cells }))} />
    </>
  )
}
