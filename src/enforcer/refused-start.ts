import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { formatTime } from '../lib/time.ts'
import type { ProcessRecord } from '../model/records.ts'
import type { Workload } from '../model/workload.ts'
import type { ContainerStart } from '../runtimes/starts/container-start.ts'
import { firstProgramOf } from '../runtimes/starts/first-program.ts'

/**
 * A container's first program was not run, since the container lacks what it has to name.
 *
 * @param reason one sentence for people
 * @param at ms since 1970
 */
export function refusedStart(
  { pid, bundle }: ContainerStart,
  workload: Workload,
  { reason, at }: { reason: string; at: number },
): ProcessRecord {
  const path = firstProgramOf(bundle)
  const time = formatTime(at)
  return {
    ...{ type: 'process', id: randomUUID(), first: time, last: time, count: 1, workload: workload.id },
    event: 'exec',
    process: { pid, name: basename(path), path, arguments: [], user: { id: 0 }, ancestors: [] },
    ...{ origin: 'image', action: 'blocked', reason: 'not-admitted', rule: reason },
  }
}
