import { readdirSync, readFileSync } from 'node:fs'
import { FileStatus } from '../../kernel/file-status.ts'
import {
  commandLineOf,
  executableOf,
  readAncestors,
  readProcessStatus,
  type ProcessStatus,
} from '../../kernel/process-status.ts'
import { readStandardStreams } from '../../kernel/standard-streams.ts'
import type { ProcessRecord } from '../../model/records.ts'
import { programName } from '../../policy/processes/applets.ts'
import { decideProcess, type ProcessFacts } from '../../policy/processes/process-verdict.ts'
import { isShell, rootEscalation, suspicionOf, type Suspicion } from '../../policy/processes/suspicion.ts'
import { containerOfCgroup } from '../../runtimes/cgroup.ts'
import { readProcess } from '../../runtimes/processes.ts'
import type { ProgramObservation } from './gate-messages.ts'
import type { Guarded, GuardedContainers } from './guarded-containers.ts'
import { originOf } from './image-layers.ts'
import { isLoaderName } from './program-file.ts'
import { userInside } from './users.ts'

export interface LateSink {
  observed(observation: ProgramObservation): void
  /** Ends a process that may not run. */
  kill(pid: number): void
}

/** A process of a container that runs already. */
interface Running {
  guarded: Guarded
  pid: number
  path: string
  status: ProcessStatus
}

const SET_USER_ID = 0o4000

/**
 * Looks at processes that run already: what the gate is not asked about (a program in memory, or on a file system that the container
 * mounted itself; a loader while it is let through), who becomes root, and what ran when a container began to be watched. What would not
 * have been let through is ended, as soon as it is seen.
 */
export class LateLook {
  readonly #containers: GuardedContainers
  readonly #sink: LateSink
  readonly #file = new FileStatus()

  constructor(containers: GuardedContainers, sink: LateSink) {
    this.#containers = containers
    this.#sink = sink
  }

  /** A process runs another program now. */
  executed(pid: number): void {
    const path = executableOf(pid)
    if (path === '' || !this.#file.ofPath(`/proc/${pid}/exe`)) return
    const guarded = this.#containers.of(this.#file, pid)
    if (guarded === undefined || this.#wasAsked(guarded, path) || isOfNode(this.#file)) return
    const running = this.#running(guarded, pid, path)
    if (running !== undefined && !isEntering(running)) this.#judge(running, 'exec', true)
  }

  /** A process is another user now; who was root before, or was made root by a program whose purpose that is, is passed over. */
  userChanged(pid: number, effectiveUid: number): void {
    if (effectiveUid !== 0 || !this.#file.ofPath(`/proc/${pid}/exe`)) return
    const becomesRoot = (this.#file.mode & SET_USER_ID) !== 0 && this.#file.uid === 0
    const guarded = this.#containers.of(this.#file, pid)
    if (becomesRoot || guarded === undefined) return
    const running = this.#running(guarded, pid, executableOf(pid))
    const parent = running === undefined ? undefined : readProcessStatus(running.status.parent)
    if (running === undefined || parent === undefined || userInside(guarded.users, parent.uid) === 0) return
    if (!isEntering(running)) this.#judge(running, 'became-root', true, rootEscalation)
  }

  /** What runs in a container that is watched from now on. @param isNew it began to run while we did, so that we came late to it */
  scan(guarded: Guarded, isNew: boolean): void {
    for (const name of readdirSync('/proc')) {
      const pid = Number(name)
      if (!Number.isInteger(pid) || !isOf(guarded, pid)) continue
      const path = executableOf(pid)
      if (path === '' || !this.#file.ofPath(`/proc/${pid}/exe`) || isOfNode(this.#file)) continue
      const running = this.#running(guarded, pid, path)
      if (running !== undefined && !isEntering(running)) this.#judge(running, 'running', isNew)
    }
  }

  /** Whether the gate was asked when it started. */
  #wasAsked({ mounts, devices }: Guarded, path: string): boolean {
    if (isLoaderName(path)) return false
    return mounts.includes(this.#file.mountId) || devices.includes(this.#file.device)
  }

  #running(guarded: Guarded, pid: number, path: string): Running | undefined {
    const status = readProcessStatus(pid)
    return status === undefined ? undefined : { guarded, pid, path, status }
  }

  /** `this.#file` is of its program. */
  #judge(running: Running, event: ProcessRecord['event'], mayEnd: boolean, known?: Suspicion): void {
    const { guarded, pid, path } = running
    const given = commandLineOf(pid)
    const facts = this.#factsOf(running, given, known)
    const decided = decideProcess(guarded.profile, facts)
    const isKilled = decided.effect === 'block' && mayEnd
    if (isKilled) this.#sink.kill(pid)
    this.#sink.observed({
      workload: guarded.workload,
      event,
      at: Date.now(),
      pid,
      name: facts.name,
      path,
      arguments: given,
      uid: facts.uid,
      userName: facts.userName,
      ancestors: readAncestors(pid, (each) => each === guarded.pid),
      origin: facts.origin,
      verdict: decided.effect === 'block' && !isKilled ? { ...decided, effect: 'report' } : decided,
      suspicion: facts.suspicion,
      isKilled,
      count: 1,
    })
  }

  #factsOf({ guarded, pid, path, status }: Running, given: string[], known?: Suspicion): ProcessFacts {
    const name = programName(path, given)
    const uid = userInside(guarded.users, status.uid)
    const userName = guarded.users.names.get(uid)
    const found = originOf(guarded.image, path, this.#file)
    const origin = isLoaderName(path) && found === 'image' ? 'unknown' : found
    const streams = isShell(name) ? readStandardStreams(pid) : []
    const suspicion =
      known ?? suspicionOf({ name, arguments: given, origin, streams, uid, becomesRoot: false })
    return {
      ...{ name, path, uid, origin },
      ...(userName === undefined ? {} : { userName }),
      ...(suspicion === undefined ? {} : { suspicion }),
    }
  }
}

/**
 * Whether a program is a file of the node, as engines and tools run it in a container's control group, on their way into the container:
 * it was reached through a mount of the node's own.
 */
function isOfNode({ mountId }: FileStatus): boolean {
  return nodeProcesses.some((pid) => {
    try {
      return readFileSync(`/proc/${pid}/mountinfo`, 'latin1')
        .split('\n')
        .some((line) => line.startsWith(`${mountId} `))
    } catch {
      return false
    }
  })
}

/** Ours, and the node's first, whose mounts are others where we run in a container ourselves. */
const nodeProcesses = ['self', '1'] as const

function isOf({ container, pid: first }: Guarded, pid: number): boolean {
  if (pid === first) return true
  return container !== undefined && containerOfCgroup(readProcess(pid, 'cgroup') ?? '')?.id === container
}

/**
 * The engine's own program on its way into a container: it is in the control group already and is about to start what was asked for,
 * which the gate is asked about. Its parent is not in the container.
 */
function isEntering({ guarded, pid, status }: Running): boolean {
  const [program = '', command = ''] = commandLineOf(pid)
  return (
    command === 'init' &&
    /runc|crun|youki|\/proc\/self\/(exe|fd)/.test(program) &&
    !isOf(guarded, status.parent)
  )
}
