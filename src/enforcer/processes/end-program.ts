import { executableOf, mountNamespaceOf } from '../../kernel/process-status.ts'
import type { KillOrder, KillReport } from '../../model/enforcer-messages.ts'

/**
 * Ends processes that the controller wants ended, each where it is still one that was meant: of this workload, and of that file.
 *
 * @param first the process that the workload began with; undefined where it does not run here, null where it has none
 */
export function endProgram({ order, pids, path }: KillOrder, first: number | null | undefined): KillReport {
  if (first === undefined || first === null)
    return { order, outcome: 'gone', detail: 'the workload does not run here any more' }
  const results = pids.map((pid) => ({ pid, result: endProcess(pid, path, first) }))
  const ended = results.filter(({ result }) => result === 'killed').map(({ pid }) => pid)
  if (ended.length > 0) return { order, outcome: 'killed', detail: `process ${ended.join(', ')} was ended` }
  const others = results.filter(({ result }) => result === 'refused').map(({ pid }) => pid)
  if (others.length === 0) return { order, outcome: 'gone', detail: 'it had ended by itself' }
  return { order, outcome: 'refused', detail: `process ${others.join(', ')} is another one by now` }
}

function endProcess(pid: number, path: string, first: number): KillReport['outcome'] {
  const now = executableOf(pid)
  if (now === '') return 'gone'
  if (now !== path || !isOfContainer(pid, first)) return 'refused'
  try {
    process.kill(pid, 'SIGKILL')
    return 'killed'
  } catch {
    return 'gone'
  }
}

/** What shares the root of this machine is nobody's container. */
function isOfContainer(pid: number, first: number): boolean {
  const namespace = mountNamespaceOf(pid)
  return (
    namespace !== undefined &&
    namespace === mountNamespaceOf(first) &&
    namespace !== mountNamespaceOf(process.pid)
  )
}
