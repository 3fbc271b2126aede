import { useStartedOptions } from '../../api/settings-queries.ts'
import { Empty, ProblemNote } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'

const origins = { default: 'as usual', flag: '✎ on the command line', environment: '✎ by the environment' }

/** What `pavise up` was started with; to be read, and changed where it is started. */
export function StartedPart() {
  const { data, error, refetch } = useStartedOptions()
  return (
    <section className="stack">
      <h2>What Pavise was started with</h2>
      <p>It is set where Pavise is started, on the command line or by the environment, and read only here.</p>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data?.length === 0 ? (
        <Empty>It was started by another program, with no options of its own.</Empty>
      ) : null}
      {data && data.length > 0 ? (
        <Table
          caption="Options"
          columns={['Option', 'Value', 'Set', 'What it is']}
          rows={data.map(({ option, value, origin, description }) => ({
            key: option,
            cells: [<code key="option">{option}</code>, value ?? 'not set', origins[origin], description],
          }))}
        />
      ) : null}
    </section>
  )
}
