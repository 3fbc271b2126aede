import { u32, u32le } from '../lib/bytes.ts'
import type { ContentFormat } from '../model/content-format.ts'
import { isMessage } from './protobuf-shape.ts'

/** Bytes that are looked at. */
const lookedAtBytes = 16_384

/** Length of a document's length, one element's type and the zero at the end. */
const leastBsonBytes = 7

/** The binary format that a whole document is written in, as far as its first bytes say so clearly; else undefined. */
export function binaryFormat(bytes: Uint8Array): ContentFormat | undefined {
  if (isAvro(bytes)) return 'avro'
  if (isBson(bytes)) return 'bson'
  if (isMessagePack(bytes)) return 'msgpack'
  if (isGrpc(bytes)) return 'grpc'
  return isProtobuf(bytes, 0, bytes.length) ? 'protobuf' : undefined
}

/** An object container file. */
function isAvro(bytes: Uint8Array): boolean {
  return bytes[0] === 0x4f && bytes[1] === 0x62 && bytes[2] === 0x6a && bytes[3] === 0x01
}

/** A document as long as it says, that begins with an element and ends in a zero; or several of them. */
function isBson(bytes: Uint8Array): boolean {
  if (bytes.length < leastBsonBytes) return false
  const length = u32le(bytes, 0)
  const type = bytes[4]
  const hasElement = (type >= 0x01 && type <= 0x13) || type === 0x7f || type === 0xff
  if (length < leastBsonBytes || length > bytes.length || !hasElement || bytes[length - 1] !== 0) return false
  return length === bytes.length || length + 4 <= bytes.length
}

/** A map whose first key is a text, or a list of such. No UTF-8 begins like that. */
function isMessagePack(bytes: Uint8Array): boolean {
  const list = headBytes(bytes[0] ?? 0, 0x90, 0xdc)
  const at = list < 0 ? 0 : list
  if (at >= bytes.length) return false
  const map = headBytes(bytes[at], 0x80, 0xde)
  return map >= 0 && at + map < bytes.length && isTextHead(bytes[at + map])
}

/** Bytes of the beginning of a map or list, which is not empty; -1 where it is none. */
function headBytes(c: number, short: number, long: number): number {
  if (c > short && c <= short + 0x0f) return 1
  if (c === long) return 3
  return c === long + 1 ? 5 : -1
}

function isTextHead(c: number): boolean {
  return (c > 0xa0 && c <= 0xbf) || c === 0xd9
}

/** A frame that is not compressed, of a message, and what follows is another. */
function isGrpc(bytes: Uint8Array): boolean {
  if (bytes.length < 7 || bytes[0] !== 0) return false
  const end = 5 + u32(bytes, 1)
  if (end > bytes.length || (end < bytes.length && bytes[end] !== 0 && bytes[end] !== 0x80)) return false
  return isProtobuf(bytes, 5, end)
}

function isProtobuf(bytes: Uint8Array, start: number, end: number): boolean {
  return isMessage(bytes, start, Math.min(end, start + lookedAtBytes), end - start)
}
