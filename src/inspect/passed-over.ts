import { DecodeStatus } from '../packet/packet.ts'
import type { Engine } from './engine.ts'

/** Packets, flows and bytes that were passed over, by reason; only what happened. */
export function passedOver(engine: Engine): Record<string, number> {
  const { gaps, gapBytes, cutBytes, streamFull, storeFull } = engine.tcp.counters
  const { statuses } = engine.counters
  const { evicted, refused } = engine.flows.counters
  const all = {
    'packets-truncated': statuses[DecodeStatus.truncated],
    'packets-malformed': statuses[DecodeStatus.malformed],
    'packets-unsupported': statuses[DecodeStatus.unsupported],
    'packets-too-deep': statuses[DecodeStatus.tooDeep],
    'flows-evicted': Object.values(evicted).reduce((sum, count) => sum + count, 0),
    'flows-refused': refused.full,
    'stream-gaps': gaps,
    'stream-gap-bytes': gapBytes,
    'stream-cut-bytes': cutBytes,
    'stream-memory-caps': streamFull + storeFull,
    'threats-unlisted': engine.unlistedThreats,
  }
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0))
}
