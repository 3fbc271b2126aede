import { useEffect, useState } from 'react'

/** What time it is, again and again. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** The reader's time zone, as its people call it: `CET`. */
function zoneName(time: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(time)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

/** A time in the reader's zone and in UTC, so that two who read of it mean the same. */
export function Moment({ time }: { time: string }) {
  const date = new Date(time)
  const isUtc = date.getTimezoneOffset() === 0
  return (
    <time dateTime={time} className="moment">
      {date.toLocaleString('sv')} {zoneName(date)}
      {isUtc ? null : <small>{time.slice(0, 19).replace('T', ' ')} UTC</small>}
    </time>
  )
}

/** What `<input type="datetime-local">` takes: the reader's zone, in seconds. */
export function toLocalInput(time: string): string {
  return new Date(time).toLocaleString('sv').replace(' ', 'T')
}

/** RFC 3339 of what such a field holds; undefined where it is empty. */
export function fromLocalInput(text: string): string | undefined {
  return text === '' ? undefined : new Date(text).toISOString()
}
