import type { Exchange } from './conversations.ts'
import type { Frame } from './packets.ts'
import type { Random } from './random.ts'

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array

/** Numbers at which lengths and offsets go wrong. */
const EDGES = [
  0, 1, 2, 3, 4, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fff7,
  0xffff_ffff,
]
const NUMBERS = [
  '0',
  '-1',
  '1',
  '00000000000000000000017',
  '99999999999999999999',
  '4294967296',
  'ffffffffffffffff',
  '0x10',
  '',
]
/** Bytes that mean something to some parser. */
const TOKENS = [
  '\r\n',
  '\n',
  '\0',
  '"',
  '\\',
  '{',
  '}]',
  '<!--',
  '--XyZ',
  '&',
  '%',
  ';',
  'chunked',
  '\r\n\r\n',
  'Content-Length: 5\r\n',
  '\xc0\x0c',
  '\u0016\u0003\u0001',
]

const damages: readonly Damage[] = [flip, overwrite, insert, token, remove, duplicate, truncate, edge, number]

function flip(bytes: Uint8Array, random: Random): Uint8Array {
  const result = Uint8Array.from(bytes)
  for (let left = 1 + random.below(4); left > 0 && result.length > 0; left--)
    result[random.below(result.length)] ^= 1 << random.below(8)
  return result
}

function overwrite(bytes: Uint8Array, random: Random): Uint8Array {
  const result = Uint8Array.from(bytes)
  const at = random.below(bytes.length)
  result.set(random.bytes(Math.min(bytes.length - at, 1 + random.below(8))), at)
  return result
}

function splice(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)])
}

function insert(bytes: Uint8Array, random: Random): Uint8Array {
  return splice(bytes, random.below(bytes.length + 1), 0, random.bytes(1 + random.below(16)))
}

function token(bytes: Uint8Array, random: Random): Uint8Array {
  return splice(
    bytes,
    random.below(bytes.length + 1),
    random.below(3),
    Buffer.from(random.pick(TOKENS), 'latin1'),
  )
}

function remove(bytes: Uint8Array, random: Random): Uint8Array {
  return splice(
    bytes,
    random.below(bytes.length),
    1 + random.below(random.chance(3) ? 200 : 8),
    new Uint8Array(0),
  )
}

function duplicate(bytes: Uint8Array, random: Random): Uint8Array {
  const from = random.below(bytes.length)
  const piece = bytes.subarray(from, from + 1 + random.below(64))
  return splice(bytes, random.below(bytes.length + 1), 0, piece)
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, random.below(bytes.length + 1))
}

/** A length or an offset, of 1, 2 or 4 bytes, that is at the edge of what it can be. */
function edge(bytes: Uint8Array, random: Random): Uint8Array {
  const width = random.pick([1, 2, 4])
  if (bytes.length < width) return bytes
  const result = Buffer.from(bytes)
  const value = random.pick(EDGES) + (random.chance(3) ? random.below(5) - 2 : 0)
  const mask = width === 4 ? 0xffff_ffff : 2 ** (8 * width) - 1
  result.writeUIntBE((value & mask) >>> 0, random.below(result.length - width + 1), width)
  return result
}

/** A number in text is another. */
function number(bytes: Uint8Array, random: Random): Uint8Array {
  const from = random.below(bytes.length)
  const isDigit = (c: number | undefined) => c !== undefined && c >= 0x30 && c <= 0x39
  let at = from
  while (at < bytes.length && !isDigit(bytes[at])) at++
  let end = at
  while (isDigit(bytes[end])) end++
  return splice(bytes, at, end - at, Buffer.from(random.pick(NUMBERS)))
}

/** Some bytes, damaged `times` times. Never longer than twice as long and 256 bytes more. */
export function damage(bytes: Uint8Array, random: Random, times: number): Uint8Array {
  let result = bytes
  for (let i = 0; i < times; i++) result = random.pick(damages)(result, random)
  return result.subarray(0, 2 * bytes.length + 256)
}

/** What the ends say is damaged before it is put into packets, so that checks below do not hide it from parsers. */
export function damageExchange(exchange: Exchange, random: Random): Exchange {
  const turns = exchange.turns.map(([side, bytes]): Exchange['turns'][number] => [
    side,
    random.chance(2) ? damage(bytes, random, 1 + random.below(3)) : bytes,
  ])
  if (random.chance(6)) turns.push(random.pick(turns))
  if (random.chance(6)) turns.splice(random.below(turns.length), 1)
  return { ...exchange, turns: turns.filter(([, bytes]) => bytes.length > 0) }
}

/** Frames lost, repeated, out of order, damaged, at other times. */
export function damageFrames(frames: readonly Frame[], random: Random): Frame[] {
  const result = [...frames]
  for (let times = random.below(6); times > 0 && result.length > 0; times--) {
    const at = random.below(result.length)
    const frame = result[at]
    const kind = random.below(6)
    if (kind === 0) result.splice(at, 1)
    else if (kind === 1) result.splice(random.below(result.length), 0, frame)
    else if (kind === 2) result.splice(random.below(result.length), 0, ...result.splice(at, 1))
    else if (kind === 3) result[at] = { ...frame, time: frame.time + (random.below(2000) - 1000) * 1_000_000 }
    else if (kind === 4) result[at] = { ...frame, bytes: damage(frame.bytes, random, 1) }
    // The headers are where most of what can go wrong is.
    else result[at] = { ...frame, bytes: damageHead(frame.bytes, random) }
  }
  return result
}

const HEAD_BYTES = 60

function damageHead(bytes: Uint8Array, random: Random): Uint8Array {
  const head = random.pick([flip, edge])(bytes.subarray(0, HEAD_BYTES), random)
  return Buffer.concat([head, bytes.subarray(HEAD_BYTES)])
}
