const durationUnits: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

const sizeUnits: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

/** Milliseconds of `90s`, `12h`, `7d`, `1.5h`; null for anything else. */
export function parseDuration(text: string): number | null {
  return parse(text, durationUnits)
}

/** Bytes of `500MB`, `2GiB`, `1.5 GiB`; null for anything else. */
export function parseSize(text: string): number | null {
  return parse(text, sizeUnits)
}

function parse(text: string, units: Record<string, number>): number | null {
  const match = /^(\d{1,12}(?:\.\d{1,6})?) ?([a-z]{1,3})$/i.exec(text.trim())
  const unit = match?.[2].toLowerCase() ?? ''
  if (!match || !Object.hasOwn(units, unit)) return null
  const value = Math.round(Number(match[1]) * units[unit])
  return Number.isSafeInteger(value) ? value : null
}

/** `999`, `1.2k`, `35k`, `4.1M`: four places at most. */
export function shortNumber(value: number): string {
  for (const [size, suffix] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    // 999,500 is 1.0M and not 1000k.
    if (value >= size * 0.9995)
      return `${value < size * 9.95 ? (value / size).toFixed(1) : Math.round(value / size)}${suffix}`
  }
  return `${value}`
}

/** `now`, `5 s`, `3 min`, `2 h`, `4 d`. */
export function shortAge(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'now'
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

/** `7d`, `90s`, `1500ms`: what `parseDuration` reads, in the largest unit up to days that leaves nothing over. */
export function formatDuration(ms: number): string {
  const unit = ['d', 'h', 'm', 's'].find((each) => ms > 0 && ms % durationUnits[each] === 0) ?? 'ms'
  return `${ms / durationUnits[unit]}${unit}`
}
