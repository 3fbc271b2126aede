import { useStatus } from '../../api/queries.ts'
import { bytesText, timeText } from '../../text.ts'
import { Facts, ProblemNote } from '../../ui/parts.tsx'

const dayMs = 24 * 60 * 60 * 1000

/** How long what was seen is kept, and how full the store is. */
export function RetentionPart() {
  const { data, error, refetch } = useStatus()
  if (error) return <ProblemNote error={error} again={() => void refetch()} />
  if (data === undefined) return null
  const { retentionMs, usedBytes, maxBytes, oldestFlow, oldestFinding } = data.store
  return (
    <section className="stack">
      <h2>How long what was seen is kept</h2>
      <Facts
        facts={[
          ['Flows', `${daysText(retentionMs.flows)}; the oldest is ${sinceText(oldestFlow)}`],
          ['Findings', `${daysText(retentionMs.findings)}; the oldest is ${sinceText(oldestFinding)}`],
          ['What was not seen', daysText(retentionMs.coverage)],
          ['Contents of evidence', `${daysText(retentionMs.evidence)}; its hashes stay`],
          ['Store', `${bytesText(usedBytes)} of ${bytesText(maxBytes)}: above it the oldest goes first`],
        ]}
      />
      <p className="faint">
        It is set when Pavise is started: <code>--keep-flows</code>, <code>--keep-findings</code>,{' '}
        <code>--keep-coverage</code>, <code>--keep-evidence</code>, <code>--store-size</code>.
      </p>
      <h2>What can be unmasked</h2>
      <p>
        No value as it was matched is ever kept, so that there is none to unmask: findings have a masked
        sample and a keyed hash. Only recorded packets are as they were on the network. They are encrypted, go
        after seven days, and who has the right <code>captures:manage</code> opens them, with a reason that
        goes into the audit log.
      </p>
    </section>
  )
}

function daysText(ms: number): string {
  const days = ms / dayMs
  return days >= 1 ? `${Math.round(days * 10) / 10} days` : `${Math.round(days * 240) / 10} hours`
}

function sinceText(time: string | null): string {
  return time === null ? 'not there yet' : `of ${timeText(time)}`
}
