import { closeSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { AT_FDCWD } from './constants.ts'
import { ContainedFiles } from './contained-files.ts'
import { FileStatus } from './file-status.ts'
import { kernelLimits } from './limits.ts'

/** Calls by their number (`asm/unistd.h`): of `execveat` all arguments come one later, after a descriptor. */
const calls: Readonly<Record<string, { execve: string; execveat: string }>> = {
  x64: { execve: '59', execveat: '322' },
  arm64: { execve: '221', execveat: '281' },
}
const own = calls[process.arch]
const POINTER_BYTES = 8

const memory = Buffer.alloc(kernelLimits.argumentBytes)
const status = new FileStatus()
const pointers = Buffer.alloc((kernelLimits.arguments + 1) * POINTER_BYTES)

/**
 * What a process that waits in a call of execve wants to start a program with, read from its memory: from the program's own name on,
 * at most `kernelLimits.arguments`, each at most `kernelLimits.argumentBytes`. Empty where it is in no such call (another thread of
 * it is), is of another architecture, or may not be looked at.
 */
export function readPendingArguments(pid: number): string[] {
  return withCall(pid, ({ second }, memoryFile) => readArguments(memoryFile, second)) ?? []
}

/**
 * Inode of the file that was asked for in that call, which may be a script or a program that another file has to be opened for; 0 where
 * it cannot be told.
 */
export function readPendingInode(pid: number): number {
  const found = withCall(pid, ({ descriptor, first }, memoryFile) => {
    const path = readText(memoryFile, first)
    const folder = descriptor === undefined || descriptor === AT_FDCWD ? 'cwd' : `fd/${descriptor}`
    if (path === '') return status.ofPath(`/proc/${pid}/${folder}`) ? status.inode : 0
    const files = new ContainedFiles(pid)
    try {
      const whole = path.startsWith('/') ? path : `${readlinkSync(`/proc/${pid}/${folder}`)}/${path}`
      return files.at(whole, (fd) => (status.ofDescriptor(fd) ? status.inode : 0))
    } finally {
      files.close()
    }
  })
  return found ?? 0
}

interface Call {
  /** Of `execveat`: where the path begins. */
  descriptor: number | undefined
  /** Addresses of the path and of the arguments. */
  first: bigint
  second: bigint
}

function withCall<Result>(pid: number, use: (call: Call, memoryFile: number) => Result): Result | undefined {
  let memoryFile = -1
  try {
    // `<number> <six arguments> <stack pointer> <program counter>`, proc_pid_syscall(5).
    const words = readFileSync(`/proc/${pid}/syscall`, 'latin1').split(' ')
    const isAt = words[0] === own?.execveat
    if (!isAt && words[0] !== own?.execve) return undefined
    const [first, second] = words.slice(isAt ? 2 : 1).map(BigInt)
    memoryFile = openSync(`/proc/${pid}/mem`, 'r')
    return use({ descriptor: isAt ? Number(words[1]) | 0 : undefined, first, second }, memoryFile)
  } catch {
    return undefined
  } finally {
    if (memoryFile !== -1) closeSync(memoryFile)
  }
}

function readArguments(memoryFile: number, address: bigint): string[] {
  const found: string[] = []
  if (address === 0n) return found
  const bytes = readUpTo(memoryFile, pointers, address)
  for (
    let at = 0;
    at + POINTER_BYTES <= bytes && found.length < kernelLimits.arguments;
    at += POINTER_BYTES
  ) {
    const pointer = pointers.readBigUInt64LE(at)
    if (pointer === 0n) break
    found.push(readText(memoryFile, pointer))
  }
  return found
}

/** Up to its NUL, or as far as it may be. */
function readText(memoryFile: number, address: bigint): string {
  const bytes = readUpTo(memoryFile, memory, address)
  const end = memory.subarray(0, bytes).indexOf(0)
  return memory.toString('utf8', 0, end === -1 ? bytes : end)
}

/** A read stops at the first page that is not there: what lies before it is what there is. */
function readUpTo(memoryFile: number, buffer: Buffer, address: bigint): number {
  return readSync(memoryFile, buffer, 0, buffer.length, address)
}
