import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

const POLL_MS = 20

export interface MeasuredProcess {
  seconds: number
  peakRssBytes: number
  output: string
}

/** Runs a program to its end. Throws when it fails. */
export async function runMeasured(command: string, args: string[]): Promise<MeasuredProcess> {
  const began = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let peakRssBytes = 0
  const poll = setInterval(() => (peakRssBytes = peakRss(child.pid) ?? peakRssBytes), POLL_MS)
  const ended = once(child, 'close')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [status] = await ended
  clearInterval(poll)
  const seconds = (performance.now() - began) / 1000
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${errors.slice(-400)}`)
  return { seconds, peakRssBytes, output }
}

/** Most memory that a process had so far; undefined once it is gone. */
function peakRss(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))
    return kilobytes === null ? undefined : Number(kilobytes[1]) * 1024
  } catch {
    return undefined
  }
}
