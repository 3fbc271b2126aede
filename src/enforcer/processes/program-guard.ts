import { readlinkSync } from 'node:fs'
import { FileStatus } from '../../kernel/file-status.ts'
import { readPendingArguments, readPendingInode } from '../../kernel/pending-exec.ts'
import { readAncestors, readProcessStatus } from '../../kernel/process-status.ts'
import { readStandardStreams } from '../../kernel/standard-streams.ts'
import { programName } from '../../policy/processes/applets.ts'
import {
  decidePart,
  decideProcess,
  isSameForAll,
  type ProcessFacts,
  type ProcessVerdict,
} from '../../policy/processes/process-verdict.ts'
import { isShell, suspicionOf } from '../../policy/processes/suspicion.ts'
import type { ProgramObservation } from './gate-messages.ts'
import type { Guarded, GuardedContainers } from './guarded-containers.ts'
import { processLimits } from './limits.ts'
import type { Program } from './program-cache.ts'
import { userInside } from './users.ts'

export interface GuardSink {
  observed(observation: ProgramObservation): void
  /** The file may be run without asking until its contents change. */
  pass(fd: number): void
}

/** A program, called by somebody. */
interface Start {
  guarded: Guarded
  program: Program
  pid: number
}

/**
 * Decides whether a program may be run, while whoever runs it waits. A program that is started again and again is looked at whole a
 * number of times in a second; after that it is let through where that changes nothing.
 */
export class ProgramGuard {
  readonly #containers: GuardedContainers
  readonly #sink: GuardSink
  readonly #status = new FileStatus()
  /** By process: inode of what the kernel opens next of what it is starting. Oldest first. */
  readonly #underway = new Map<number, number>()

  constructor(containers: GuardedContainers, sink: GuardSink) {
    this.#containers = containers
    this.#sink = sink
  }

  /** @returns whether `pid` may run the file that `fd` is open on */
  decide(fd: number, pid: number): boolean {
    if (pid === process.pid || !this.#status.ofDescriptor(fd)) return true
    const guarded = this.#containers.of(this.#status, pid)
    if (guarded === undefined) return true
    const path = pathOf(fd)
    const program = guarded.programs.get(fd, pid, path, this.#status)
    const start = { guarded, program, pid }
    const isPart = this.#underway.get(pid) === program.inode || isCalledFor(program, pid)
    this.#expect(pid, program)
    return isPart ? this.#decidePart(start, fd) : this.#decideStart(start, fd)
  }

  #decidePart(start: Start, fd: number): boolean {
    const { guarded, program } = start
    const isHot = this.#countStart(program)
    if (isSameForAll(guarded.profile, program.path)) {
      const verdict = decidePart(guarded.profile, factsOf(start, 0))
      // A loader that is called by itself while it is let through is seen when it runs.
      if (verdict.effect === 'allow' && isHot && (program.isLoader || this.#isHarmless(start)))
        this.#pass(program, fd)
      if (verdict.effect === 'allow') return true
    }
    const uid = insideUid(start)
    const verdict = decidePart(guarded.profile, factsOf(start, uid))
    if (verdict.effect !== 'allow') this.#sink.observed(this.#observe(start, factsOf(start, uid), verdict))
    return verdict.effect !== 'block'
  }

  #decideStart(start: Start, fd: number): boolean {
    const { guarded, program } = start
    const isHot = this.#countStart(program)
    if (isHot && this.#isHarmless(start)) {
      program.untold++
      this.#pass(program, fd)
      return true
    }
    if (isHot && program.isShell && this.#isQuietShell(start)) {
      program.untold++
      return true
    }
    const facts = this.#look(start)
    const verdict = decideProcess(guarded.profile, facts)
    // Somebody who tries again and again is not to hold up everybody else while each try is described.
    if (isHot && program.untold + 1 < processLimits.untold) program.untold++
    else this.#sink.observed(this.#observe(start, facts, verdict))
    return verdict.effect !== 'block'
  }

  /**
   * Not where other names of the file may be told apart by rules, or others share it because it is not the container's own; nor a
   * script, for its interpreter would then seem to be called by itself.
   */
  #pass({ isOwn, hasOneName, isScript }: Program, fd: number): void {
    if (isOwn && hasOneName && !isScript) this.#sink.pass(fd)
  }

  /** @returns whether it was started so often within the last second that further starts tell nothing new */
  #countStart(program: Program): boolean {
    const now = performance.now()
    if (now - program.windowStart >= processLimits.hotWindowMs) {
      program.windowStart = now
      program.starts = 0
    }
    return ++program.starts > processLimits.heldPerSecond
  }

