import { u16, u24 } from '../../lib/bytes.ts'
import { Verdict } from '../protocol.ts'
import { limits } from './limits.ts'
import { ContentType, isRecordHeader } from './records.ts'
import { Version } from './versions.ts'

const HEADER_BYTES = 5
const MESSAGE_HEADER_BYTES = 4
const HELLO_TYPES = new Set([1, 2])
/** Messages that a server or client sends later in the clear, where the flow is seen from there on. */
const OTHER_TYPES = new Set([0, 4, 11, 12, 13, 14, 15, 16, 20, 22])

/** Whether the beginning of what a direction sent is TLS, or goes on in it. */
export function probeTls(bytes: Uint8Array, start: number, end: number): Verdict {
  if ((bytes[start] & 0x80) !== 0) return probeOldHello(bytes, start, end)
  if (!startsLikeRecord(bytes, start, end)) return Verdict.no
  if (end - start < HEADER_BYTES) return Verdict.maybe
  const length = u16(bytes, start + 3)
  if (length === 0 || !isRecordHeader(bytes[start], bytes[start + 1], bytes[start + 2], length))
    return Verdict.no
  switch (bytes[start]) {
    case ContentType.handshake:
      return probeHandshake(bytes, start + HEADER_BYTES, end, length)
    case ContentType.alert:
      return probeAlert(bytes, start + HEADER_BYTES, end, length)
    case ContentType.changeCipherSpec:
      if (length !== 1) return Verdict.no
      return end - start < 6 ? Verdict.maybe : toVerdict(bytes[start + HEADER_BYTES] === 1)
    case ContentType.applicationData:
      // Three bytes that hardly anything else begins with; what follows is as good as random.
      return toVerdict(bytes[start + 2] >= 1 && bytes[start + 2] <= 3)
    default:
      return Verdict.no
  }
}

function toVerdict(isTls: boolean): Verdict {
  return isTls ? Verdict.yes : Verdict.no
}

function startsLikeRecord(bytes: Uint8Array, start: number, end: number): boolean {
  const isType = bytes[start] >= ContentType.changeCipherSpec && bytes[start] <= ContentType.applicationData
  const isMajor = end - start < 2 || bytes[start + 1] === Version.ssl3 >> 8
  return isType && isMajor && (end - start < 3 || bytes[start + 2] <= 4)
}

function probeHandshake(bytes: Uint8Array, start: number, end: number, recordLength: number): Verdict {
  if (end - start < Math.min(MESSAGE_HEADER_BYTES, recordLength)) return Verdict.maybe
  const type = bytes[start]
  const length = u24(bytes, start + 1)
  if (HELLO_TYPES.has(type)) {
    if (length < 38 || length > limits.handshakeBytes) return Verdict.no
    if (end - start < 6) return Verdict.maybe
    return toVerdict(bytes[start + 4] === Version.ssl3 >> 8 && bytes[start + 5] <= 4)
  }
  if (!OTHER_TYPES.has(type) || length > limits.handshakeBytes) return Verdict.no
  // A message ends with its record, or goes on in the next, or another follows that is known.
  if (MESSAGE_HEADER_BYTES + length >= recordLength) return Verdict.yes
  const next = start + MESSAGE_HEADER_BYTES + length
  return next >= end ? Verdict.maybe : toVerdict(OTHER_TYPES.has(bytes[next]))
}

/** In the clear, or encrypted: then it is longer, and the record is all there is or another follows. */
function probeAlert(bytes: Uint8Array, start: number, end: number, length: number): Verdict {
  if (length === 2) {
    if (end - start < 2) return Verdict.maybe
    return toVerdict(bytes[start] === 1 || bytes[start] === 2)
  }
  if (length < 16 || length > 128) return Verdict.no
  if (start + length > end) return Verdict.maybe
  return toVerdict(start + length === end || startsLikeRecord(bytes, start + length, end))
}

/** A client's hello in the form of SSL 2.0: what it says of its lengths must add up, but for one that is an attack. */
function probeOldHello(bytes: Uint8Array, start: number, end: number): Verdict {
  const length = ((bytes[start] & 0x7f) << 8) | bytes[start + 1]
  if (end - start < 2) return Verdict.maybe
  if (length < 9 + 3 + 16) return Verdict.no
  if (end - start < 11) return end - start < 3 || bytes[start + 2] === 1 ? Verdict.maybe : Verdict.no
  const version = u16(bytes, start + 3)
  const [ciphers, sessionId, challenge] = [
    u16(bytes, start + 5),
    u16(bytes, start + 7),
    u16(bytes, start + 9),
  ]
  const isVersion = version === Version.ssl2 || (version >= Version.ssl3 && version <= Version.tls12)
  const addsUp = ciphers % 3 === 0 && 9 + ciphers + sessionId + challenge === length
  // An attack on old servers says that it has more ciphers than there is message; all else of it is in order.
  const isOverflow =
    ciphers > length && (sessionId === 0 || sessionId === 16) && challenge >= 16 && challenge <= 32
  return toVerdict(bytes[start + 2] === 1 && isVersion && (addsUp || isOverflow))
}
