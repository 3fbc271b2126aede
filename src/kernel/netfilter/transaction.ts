import { MessageFlag, NetlinkProtocol, NetlinkSocket } from '../netlink.ts'
import { AttributeWriter } from './attribute-writer.ts'
import type { Expression } from './expressions.ts'
import { Attribute, Batch, Message, ObjectType, ProtocolFamily, Subsystem } from './nf-tables.ts'

/** `linux/netlink.h`: `NLM_F_CREATE`, `NLM_F_APPEND`. */
const Flag = { create: 0x400, append: 0x800 } as const
const HEADER_BYTES = 16
/** `struct nfgenmsg`: family, version, resource (16 bits, network order). */
const NETFILTER_HEADER_BYTES = 4

export interface BaseChain {
  name: string
  /** `enum nf_inet_hooks`. */
  hook: number
  priority: number
}

/** Changes of one table of the inet family that the kernel makes all at once, or none of them. */
export class Transaction {
  readonly #writer = new AttributeWriter()
  readonly #table: string
  #messages = 0
  /** Where the message that was added last begins. */
  #last = 0

  constructor(table: string) {
    this.#table = table
    this.#message(Batch.begin, 0, () => undefined, Subsystem.nfTables)
  }

  addTable(): void {
    this.#add(Message.newTable, Flag.create, (writer) => writer.string(Attribute.table.name, this.#table))
  }

  deleteTable(): void {
    this.#add(Message.deleteTable, 0, (writer) => writer.string(Attribute.table.name, this.#table))
  }

  /** What nothing in it decides passes. One that is there already stays, and so do the packets that it has queued. */
  addBaseChain({ name, hook, priority }: BaseChain): void {
    this.#add(Message.newChain, Flag.create, (writer) => {
      writer.string(Attribute.chain.table, this.#table)
      writer.string(Attribute.chain.name, name)
      writer.nested(Attribute.chain.hook, () => {
        writer.u32(Attribute.hook.number, hook)
        writer.u32(Attribute.hook.priority, priority)
      })
      writer.string(Attribute.chain.type, 'filter')
    })
  }

  addChain(name: string): void {
    this.#add(Message.newChain, Flag.create, (writer) => {
      writer.string(Attribute.chain.table, this.#table)
      writer.string(Attribute.chain.name, name)
    })
  }

  deleteChain(name: string): void {
    this.#add(Message.deleteChain, 0, (writer) => {
      writer.string(Attribute.chain.table, this.#table)
      writer.string(Attribute.chain.name, name)
    })
  }

  addCounter(name: string): void {
    this.#add(Message.newObject, Flag.create, (writer) => {
      writer.string(Attribute.object.table, this.#table)
      writer.string(Attribute.object.name, name)
      writer.u32(Attribute.object.type, ObjectType.counter)
      writer.nested(Attribute.object.data, () => undefined)
    })
  }

  /** At the chain's end. */
  addRule(chain: string, expressions: readonly Expression[]): void {
    this.#add(Message.newRule, Flag.create | Flag.append, (writer) => {
      writer.string(Attribute.rule.table, this.#table)
      writer.string(Attribute.rule.chain, chain)
      writer.nested(Attribute.rule.expressions, () => {
        for (const write of expressions) write(writer)
      })
    })
  }

  /** All rules of all chains. */
  deleteRules(): void {
    this.#add(Message.deleteRule, 0, (writer) => writer.string(Attribute.rule.table, this.#table))
  }

  /**
   * Has the kernel make the changes in the network namespace of this thread.
   * @param what that is, as it goes on after "cannot"
   * @throws {KernelError} where it refuses; nothing has changed then
   */
  commit(what: string): void {
    // Not the end: kernels before 6.10 do not acknowledge that.
    const flags = this.#writer.at.getUint16(this.#last + 6, true)
    this.#writer.at.setUint16(this.#last + 6, flags | MessageFlag.acknowledge, true)
    this.#message(Batch.end, 0, () => undefined, Subsystem.nfTables)
    const socket = new NetlinkSocket(NetlinkProtocol.netfilter)
    try {
      socket.exchange(this.#writer.bytes, what)
    } finally {
      socket.close()
    }
  }

  #add(message: number, flags: number, body: (writer: AttributeWriter) => void): void {
    this.#message((Subsystem.nfTables << 8) | message, flags, body, 0)
  }

  #message(type: number, flags: number, body: (writer: AttributeWriter) => void, resource: number): void {
    const writer = this.#writer
    const start = writer.reserve(HEADER_BYTES + NETFILTER_HEADER_BYTES)
    this.#last = start
    writer.at.setUint16(start + 4, type, true)
    writer.at.setUint16(start + 6, MessageFlag.request | flags, true)
    writer.at.setUint32(start + 8, this.#messages++, true)
    const isBatch = resource !== 0
    writer.at.setUint8(start + HEADER_BYTES, isBatch ? ProtocolFamily.unspecified : ProtocolFamily.inet)
    writer.at.setUint16(start + HEADER_BYTES + 2, resource, false)
    body(writer)
    writer.at.setUint32(start, writer.length - start, true)
  }
}
