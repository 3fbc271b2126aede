import type { ListingSummary } from '../../../src/api/contract/types.ts'
import { fullNumber, spanText, timeText } from '../text.ts'
import { Table } from './table.tsx'

interface Props {
  summary: ListingSummary
  /** RFC 3339 times of what one has chosen. */
  choose: (since: string, until: string) => void
}

interface Bar {
  since: string
  until: string
  count: number
}

/** When there were how many: bars that choose their time, and a table of the same for those who do not see or point. */
export function Histogram({ summary, choose }: Props) {
  const bars = barsOf(summary)
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const span = spanText(summary.bucketMs)
  return (
    <figure className="histogram">
      <div className="bars" aria-hidden="true">
        {bars.map((bar) => (
          <button
            key={bar.since}
            type="button"
            tabIndex={-1}
            title={`${fullNumber(bar.count)} from ${timeText(bar.since)} on`}
            onClick={() => choose(bar.since, bar.until)}
          >
            <span style={{ blockSize: `${(100 * bar.count) / most}%` }} />
          </button>
        ))}
      </div>
      <figcaption className="faint">
        <span>{timeText(summary.since)}</span>
        <span>
          {fullNumber(summary.counted)} in steps of {span}, at most {fullNumber(most)}
        </span>
        <span>{timeText(summary.until)}</span>
      </figcaption>
      {summary.countedSince === null ? null : (
        <p className="warning">
          ▲ What is from before {timeText(summary.countedSince)} is not counted here: there is too much of it.
          A shorter time is counted whole.
        </p>
      )}
      <details>
        <summary>As a table</summary>
        <BarTable bars={bars.filter(({ count }) => count > 0).toReversed()} choose={choose} />
      </details>
    </figure>
  )
}

function BarTable({ bars, choose }: { bars: readonly Bar[]; choose: Props['choose'] }) {
  const rows = bars.map(({ since, until, count }) => ({
    key: since,
    cells: [
      <button key="since" type="button" className="link" onClick={() => choose(since, until)}>
        {timeText(since)}
      </button>,
      timeText(until),
      fullNumber(count),
    ],
  }))
  const columns = ['From', 'Before', { name: 'Events', isNumber: true }]
  return <Table caption="Events by time, newest first" columns={columns} rows={rows} />
}

function barsOf({ since, bucketMs, buckets }: ListingSummary): Bar[] {
  const begin = Date.parse(since)
  const at = (i: number) => new Date(begin + i * bucketMs).toISOString()
  return buckets.map((count, i) => ({ since: at(i), until: at(i + 1), count }))
}
