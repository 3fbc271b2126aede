import { useNow } from './moment.tsx'
import { Select } from './fields.tsx'
import { TimeFilter } from './time-filter.tsx'
import type { UrlState } from '../url-state.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Times that go on with the clock, by their name in the address. */
const spans: Readonly<Record<string, { name: string; ms: number }>> = {
  hour: { name: 'Last hour', ms: hourMs },
  day: { name: 'Last 24 hours', ms: 24 * hourMs },
  week: { name: 'Last 7 days', ms: 7 * 24 * hourMs },
}

/** `since` and `until` of what the address asks for; one that goes on with the clock begins anew each minute. */
export function useTimeRange({ last = '', since = '', until = '' }: UrlState): Record<string, string> {
  const now = useNow(minuteMs)
  if (Object.hasOwn(spans, last)) {
    const begin = Math.floor(now / minuteMs) * minuteMs - spans[last].ms
    return { since: new Date(begin).toISOString() }
  }
  return Object.fromEntries(Object.entries({ since, until }).filter(([, time]) => time !== ''))
}

interface Props {
  state: UrlState
  change: (changed: Record<string, string>) => void
}

/** Which time: up to now, between two times, or any. */
export function TimeRange({ state, change }: Props) {
  const { last = '', since = '', until = '' } = state
  const isOwn = since !== '' || until !== '' || last === 'own'
  const choices = {
    '': 'Any time',
    ...Object.fromEntries(Object.entries(spans).map(([id, { name }]) => [id, name])),
    own: 'From … to …',
  }
  return (
    <>
      <Select
        label="Time"
        value={isOwn ? 'own' : last}
        choices={choices}
        choose={(chosen) => change({ last: chosen, since: '', until: '' })}
      />
      {isOwn ? (
        <>
          <TimeFilter label="From" value={since} choose={(time) => change({ since: time, last: 'own' })} />
          <TimeFilter label="Before" value={until} choose={(time) => change({ until: time, last: 'own' })} />
        </>
      ) : null}
    </>
  )
}
