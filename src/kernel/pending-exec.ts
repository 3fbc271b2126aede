import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { kernelLimits } from './limits.ts'

/** Position of the program's arguments among those of the call, by its number (`asm/unistd.h`): execve and execveat. */
const argumentPositions: Readonly<Record<string, ReadonlyMap<string, number>>> = {
  x64: new Map([
    ['59', 2],
    ['322', 3],
  ]),
  arm64: new Map([
    ['221', 2],
    ['281', 3],
  ]),
}
const positions = argumentPositions[process.arch] ?? new Map<string, number>()
const POINTER_BYTES = 8

const memory = Buffer.alloc(kernelLimits.argumentBytes)
const pointers = Buffer.alloc((kernelLimits.arguments + 1) * POINTER_BYTES)

/**
 * What a process that waits in a call of execve wants to start a program with, read from its memory: from the program's own name on,
 * at most `kernelLimits.arguments`, each at most `kernelLimits.argumentBytes`. Empty where it is in no such call (another thread of
 * it is), is of another architecture, or may not be looked at.
 */
export function readPendingArguments(pid: number): string[] {
  let memoryFile = -1
  try {
    // `<number> <six arguments> <stack pointer> <program counter>`, proc_pid_syscall(5).
    const words = readFileSync(`/proc/${pid}/syscall`, 'latin1').split(' ')
    const at = positions.get(words[0])
    if (at === undefined) return []
    memoryFile = openSync(`/proc/${pid}/mem`, 'r')
    return readArguments(memoryFile, BigInt(words[at]))
  } catch {
    return []
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
