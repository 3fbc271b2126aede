import { latin1, u16le, u32le } from '../../lib/bytes.ts'
import type { Budget } from './budget.ts'
import { inflate } from './inflate.ts'
import { limits } from './limits.ts'

/** Signatures and fixed lengths of APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.9, 4.3.12 and 4.3.16. */
const LOCAL = 0x04034b50
const DESCRIPTOR = 0x08074b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** All begin with it. */
const MARK = 'PK'
const LOCAL_BYTES = 30
const CENTRAL_BYTES = 46
const END_BYTES = 22
const LONGEST_COMMENT = 0xffff
const ZIP64 = 0xffffffff
const ZIP64_EXTRA = 1

const Flag = { encrypted: 1, descriptor: 8 } as const
const Method = { stored: 0, deflate: 8, aes: 99 } as const

/** One member of an archive; its data is at `start` to `end`. */
export interface Member {
  /** Only to tell what kind of part it is. */
  name: string
  method: number
  isEncrypted: boolean
  start: number
  end: number
}

/** Members as the directory at the end has them; where there is none, as they follow one another. */
export function zipMembers(bytes: Uint8Array, budget: Budget): Member[] {
  const directory = directoryStart(bytes)
  const members = directory < 0 ? [] : directoryMembers(bytes, directory, budget)
  return members.length > 0 ? members : followingMembers(bytes, budget)
}

/** The content of a member, as far as it can be read. */
export function memberBytes(bytes: Uint8Array, member: Member, budget: Budget): Uint8Array {
  const { start, end, method } = member
  if (member.isEncrypted || method === Method.aes) budget.problems.add('encrypted')
  else if (method === Method.deflate) return inflate(bytes, start, end, budget)
  else if (method === Method.stored) return bytes.subarray(start, end)
  else budget.problems.add('damaged')
  return new Uint8Array(0)
}

/** -1 where there is no directory. */
function directoryStart(bytes: Uint8Array): number {
  const least = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT)
  for (let at = bytes.length - END_BYTES; at >= least; at--) {
    if (bytes[at] !== 0x50 || u32le(bytes, at) !== END) continue
    const start = u32le(bytes, at + 16)
    // Behind bytes that are none of the archive's, such as a program that unpacks it, positions count from its beginning.
    const shifted = at - u32le(bytes, at + 12)
    if (isAt(bytes, start, CENTRAL)) return start
    if (isAt(bytes, shifted, CENTRAL)) return shifted
  }
  return -1
}

function isAt(bytes: Uint8Array, at: number, signature: number): boolean {
  return at >= 0 && at + 4 <= bytes.length && u32le(bytes, at) === signature
}

function directoryMembers(bytes: Uint8Array, directory: number, budget: Budget): Member[] {
  const members: Member[] = []
  for (let at = directory; at + CENTRAL_BYTES <= bytes.length && isAt(bytes, at, CENTRAL);) {
    const nameLength = u16le(bytes, at + 28)
    const extraLength = u16le(bytes, at + 30)
    const local = u32le(bytes, at + 42)
    const nameAt = at + CENTRAL_BYTES
    const next = nameAt + nameLength + extraLength + u16le(bytes, at + 32)
    const size = sizeOf(bytes, at + 20, nameAt + nameLength, Math.min(next, bytes.length))
    if (isAt(bytes, local, LOCAL)) {
      if (!budget.member()) break
      const start = local + LOCAL_BYTES + u16le(bytes, local + 26) + u16le(bytes, local + 28)
      members.push(memberAt(bytes, at + 8, nameOf(bytes, nameAt, nameLength), [start, start + size]))
    } else budget.problems.add('damaged')
    at = next
  }
  return members
}

/** Compressed size, where it stands or in the extra field of ZIP64 (section 4.5.3), behind the other one if that is there too. */
function sizeOf(bytes: Uint8Array, sizesAt: number, extraStart: number, extraEnd: number): number {
  const size = u32le(bytes, sizesAt)
  if (size !== ZIP64) return size
  for (let at = extraStart; at + 4 <= extraEnd; at += 4 + u16le(bytes, at + 2)) {
    if (u16le(bytes, at) !== ZIP64_EXTRA) continue
    const isBoth = u32le(bytes, sizesAt + 4) === ZIP64
    return u32le(bytes, Math.min(at + (isBoth ? 12 : 4), bytes.length - 4))
  }
  return size
}

/** Flags and method lie at `at` in both kinds of header, the one behind the other. */
function memberAt(bytes: Uint8Array, at: number, name: string, [start, end]: [number, number]): Member {
  return {
    name,
    method: u16le(bytes, at + 2),
    isEncrypted: (u16le(bytes, at) & Flag.encrypted) !== 0,
    start: Math.min(start, bytes.length),
    end: Math.min(end, bytes.length),
  }
}

function nameOf(bytes: Uint8Array, at: number, length: number): string {
  return latin1(bytes, at, Math.min(bytes.length, at + Math.min(length, limits.nameBytes)))
}

function followingMembers(bytes: Uint8Array, budget: Budget): Member[] {
  budget.problems.add('damaged')
  const members: Member[] = []
  let at = nextSignature(bytes, 0, LOCAL)
  while (at >= 0 && at + LOCAL_BYTES <= bytes.length && budget.member()) {
    const nameLength = u16le(bytes, at + 26)
    const nameAt = at + LOCAL_BYTES
    const extraAt = nameAt + nameLength
    const start = extraAt + u16le(bytes, at + 28)
    const size = sizeOf(bytes, at + 18, extraAt, Math.min(start, bytes.length))
    const isSizeLater = (u16le(bytes, at + 6) & Flag.descriptor) !== 0 && size === 0
    const end = isSizeLater ? descriptorAfter(bytes, start) : start + size
    members.push(memberAt(bytes, at + 6, nameOf(bytes, nameAt, nameLength), [start, end]))
    at = nextSignature(bytes, Math.min(end, bytes.length), LOCAL)
  }
  return members
}

/** Where the data ends whose size stands behind it; its own end is in the compressed data, what is too much is left by that. */
function descriptorAfter(bytes: Uint8Array, start: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = buffer.indexOf(MARK, start); at >= 0; at = buffer.indexOf(MARK, at + 1))
    if ([DESCRIPTOR, LOCAL, CENTRAL].some((signature) => isAt(bytes, at, signature))) return at
  return bytes.length
}

function nextSignature(bytes: Uint8Array, from: number, signature: number): number {
  const wanted = Buffer.alloc(4)
  wanted.writeUInt32LE(signature)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(wanted, from)
}
