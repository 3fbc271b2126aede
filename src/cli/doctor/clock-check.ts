import { existsSync } from 'node:fs'
import { type Check, lacking, limited, ok } from './check.ts'

/** Before it nothing of this release was written, so that a clock that says so is wrong. */
const released = new Date('2026-11-01T00:00:00Z')

/** What shows that something keeps the clock right: systemd-timesyncd once it has succeeded, chrony, ntpd. */
const signs = [
  '/run/systemd/timesync/synchronized',
  '/run/chrony/chronyd.pid',
  '/run/ntpd.pid',
  '/run/ntpsec/ntpd.pid',
]

export function probeClock(): boolean {
  return signs.some((path) => existsSync(path))
}

/** @param isKept whether a time service is at work */
export function checkClock(now: Date, isKept: boolean): Check {
  const found = now.toISOString()
  if (now < released) {
    return lacking('clock', {
      found: `${found}, which is before this release was made`,
      costs: 'Times in records and deadlines are wrong; retention removes the wrong records.',
      nextStep: 'Set the clock, and start a time service (systemd-timesyncd, chrony).',
    })
  }
  if (isKept) return ok('clock', `${found}, kept by a time service`)
  return limited('clock', {
    found: `${found}; no time service is seen to keep it`,
    costs: 'Records of several machines may not be in order, and times may be doubted as evidence.',
    nextStep: 'Start systemd-timesyncd or chrony, unless the host of this machine keeps its clock.',
  })
}
