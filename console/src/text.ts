import type { Carried, Party } from '../../src/api/contract/types.ts'

/** Categories, the most delicate first: GDPR Art. 9 and 10, children, then what opens doors and accounts, then the rest. */
export const categories: readonly Carried['category'][] = [
  ...(['health', 'genetic', 'special', 'criminal', 'children'] as const),
  ...(['credential', 'financial', 'identity', 'contact', 'location', 'online'] as const),
]

/** Of which Regulation (EU) 2016/679 asks for more than of others: Articles 8, 9 and 10. */
const delicate: ReadonlySet<string> = new Set(['health', 'genetic', 'special', 'criminal', 'children'])

export function isDelicate(category: string): boolean {
  return delicate.has(category)
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat('en')

export function shortNumber(value: number): string {
  return compact.format(value)
}

export function fullNumber(value: number): string {
  return whole.format(value)
}

/** So many of something, as it is written for one and for more. */
export function countText(count: number, one: string, more = `${one}s`): string {
  return `${fullNumber(count)} ${count === 1 ? one : more}`
}

export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** `12 s`, `3 min`, `2 h`, `5 d`: how long ago. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

/** `30 min`, `2 h 5 min`: how long a step is. */
export function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${Math.max(1, seconds)} s`
  const [big, small] = seconds < 3_600 ? [60, 1] : seconds < 86_400 ? [3_600, 60] : [86_400, 3_600]
  const names: Record<number, string> = { 1: 's', 60: 'min', 3_600: 'h', 86_400: 'd' }
  const rest = Math.floor((seconds % big) / small)
  return `${Math.floor(seconds / big)} ${names[big]}${rest > 0 ? ` ${rest} ${names[small]}` : ''}`
}

export function timeText(time: string): string {
  return new Date(time).toLocaleString('sv')
}

/** Where a party stands, in words. */
export function partyPlace({ kind, namespace }: Party): string {
  if (kind === 'workload') return namespace ?? 'workload that has stopped'
  return kind === 'outside' ? 'not a workload here' : 'outside'
}

/** What is carried, by category: the most delicate first. */
export function byCategory(
  carried: readonly Pick<Carried, 'category' | 'count'>[],
): { category: Carried['category']; count: number }[] {
  const counts = new Map<Carried['category'], number>()
  for (const { category, count } of carried) counts.set(category, (counts.get(category) ?? 0) + count)
  return categories.flatMap((category) => {
    const count = counts.get(category)
    return count === undefined ? [] : [{ category, count }]
  })
}

/** How data goes: `loopback` is plain text that does not leave the workload, as to a sidecar that encrypts it. */
export const transports = {
  clear: { mark: '✕', name: 'clear text' },
  loopback: { mark: '↻', name: 'loopback' },
  encrypted: { mark: '✓', name: 'encrypted' },
} as const
export type Transport = keyof typeof transports

/** How it goes, and the most delicate of what it carries: what stands at a line of a map. */
export function carriedLabel(
  transport: Transport,
  carried: readonly Pick<Carried, 'category' | 'count'>[],
): string {
  const data = byCategory(carried).map(({ category }) => category)
  const more = data.length > 2 ? ` +${data.length - 2}` : ''
  return `${transports[transport].mark} ${data.slice(0, 2).join(', ')}${more}`
}
