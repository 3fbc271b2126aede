import { readlinkSync } from 'node:fs'
import { FileStatus } from '../../kernel/file-status.ts'
import { commandLineOf, executableOf, readAncestors, readProcessStatus } from '../../kernel/process-status.ts'
import { decideFile, type FileVerdict } from '../../policy/files/file-rules.ts'
import { programName } from '../../policy/processes/applets.ts'
import { fileLimits } from '../files/limits.ts'
import type { OpenObservation } from './gate-messages.ts'
import type { Guarded, GuardedContainers } from './guarded-containers.ts'
import { userInside } from './users.ts'

/** Decides whether a file may be opened, while whoever opens it waits. */
export class FileGuard {
  readonly #containers: GuardedContainers
  readonly #observed: (observation: OpenObservation) => void
  readonly #status = new FileStatus()
  /** Opens of a file by a program: in the second that began at `since`, and those that were not told. */
  readonly #opens = new Map<string, { since: number; count: number; untold: number }>()

  constructor(containers: GuardedContainers, observed: (observation: OpenObservation) => void) {
    this.#containers = containers
    this.#observed = observed
  }

  /** @returns whether `pid` may open the file that `fd` is open on */
  decide(fd: number, pid: number): boolean {
    if (pid === process.pid || !this.#status.ofDescriptor(fd)) return true
    const guarded = this.#containers.of(this.#status, pid)
    if (guarded === undefined) return true
    const path = readlinkSync(`/proc/self/fd/${fd}`)
    const program = executableOf(pid)
    const verdict = decideFile(guarded.profile, 'open', pathsOf(guarded, path), program)
    if (verdict === undefined) return true
    const count = this.#countOpen(`${guarded.workload} ${path} ${program}`)
    if (count > 0) this.#observed(observe(guarded, pid, { path, program, verdict, count }))
    return verdict.effect !== 'block'
  }

  /** @returns how many opens are to be told of now; 0 where this one is told with a later one */
  #countOpen(key: string): number {
    const now = performance.now()
    if (this.#opens.size >= fileLimits.countedOpens) this.#opens.clear()
    const known = this.#opens.get(key) ?? { since: now, count: 0, untold: 0 }
    if (now - known.since >= 1_000) {
      known.since = now
      known.count = 0
    }
    this.#opens.set(key, known)
    known.untold++
    if (++known.count > fileLimits.toldPerSecond) return 0
    const { untold } = known
    known.untold = 0
    return untold
  }
}

/** A path, and those under which rules know its folder. */
function pathsOf({ folders }: Guarded, path: string): string[] {
  const end = path.lastIndexOf('/')
  const aliases = folders.get(path.slice(0, end)) ?? []
  return [path, ...aliases.map((folder) => folder + path.slice(end))]
}

interface Opened {
  path: string
  program: string
  verdict: FileVerdict
  count: number
}

function observe(guarded: Guarded, pid: number, { path, program, verdict, count }: Opened): OpenObservation {
  const uid = userInside(guarded.users, readProcessStatus(pid)?.uid ?? 0)
  const given = commandLineOf(pid)
  return {
    workload: guarded.workload,
    at: Date.now(),
    path,
    verdict,
    count,
    process: {
      pid,
      name: programName(program, given),
      path: program,
      arguments: given,
      uid,
      userName: guarded.users.names.get(uid),
      ancestors: readAncestors(pid, (each) => each === guarded.pid),
    },
  }
}
