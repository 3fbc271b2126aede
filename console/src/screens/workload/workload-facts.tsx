import type { WorkloadItem } from '../../../../src/api/contract/types.ts'
import { timeText } from '../../text.ts'
import { Facts } from '../../ui/parts.tsx'

const protectionText = {
  none: 'its packets pass as they are: no rule asks for more',
  held: '● its packets wait until they are decided about',
  quarantine: '■ nothing of it passes',
  failed: '▲ it is not held, though it should be',
} as const

/** What it is, where it runs, and whether it is seen. */
export function WorkloadFacts({ item }: { item: WorkloadItem }) {
  const { workload, coverage, detail, stoppedAt, enforcer, protection } = item
  const { id, runtime, image, service, namespace, addresses, startedAt, labels, hostNetwork } = workload
  const labelled = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return (
    <div className="note">
      <Facts
        facts={[
          ['Service', service],
          ['Namespace', namespace],
          ['Seen', coverage === 'seen' ? '✓ its traffic is seen' : `▲ not seen: ${detail ?? coverage}`],
          ['Held', protection && (protection.detail ?? protectionText[protection.kind])],
          [
            'Runs',
            stoppedAt === undefined ? `since ${timeText(startedAt)}` : `stopped ${timeText(stoppedAt)}`,
          ],
          ['Image', image],
          ['Runtime', runtime],
          ['Node', enforcer],
          ['Addresses', addresses.join(', ')],
          ['Network', hostNetwork ? 'the node’s own' : ''],
          ['Labels', labelled.join(', ')],
          ['Id', <code key="id">{id}</code>],
        ]}
      />
    </div>
  )
}
