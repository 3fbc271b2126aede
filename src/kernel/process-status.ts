import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { kernelLimits } from './limits.ts'

/** A process at one moment. */
export interface ProcessStatus {
  pid: number
  parent: number
  /** Effective user, as this process counts users. */
  uid: number
  /** Real user. */
  realUid: number
  name: string
}

/** One of those that a process descends from. */
export interface Ancestor {
  pid: number
  name: string
  /** What it runs, as it is reached from its own root; `''` where that is not known. */
  path: string
}

/** Undefined where it has ended. */
export function readProcessStatus(pid: number): ProcessStatus | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    const [realUid, uid] = field(text, '\nUid:').split('\t').map(Number)
    return { pid, parent: Number(field(text, '\nPPid:')), uid, realUid, name: field(text, 'Name:') }
  } catch {
    return undefined
  }
}

/**
 * Whom a process descends from, nearest first, up to the first one for which `isLast` holds, or process 1, or
 * `kernelLimits.ancestors`.
 */
export function readAncestors(pid: number, isLast: (pid: number) => boolean): Ancestor[] {
  const found: Ancestor[] = []
  let last = pid
  for (let next = pid; next > 0 && found.length < kernelLimits.ancestors;) {
    const parsed = readStat(next)
    if (parsed === undefined) break
    if (next !== pid) found.push({ pid: next, name: parsed.name, path: executableOf(next) })
    last = next
    if (isLast(last)) break
    next = parsed.parent
  }
  return found
}

/** What a process runs; `''` where that is not known. */
export function executableOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return ''
  }
}

/** Number of a process's mount namespace; undefined where it may not be looked at, or has ended. */
export function mountNamespaceOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}/ns/mnt`).ino
  } catch {
    return undefined
  }
}

/** What a descriptor of a process is open on: a path, `socket:[<inode>]`, `pipe:[<inode>]`; undefined where it is not open. */
export function descriptorOf(pid: number, descriptor: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`)
  } catch {
    return undefined
  }
}

/** The name is in brackets and may hold brackets itself (proc_pid_stat(5)). */
function readStat(pid: number): { name: string; parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    const [, parent] = text.slice(end + 2).split(' ')
    return { name: text.slice(text.indexOf('(') + 1, end), parent: Number(parent) }
  } catch {
    return undefined
  }
}

function field(text: string, label: string): string {
  const at = text.indexOf(label) + label.length
  return text.slice(at, text.indexOf('\n', at)).trim()
}
/** What a process was started with, as in `kernelLimits`. */
export function commandLineOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    const all = text.replace(/\0$/, '').split('\0').slice(0, kernelLimits.arguments)
    return all.map((argument) => argument.slice(0, kernelLimits.argumentBytes))
  } catch {
    return []
  }
}
