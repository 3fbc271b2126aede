import { u16, u32 } from '../../lib/bytes.ts'
import { Anomaly } from './anomalies.ts'
import { Flag, HEADER_BYTES, Opcode } from './header.ts'
import { Name } from './name.ts'
import { isWellFormed } from './record-data.ts'
import { Section, type ResourceRecord } from './resource-record.ts'
import { Type } from './types.ts'

/** What a message holds, in its order. Names and records are reused: take what is needed during the call. */
export interface MessageVisitor {
  question(name: Name, type: number, recordClass: number): void
  /** A record whose data has the form of its type; `dataName` is the first name in it, where it has one. */
  record(record: ResourceRecord, bytes: Uint8Array, dataName: Name): void
  anomaly(code: Anomaly): void
}

/** Walks one message (RFC 1035 section 4) through all its sections. One for all flows of a thread. */
export class MessageReader {
  id = 0
  flags = 0
  /** With the upper bits of EDNS once the walk has passed its record. */
  responseCode = 0
  /** The walk came to the end of the last section. */
  isComplete = false
  /** Bytes of the message last read that nothing was made of; all of them where it makes no sense. */
  unread = 0
  readonly #questionName = new Name()
  readonly #dataName = new Name()
  readonly #record: ResourceRecord = {
    section: Section.answer,
    owner: new Name(),
    type: 0,
    class: 0,
    ttl: 0,
    message: 0,
    dataStart: 0,
    dataEnd: 0,
  }
  #hasOptions = false

  get isResponse(): boolean {
    return (this.flags & Flag.response) !== 0
  }

  get opcode(): number {
    return (this.flags >>> 11) & 15
  }

  /** Reads the header alone; false when there is none. */
  begin(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < HEADER_BYTES) return false
    this.id = u16(bytes, start)
    this.flags = u16(bytes, start + 2)
    this.responseCode = this.flags & 15
    this.isComplete = false
    this.#hasOptions = false
    return true
  }

  /** Reads the sections behind the header that `begin` has read. */
  read(bytes: Uint8Array, start: number, end: number, visitor: MessageVisitor): void {
    this.#record.message = start
    let at = this.#readQuestions(bytes, start, end, visitor)
    for (let section = 1; section <= 3 && at >= 0; section++) {
      this.#record.section = section as Section
      at = this.#readRecords(bytes, at, end, visitor)
    }
    this.isComplete = at >= 0
    this.unread = at >= 0 ? end - at : end - start
    if (at < 0) {
      // What a server cuts off may be in the middle of a record; it says so.
      if ((this.flags & Flag.truncated) === 0) visitor.anomaly(Anomaly.malformed)
    } else if (at < end && this.opcode !== Opcode.stateful) visitor.anomaly(Anomaly.trailingBytes)
  }

  /** Where the records begin, or -1 when that cannot be told. */
  #readQuestions(bytes: Uint8Array, start: number, end: number, visitor: MessageVisitor): number {
    const name = this.#questionName
    let at = start + HEADER_BYTES
    for (let count = u16(bytes, start + 4); count > 0; count--) {
      const isName = name.read(bytes, start, at, end)
      if (name.problem !== undefined) tellName(name, visitor)
      at = name.next
      if (at < 0 || at + 4 > end) return -1
      if (isName) visitor.question(name, u16(bytes, at), u16(bytes, at + 2))
      at += 4
    }
    return at
  }

  /** Where the next section begins, or -1 when that cannot be told. */
  #readRecords(bytes: Uint8Array, from: number, end: number, visitor: MessageVisitor): number {
    const record = this.#record
    const { owner, message, section } = record
    let at = from
    for (let count = u16(bytes, message + 4 + 2 * section); count > 0; count--) {
      const isName = owner.read(bytes, message, at, end)
      if (owner.problem !== undefined) tellName(owner, visitor)
      at = owner.next
      if (at < 0 || at + 10 > end) return -1
      record.type = u16(bytes, at)
      record.class = u16(bytes, at + 2)
      record.dataStart = at + 10
      at = record.dataEnd = at + 10 + u16(bytes, at + 8)
      if (at > end) return -1
      if (isName) this.#take(bytes, visitor)
    }
    return at
  }

  #take(bytes: Uint8Array, visitor: MessageVisitor): void {
    const record = this.#record
    const ttl = u32(bytes, record.dataStart - 6)
    record.ttl = ttl > 0x7fffffff ? 0 : ttl
    if (record.type === Type.opt) this.#takeOptions(ttl, visitor)
    // Updates name record sets by records without data (RFC 2136 section 2.4).
    const isSet = this.opcode === Opcode.update && record.dataStart === record.dataEnd
    if (isSet || isWellFormed(record, bytes, this.#dataName)) visitor.record(record, bytes, this.#dataName)
    else visitor.anomaly(Anomaly.malformedRecord)
    if (!isSet && this.#dataName.problem !== undefined) tellName(this.#dataName, visitor)
  }

  /** The TTL of this pseudo-record holds the upper eight bits of the response code (RFC 6891 section 6.1.3). */
  #takeOptions(ttl: number, visitor: MessageVisitor): void {
    if (this.#hasOptions) visitor.anomaly(Anomaly.multipleOpt)
    this.#hasOptions = true
    this.responseCode = ((ttl >>> 24) << 4) | (this.flags & 15)
  }
}

/** A name behind which nothing can be read is told as the malformed message that it makes. */
function tellName(name: Name, visitor: MessageVisitor): void {
  const { problem } = name
  if (problem !== undefined && (problem !== Anomaly.malformed || name.next >= 0)) visitor.anomaly(problem)
}
