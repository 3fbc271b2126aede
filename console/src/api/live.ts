import { useEffect, useState } from 'react'
import { queryClient } from './queries.ts'

export type LiveState = 'live' | 'waiting' | 'paused'

/** At most so often what is shown is asked for anew, however many events there are. */
const renewMs = 1_000

/**
 * Follows the event stream and lets what is shown be asked for anew when something is stored. The browser connects again
 * by itself where the stream breaks.
 *
 * @param keys of the queries that are renewed
 */
export function useLive(keys: readonly string[], isPaused: boolean): LiveState {
  const [isOpen, setOpen] = useState(false)
  const joined = keys.join(',')
  useEffect(() => {
    if (isPaused) return undefined
    const stream = new EventSource('/api/v1/events')
    let timer: ReturnType<typeof setTimeout> | undefined
    const renew = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        for (const key of joined.split(',')) void queryClient.invalidateQueries({ queryKey: [key] })
      }, renewMs)
    }
    stream.addEventListener('open', () => setOpen(true))
    stream.addEventListener('error', () => setOpen(false))
    for (const type of [
      'flow',
      'personal-data',
      'coverage',
      'workload',
      'process',
      'file',
      'violation',
      'threat',
      'attack',
      'resync',
    ])
      stream.addEventListener(type, renew)
    return () => {
      clearTimeout(timer)
      stream.close()
      setOpen(false)
    }
  }, [joined, isPaused])
  if (isPaused) return 'paused'
  return isOpen ? 'live' : 'waiting'
}
