import type { ProtocolSink } from '../protocol.ts'
import { RecordClass } from './header.ts'
import { limits } from './limits.ts'
import type { Name } from './name.ts'
import { Section, type ResourceRecord } from './resource-record.ts'
import { type HintTaker, takeHints } from './service-binding.ts'
import { Type } from './types.ts'

/**
 * Follows a message's answers from the name that was asked to its addresses, through CNAME and service bindings. Only
 * the answer section counts, and in it only what hangs together: a record about another name is left out, so that an
 * answer can say nothing of names that were not asked. One for all flows of a thread.
 */
export class AddressChain implements HintTaker {
  /** Hashes of the names that the question leads to, itself first; two for each. */
  readonly #chain = new Int32Array(limits.aliases * 2)
  #chained = 0
  readonly #owners = new Int32Array(limits.answers * 2)
  readonly #targets = new Int32Array(limits.answers * 2)
  readonly #types = new Uint16Array(limits.answers)
  readonly #ttls = new Float64Array(limits.answers)
  /** Data of an address, parameters of a service binding. */
  readonly #starts = new Int32Array(limits.answers)
  readonly #ends = new Int32Array(limits.answers)
  readonly #isUsed = new Uint8Array(limits.answers)
  #answers = 0
  readonly #ipv4 = new Uint8Array(4)
  readonly #ipv6 = new Uint8Array(16)
  #sink: ProtocolSink | undefined
  #name = ''
  #ttl = 0
  #addresses = 0
  /** Answers of this message were left out because there were too many. */
  overflowed = false

  /** False when a question of this type is not answered by addresses. */
  begin(name: Name, type: number): boolean {
    this.#answers = 0
    this.#chained = 0
    this.overflowed = false
    this.#append(name.hash, name.check)
    return (
      type === Type.a || type === Type.aaaa || type === Type.https || type === Type.svcb || type === Type.any
    )
  }

  /** Takes an answer; `dataName` is what an alias or a service binding points to. */
  add(record: ResourceRecord, dataName: Name): void {
    const { type, owner } = record
    if (record.section !== Section.answer || record.class !== RecordClass.internet || !isFollowed(type))
      return
    if (this.#answers === limits.answers) {
      this.overflowed = true
      return
    }
    const i = this.#answers++
    this.#owners[2 * i] = owner.hash
    this.#owners[2 * i + 1] = owner.check
    this.#types[i] = type
    this.#ttls[i] = Math.min(record.ttl, limits.ttlSeconds)
    this.#ends[i] = record.dataEnd
    this.#isUsed[i] = 0
    if (type === Type.a || type === Type.aaaa) this.#starts[i] = record.dataStart
    else this.#addAlias(i, record, dataName)
  }

  #addAlias(i: number, record: ResourceRecord, target: Name): void {
    // A service at `.` is at its owner's own name (RFC 9460 section 2.5.2).
    const isOwner = record.type !== Type.cname && target.length === 0
    this.#targets[2 * i] = isOwner ? record.owner.hash : target.hash
    this.#targets[2 * i + 1] = isOwner ? record.owner.check : target.check
    this.#starts[i] = target.next
  }

  /** Tells the sink each address that the question leads to, under the name that was asked. */
  resolve(name: string, bytes: Uint8Array, sink: ProtocolSink): void {
    this.#sink = sink
    this.#name = name
    this.#addresses = 0
    // Answers are in the order of the chain but for odd servers: once more after each alias that was found.
    for (let passes = 0; passes < limits.aliases && this.#pass(bytes); passes++);
    this.#sink = undefined
  }

  /** True when the chain has grown. */
  #pass(bytes: Uint8Array): boolean {
    const before = this.#chained
    for (let i = 0; i < this.#answers; i++) {
      if (this.#isUsed[i] !== 0 || !this.#isChained(this.#owners[2 * i], this.#owners[2 * i + 1])) continue
      this.#isUsed[i] = 1
      this.#follow(i, bytes)
    }
    return this.#chained > before
  }

  #follow(i: number, bytes: Uint8Array): void {
    const type = this.#types[i]
    this.#ttl = this.#ttls[i]
    if (type === Type.a || type === Type.aaaa) {
      this.hint(bytes, this.#starts[i], this.#ends[i])
      return
    }
    this.#append(this.#targets[2 * i], this.#targets[2 * i + 1])
    if (type !== Type.cname) takeHints(bytes, this.#starts[i], this.#ends[i], this)
  }

  hint(bytes: Uint8Array, start: number, end: number): void {
    if (this.#addresses === limits.addresses) return
    this.#addresses++
    const address = end - start === 4 ? this.#ipv4 : this.#ipv6
    for (let i = 0; i < address.length; i++) address[i] = bytes[start + i]
    this.#sink?.resolved(this.#name, address, this.#ttl)
  }

  #append(hash: number, check: number): void {
    if (this.#chained === limits.aliases || this.#isChained(hash, check)) return
    this.#chain[2 * this.#chained] = hash
    this.#chain[2 * this.#chained + 1] = check
    this.#chained++
  }

  #isChained(hash: number, check: number): boolean {
    for (let i = 0; i < this.#chained; i++) {
      if (this.#chain[2 * i] === hash && this.#chain[2 * i + 1] === check) return true
    }
    return false
  }
}

function isFollowed(type: number): boolean {
  return (
    type === Type.a || type === Type.aaaa || type === Type.cname || type === Type.svcb || type === Type.https
  )
}
