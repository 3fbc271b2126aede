import { containerOfCgroup, serviceOfCgroup } from '../cgroup.ts'

/**
 * What to call a namespace that only processes hold, by its first process.
 *
 * @param comm Of `/proc/PID/comm`.
 * @param cgroup Of `/proc/PID/cgroup`: a container of an engine that is not watched (CRI-O, LXC), or a systemd service
 *   (`PrivateNetwork=yes`).
 */
export function bareName(comm: string, cgroup: string): { name: string; service: string } {
  const program = comm.trim() === '' ? 'process' : comm.trim()
  const container = containerOfCgroup(cgroup)
  if (container !== undefined) {
    const of = `${container.engine ?? 'container'} ${container.id.slice(0, 12)}`
    return { name: `${program} (${of})`, service: program }
  }
  const unit = serviceOfCgroup(cgroup)
  return unit === undefined
    ? { name: program, service: program }
    : { name: `${program} (${unit})`, service: unit }
}
