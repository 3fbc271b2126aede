import { formatTime, type Microseconds } from '../../lib/time.ts'
import type { CoverageRecord } from '../../model/records.ts'
import { limits } from './limits.ts'

/** Why something passed, or was cut, without being inspected, and what that means. */
export const inlineGaps = {
  'inline-stream-gap': 'Bytes of connections were not there to be inspected.',
  'inline-not-verified': 'Bytes were sent again of which it was not known any more what they had been.',
  'inline-not-readable':
    'Contents of connections could not be read to their end: damaged, too large, too deep.',
  'inline-flow-refused': 'There were more connections than can be followed.',
  'inline-packet-cut': 'Packets were longer than what of them was handed over.',
  'inline-picked-up':
    'Connections were there before anybody watched them: decided by addresses and ports only.',
} as const
export type InlineGap = keyof typeof inlineGaps

interface Count {
  workload: string | undefined
  gap: InlineGap
  packets: number
  bytes: number
}

/** What was not inspected, added up by workload and reason until it is told of. */
export class CoverageCounts {
  #counts = new Map<string, Count>()

  add(workload: string | undefined, gap: InlineGap, packets: number, bytes: number): void {
    const key = `${gap} ${workload ?? ''}`
    const known = this.#counts.get(key)
    if (known !== undefined) {
      known.packets += packets
      known.bytes += bytes
    } else if (workload === undefined || this.#counts.size < limits.coverageReasons) {
      this.#counts.set(key, { workload, gap, packets, bytes })
    } else {
      // Nobody's in particular, rather than not at all.
      this.add(undefined, gap, packets, bytes)
    }
  }

  /** Tells of all since the last call. */
  report(now: Microseconds, sink: (record: CoverageRecord) => void): void {
    if (this.#counts.size === 0) return
    const counts = this.#counts
    this.#counts = new Map()
    for (const { workload, gap, packets, bytes } of counts.values()) {
      sink({
        type: 'coverage',
        at: formatTime(now),
        ...(workload === undefined ? {} : { workload }),
        reason: gap,
        detail: inlineGaps[gap],
        ...(packets === 0 ? {} : { packets }),
        ...(bytes === 0 ? {} : { bytes }),
      })
    }
  }
}
