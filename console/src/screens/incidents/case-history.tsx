import { useCaseAccess } from '../../api/case-queries.ts'
import { Moment } from '../../ui/moment.tsx'
import { ProblemNote } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import type { PartProps } from './case-screen.tsx'

const columns = ['When', 'Who', 'What', 'Why']

/** Who did what with a case, newest first. */
export function CaseHistory({ breach: { id, history } }: PartProps) {
  return (
    <>
      <Steps history={history} />
      <Access id={id} />
    </>
  )
}

function Steps({ history }: Pick<PartProps['breach'], 'history'>) {
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

/** Who saw what of it, by the audit log. */
function Access({ id }: { id: string }) {
  const { data, error, refetch } = useCaseAccess(id)
  return (
    <section className="stack">
      <h2>Who saw it</h2>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? (
        <Table
          caption="Who looked at it, changed it, or was given something of it, newest first"
          columns={['When', 'Who', 'What', 'Of', 'Why']}
          rows={data.items.map(({ at, by, action, target, outcome, reason, sequence }) => ({
            key: `${sequence}`,
            cells: [
              <Moment key="at" time={at} />,
              by,
              outcome === 'done' ? action : `${action}, ${outcome}`,
              target,
              reason ?? '',
            ],
          }))}
        />
      ) : null}
    </section>
  )
}
