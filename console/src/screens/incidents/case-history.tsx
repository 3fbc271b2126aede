import { Moment } from '../../ui/moment.tsx'
import { Table } from '../../ui/table.tsx'
import type { PartProps } from './case-screen.tsx'

const columns = ['When', 'Who', 'What', 'Why']

/** Who did what with a case, newest first. */
export function CaseHistory({ breach: { history } }: PartProps) {
  return (
    <section className="stack">
      <h2>History</h2>
      <Table
        caption="Who did what, newest first"
        columns={columns}
        rows={history.toReversed().map(({ at, by, what, reason }, row) => ({
          key: `${history.length - row}`,
          cells: [<Moment key="at" time={at} />, by, what, reason],
        }))}
      />
    </section>
  )
}
