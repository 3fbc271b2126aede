import { readSync } from 'node:fs'
import { processLimits } from './limits.ts'

/** What of a program's file tells what else it needs to run. */
export type ProgramKind =
  /** A script: its first line names the interpreter. */
  | { kind: 'script'; interpreter: string }
  /** A program whose libraries another one loads. */
  | { kind: 'dynamic'; interpreter: string }
  /** Needs nothing else: a static program, or the loader of libraries itself. */
  | { kind: 'static' }
  | { kind: 'loader' }

const header = Buffer.alloc(processLimits.headerBytes)

/** Reads the beginning of an open file, wherever its position stands. What cannot be read is taken for static. */
export function readProgramKind(fd: number, path: string): ProgramKind {
  let length = 0
  try {
    length = readSync(fd, header, 0, header.length, 0)
  } catch {
    return { kind: 'static' }
  }
  return programKind(header.subarray(0, length), path)
}

/** @param head the first bytes of the file, at least as far as its program headers and the interpreter's name reach */
export function programKind(head: Buffer, path: string): ProgramKind {
  if (head.length > 2 && head[0] === 0x23 && head[1] === 0x21) return ofScript(head)
  const interpreter = elfInterpreter(head)
  if (interpreter !== undefined) return { kind: 'dynamic', interpreter }
  return isLoaderName(path) ? { kind: 'loader' } : { kind: 'static' }
}

/** `#!` and blanks, then the interpreter up to a blank or the end of the line (execve(2)). */
function ofScript(head: Buffer): ProgramKind {
  const end = head.indexOf(0x0a)
  const line = head.toString('utf8', 2, end === -1 ? head.length : end)
  return { kind: 'script', interpreter: line.trim().split(/[ \t]/, 1)[0] }
}

/** `ld-linux-x86-64.so.2`, `ld-2.31.so`, `ld-musl-x86_64.so.1`, `ld.so`; of musl it is also the C library. */
export function isLoaderName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /^ld[-.0-9a-zA-Z_]*\.so(\.\d+)?$/.test(name) || /^libc\.(musl-.*\.)?so(\.\d+)?$/.test(name)
}

/** Offsets in a 64-bit ELF file and its program headers (System V ABI). */
const Elf = { class: 4, programHeaders: 32, headerBytes: 54, headers: 56 } as const
const ProgramHeader = { type: 0, offset: 8, fileBytes: 32 } as const
const ELF_MAGIC = 0x464c457f
const CLASS_64 = 2
const PT_INTERP = 3

function elfInterpreter(head: Buffer): string | undefined {
  if (head.length < 64 || head.readUInt32LE(0) !== ELF_MAGIC || head[Elf.class] !== CLASS_64) return undefined
  const start = Number(head.readBigUInt64LE(Elf.programHeaders))
  const size = head.readUInt16LE(Elf.headerBytes)
  const count = head.readUInt16LE(Elf.headers)
  for (let i = 0; i < count; i++) {
    const at = start + i * size
    if (size < 40 || at + size > head.length) return undefined
    if (head.readUInt32LE(at + ProgramHeader.type) !== PT_INTERP) continue
    const from = Number(head.readBigUInt64LE(at + ProgramHeader.offset))
    const bytes = Number(head.readBigUInt64LE(at + ProgramHeader.fileBytes))
    return head.toString('utf8', from, Math.min(from + bytes, head.length)).replace(/\0.*$/s, '')
  }
  return undefined
}