  /**
   * Whether it may be let through whoever starts it and however it is called. Where that is all that tells (a shell on a socket, one
   * program of many) it is so only while nothing is blocked, for then it may as well be looked at afterwards.
   */
  #isHarmless(start: Start): boolean {
    const { guarded, program } = start
    const isByCall = program.isShell || program.isMultiCall
    return !(isByCall && guarded.profile.mode === 'Protect') && isFine(start)
  }

  /** Whether all that is said of a shell is what its file says: nobody talks to it over the network, or could behind a pipe. */
  #isQuietShell(start: Start): boolean {
    const streams = readStandardStreams(start.pid)
    return !streams.includes('network') && streams[0] !== 'pipe' && isFine(start)
  }

  /** All that the verdict may depend on. */
  #look(start: Start): ProcessFacts {
    const { program, pid } = start
    const uid = insideUid(start)
    const given = program.isMultiCall ? readPendingArguments(pid) : []
    const facts = { ...factsOf(start, uid), name: programName(program.path, given) }
    const streams = isShell(facts.name) ? readStandardStreams(pid) : []
    const suspicion = suspicionOf({
      name: facts.name,
      arguments: streams[0] === 'pipe' ? readPendingArguments(pid) : given,
      origin: program.origin,
      streams,
      uid,
      becomesRoot: program.becomesRoot,
    })
    return suspicion === undefined ? facts : { ...facts, suspicion }
  }

  #observe(start: Start, facts: ProcessFacts, verdict: ProcessVerdict): ProgramObservation {
    const { guarded, program, pid } = start
    const count = 1 + program.untold
    program.untold = 0
    return {
      workload: guarded.workload,
      event: 'exec',
      at: Date.now(),
      pid,
      name: facts.name,
      path: program.path,
      arguments: readPendingArguments(pid),
      uid: facts.uid,
      userName: facts.userName,
      ancestors: readAncestors(pid, (each) => each === guarded.pid),
      origin: program.origin,
      verdict,
      suspicion: facts.suspicion,
      count,
    }
  }

  /** Remembers what the kernel opens next for this process. */
  #expect(pid: number, { part }: Program): void {
    this.#underway.delete(pid)
    if (part === 0) return
    if (this.#underway.size >= processLimits.startsUnderway)
      for (const oldest of this.#underway.keys()) {
        this.#underway.delete(oldest)
        break
      }
    this.#underway.set(pid, part)
  }
}

/** Whether its file alone, under whatever name and whoever starts it, may be run. */
function isFine(start: Start): boolean {
  const { guarded, program } = start
  if (program.isLoader || program.becomesRoot || !isSameForAll(guarded.profile, program.path)) return false
  const facts = factsOf(start, 0)
  const { effect } = decideProcess(guarded.profile, facts)
  return (effect === 'allow' || effect === 'learn') && !isSuspiciousFile(facts)
}

/** What is suspicious by its name alone is so however often it is started. */
function isSuspiciousFile({ name, origin }: ProcessFacts): boolean {
  const rest = { arguments: [], streams: [], uid: 0, becomesRoot: false }
  return suspicionOf({ name, origin, ...rest }) !== undefined
}

/** A loader comes without the program that it is for where that one was let through unasked. */
function isCalledFor({ isLoader, inode }: Program, pid: number): boolean {
  if (!isLoader) return false
  const asked = readPendingInode(pid)
  return asked !== 0 && asked !== inode
}

function factsOf({ guarded, program }: Start, uid: number): ProcessFacts {
  const userName = guarded.users.names.get(uid)
  return {
    name: programName(program.path, []),
    path: program.path,
    uid,
    ...(userName === undefined ? {} : { userName }),
    // Run by itself it is a way around what is said of the program that it is given.
    origin: program.isLoader ? 'unknown' : program.origin,
  }
}

function insideUid({ guarded, pid }: Start): number {
  return userInside(guarded.users, readProcessStatus(pid)?.uid ?? 0)
}

/** From the root of the mount tree that it was reached in: that of the container, for those who are in it. */
function pathOf(fd: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return ''
  }
}
