import { Link } from 'wouter'
import type { TimelineItem } from '../../../../src/api/contract/types.ts'
import { useTimeline } from '../../api/case-queries.ts'
import { Moment } from '../../ui/moment.tsx'
import { Empty, ProblemNote, WorkloadName } from '../../ui/parts.tsx'
import { type Row, Table } from '../../ui/table.tsx'
import { recordLink } from './case-model.ts'
import type { PartProps } from './case-screen.tsx'

const kindNames: Readonly<Record<TimelineItem['kind'], string>> = {
  time: '◆ time',
  handled: '✎ handled',
  finding: '● personal data',
  violation: '▲ not allowed',
  threat: '▲ threat',
  attack: '✱ attack',
  process: '▲ process',
  file: '▲ file',
  gap: '○ not seen',
}

/** What was said, done and seen in the time of a case, in order; each line leads to what it rests on. */
export function CaseTimeline({ breach: { id } }: PartProps) {
  const { data, error, refetch } = useTimeline(id)
  return (
    <section className="stack">
      <h2>Timeline</h2>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data?.isCut === true ? (
        <Empty>There are more records of a kind than stand here: the latest of each are shown.</Empty>
      ) : null}
      {data ? (
        <Table caption="What happened, oldest first" columns={columns} rows={data.items.map(rowOf)} />
      ) : null}
    </section>
  )
}

const columns = ['When', 'Kind', 'What', 'Workload', 'Rests on']

function rowOf(item: TimelineItem, row: number): Row {
  const { at, kind, text, workload, intrusion } = item
  return {
    key: `${row} ${at}`,
    cells: [
      <Moment key="at" time={at} />,
      kindNames[kind],
      intrusion === null ? text : `${text} (${intrusion.stage}, ATT&CK ${intrusion.technique})`,
      workload === null ? '' : <WorkloadName key="workload" id={workload} />,
      <RecordLink key="record" item={item} />,
    ],
  }
}

function RecordLink({ item }: { item: TimelineItem }) {
  const href = recordLink(item)
  if (href === null) return null
  return <Link href={href}>{item.entry === null ? 'its record' : `evidence, entry ${item.entry}`}</Link>
}
