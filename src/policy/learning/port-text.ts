import { learningLimits } from '../limits.ts'

interface Range {
  transport: string
  first: number
  last: number
}

/**
 * Ports as a rule says them: `tcp/80,tcp/9000-9004,udp/53,icmp`. Neighbours become a range; where there are more than a rule should
 * have, those that are nearest to each other do.
 *
 * @param ports `tcp/80`, `icmp`
 */
export function portText(ports: readonly string[]): string {
  const ranges = [...new Set(ports)].map(rangeOf).toSorted(compare)
  let merged = mergeNearer(ranges, 1)
  while (merged.length > learningLimits.rangesPerRule) {
    const gap = smallestGap(merged)
    if (gap === Infinity) break
    merged = mergeNearer(merged, gap)
  }
  return merged.map(textOf).join(',')
}

function rangeOf(port: string): Range {
  const [transport, number = '0'] = port.split('/')
  return { transport, first: Number(number), last: Number(number) }
}

function compare(a: Range, b: Range): number {
  return a.transport.localeCompare(b.transport) || a.first - b.first
}

function textOf({ transport, first, last }: Range): string {
  if (transport === 'icmp') return 'icmp'
  return first === last ? `${transport}/${first}` : `${transport}/${first}-${last}`
}

function gapBetween(a: Range, b: Range): number {
  return a.transport === b.transport ? b.first - a.last : Infinity
}

function smallestGap(ranges: readonly Range[]): number {
  return ranges.slice(1).reduce((least, range, i) => Math.min(least, gapBetween(ranges[i], range)), Infinity)
}

function mergeNearer(ranges: readonly Range[], gap: number): Range[] {
  const merged: Range[] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last !== undefined && gapBetween(last, range) <= gap) last.last = range.last
    else merged.push({ ...range })
  }
  return merged
}
