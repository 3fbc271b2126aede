import { u16 } from '../../lib/bytes.ts'
import { Verdict } from '../protocol.ts'
import { Flag, HEADER_BYTES, isAssignedClass } from './header.ts'
import { MessageReader, type MessageVisitor } from './message-reader.ts'
import { Name } from './name.ts'
import { isHeader, isPlainQuery, mayBeHeader } from './probe-header.ts'
import { Type, isPlausibleType } from './types.ts'

const DNS_PORT = 53
/** Multicast DNS (RFC 6762), LLMNR (RFC 4795), NetBIOS name service (RFC 1002): alike, and other protocols. */
const MDNS_PORT = 5353
const LLMNR_PORT = 5355
const NETBIOS_PORT = 137

/** A NetBIOS name: 16 bytes as 32 letters from A to P (RFC 1002 section 4.1). */
const NETBIOS_LABEL_BYTES = 32
/** Header, the longest name, type and class: by then the first question is whole. */
const FIRST_QUESTION_BYTES = HEADER_BYTES + 255 + 4

/** Whether a datagram is one DNS message. */
export function probeDatagram(bytes: Uint8Array, start: number, end: number, serverPort: number): Verdict {
  if (end - start < HEADER_BYTES || !isHeader(bytes, start)) return Verdict.no
  return isMessage(bytes, start, end, serverPort) ? Verdict.yes : Verdict.no
}

/** Whether the beginning of a stream is a DNS message behind its length of 16 bits. */
export function probeStream(bytes: Uint8Array, start: number, end: number, serverPort: number): Verdict {
  if (end - start < 2) return Verdict.maybe
  const length = u16(bytes, start)
  const message = start + 2
  if (length < HEADER_BYTES) return Verdict.no
  if (end - message < HEADER_BYTES) return mayBeHeader(bytes, message, end) ? Verdict.maybe : Verdict.no
  if (!isHeader(bytes, message)) return Verdict.no
  if (message + length <= end) {
    return isMessage(bytes, message, message + length, serverPort) ? Verdict.yes : Verdict.no
  }
  if (isLocalNaming(bytes, message, serverPort)) return Verdict.no
  if (isFirstQuestion(bytes, message, end)) return Verdict.yes
  return end - message < FIRST_QUESTION_BYTES ? Verdict.maybe : Verdict.no
}

/** Whether a whole message with a sane header is DNS. */
function isMessage(bytes: Uint8Array, start: number, end: number, serverPort: number): boolean {
  if (isLocalNaming(bytes, start, serverPort)) return false
  if (serverPort !== DNS_PORT) return CENSUS.isSound(bytes, start, end) && CENSUS.questions === 1
  // On the protocol's own port a message that is off further on shall be told of, not passed over.
  if (isFirstQuestion(bytes, start, end)) return true
  if (u16(bytes, start + 4) === 1) return isPlainQuery(bytes, start) && QUESTION.problem !== undefined
  return CENSUS.isSound(bytes, start, end) && (CENSUS.records > 0 || (u16(bytes, start + 2) & 15) !== 0)
}

/**
 * Multicast names are neither asked nor answered with recursion (RFC 6762 section 18.6); LLMNR has another bit there,
 * and zero in it but for rare answers (RFC 4795 section 2.1.1). Name servers do listen on these ports, in clusters.
 */
function isLocalNaming(bytes: Uint8Array, start: number, serverPort: number): boolean {
  if (serverPort === NETBIOS_PORT) return true
  if (serverPort !== MDNS_PORT && serverPort !== LLMNR_PORT) return false
  return u16(bytes, start) === 0 || (u16(bytes, start + 2) & Flag.recursionDesired) === 0
}

const QUESTION = new Name()

function isFirstQuestion(bytes: Uint8Array, start: number, end: number): boolean {
  if (u16(bytes, start + 4) === 0 || !QUESTION.read(bytes, start, start + HEADER_BYTES, end)) return false
  const at = QUESTION.next
  if (at + 4 > end || QUESTION.problem !== undefined) return false
  const type = u16(bytes, at)
  return isPlausibleType(type) && isAssignedClass(u16(bytes, at + 2)) && !isNetbios(QUESTION, type)
}

/** Their node status query has the number of SRV, their name query one that is not used otherwise. */
function isNetbios(name: Name, type: number): boolean {
  if (type !== Type.netbiosName && type !== Type.srv) return false
  if (name.wire[0] !== NETBIOS_LABEL_BYTES || name.length < NETBIOS_LABEL_BYTES) return false
  for (let i = 1; i <= NETBIOS_LABEL_BYTES; i++) if (name.wire[i] < 0x41 || name.wire[i] > 0x50) return false
  return true
}

/** Reads a message from end to end and counts what is in it. */
class Census implements MessageVisitor {
  questions = 0
  records = 0
  #problems = 0
  readonly #reader = new MessageReader()

  /** Every section adds up, every name and value has its form, and nothing is left over. */
  isSound(bytes: Uint8Array, start: number, end: number): boolean {
    this.questions = 0
    this.records = 0
    this.#problems = 0
    if (!this.#reader.begin(bytes, start, end)) return false
    this.#reader.read(bytes, start, end, this)
    return this.#problems === 0 && this.#reader.isComplete
  }

  question(name: Name, type: number, recordClass: number): void {
    this.questions++
    if (!isPlausibleType(type) || !isAssignedClass(recordClass) || isNetbios(name, type)) this.#problems++
  }

  record(): void {
    this.records++
  }

  anomaly(): void {
    this.#problems++
  }
}

const CENSUS = new Census()
