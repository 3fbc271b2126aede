import { MessageFlag, NetlinkProtocol, NetlinkSocket } from '../netlink.ts'
import { AttributeWriter } from './attribute-writer.ts'
import { type Expression, verdictData } from './expressions.ts'
import { netfilterLimits } from './limits.ts'
import {
  Attribute,
  Batch,
  Message,
  ObjectType,
  ProtocolFamily,
  SetFlag,
  Subsystem,
  VERDICT_DATA,
} from './nf-tables.ts'

/** `linux/netlink.h`: `NLM_F_CREATE`, `NLM_F_APPEND`. */
const Flag = { create: 0x400, append: 0x800 } as const
const HEADER_BYTES = 16
/** `struct nfgenmsg`: family, version, resource (16 bits, network order). */
const NETFILTER_HEADER_BYTES = 4
const REGISTER_BYTES = 4

export interface BaseChain {
  name: string
  /** `enum nf_inet_hooks`. */
  hook: number
  priority: number
}

/** `keyType` is what `nft list` shows the fields as; each takes whole registers. */
export interface VerdictMap {
  name: string
  keyType: number
  fieldBytes: readonly number[]
}

/** Keys from `first` to `last`, fields one after the other in whole registers, lead to a chain or pass. */
export interface MapElement {
  first: Uint8Array
  last: Uint8Array
  verdict: { code: number; chain?: string }
}

/** Changes of one table of the inet family that the kernel makes all at once, or none of them. */
export class Transaction {
  readonly #writer = new AttributeWriter()
  readonly #table: string
  #messages = 0
  #sets = 0
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

  /** One that is there already stays as it is. @param packets - what it begins with */
  addCounter(name: string, packets = 0): void {
    this.#add(Message.newObject, Flag.create, (writer) => {
      this.#nameCounter(writer, name)
      writer.nested(Attribute.object.data, () => writer.u64(Attribute.counter.packets, BigInt(packets)))
    })
  }

  deleteCounter(name: string): void {
    this.#add(Message.deleteObject, 0, (writer) => this.#nameCounter(writer, name))
  }

  #nameCounter(writer: AttributeWriter, name: string): void {
    writer.string(Attribute.object.table, this.#table)
    writer.string(Attribute.object.name, name)
    writer.u32(Attribute.object.type, ObjectType.counter)
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

  /** All rules of all chains, or of one. */
  deleteRules(chain?: string): void {
    this.#add(Message.deleteRule, 0, (writer) => {
      writer.string(Attribute.rule.table, this.#table)
      if (chain !== undefined) writer.string(Attribute.rule.chain, chain)
    })
  }

  /** A map from ranges of keys of several fields to verdicts. */
  addVerdictMap({ name, keyType, fieldBytes }: VerdictMap): void {
    this.#add(Message.newSet, Flag.create, (writer) => {
      writer.string(Attribute.set.table, this.#table)
      writer.string(Attribute.set.name, name)
      writer.u32(Attribute.set.flags, SetFlag.interval | SetFlag.map | SetFlag.concatenation)
      writer.u32(Attribute.set.keyType, keyType)
      writer.u32(
        Attribute.set.keyLength,
        fieldBytes.reduce((sum, bytes) => sum + registersOf(bytes) * REGISTER_BYTES, 0),
      )
      writer.u32(Attribute.set.dataType, VERDICT_DATA)
      writer.u32(Attribute.set.id, ++this.#sets)
      writer.nested(Attribute.set.description, () =>
        writer.nested(Attribute.setDescription.concatenation, () => {
          for (const bytes of fieldBytes)
            writer.nested(Attribute.list.element, () => writer.u32(Attribute.setField.length, bytes))
        }),
      )
    })
  }

  clearMap(name: string): void {
    this.#add(Message.deleteElements, 0, (writer) => {
      writer.string(Attribute.elements.table, this.#table)
      writer.string(Attribute.elements.set, name)
    })
  }

  addElements(map: string, elements: readonly MapElement[]): void {
    this.#changeElements(Message.newElements, Flag.create, map, elements)
  }

  deleteElements(map: string, elements: readonly MapElement[]): void {
    this.#changeElements(Message.deleteElements, 0, map, elements)
  }

  /** As many at a time as fit into one attribute, whose length has 16 bits. */
  #changeElements(message: number, flags: number, map: string, elements: readonly MapElement[]): void {
    for (let from = 0; from < elements.length; from += netfilterLimits.elementsPerMessage)
      this.#add(message, flags, (writer) => {
        writer.string(Attribute.elements.table, this.#table)
        writer.string(Attribute.elements.set, map)
        writer.nested(Attribute.elements.elements, () => {
          for (const element of elements.slice(from, from + netfilterLimits.elementsPerMessage))
            writeElement(writer, element)
        })
      })
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

function registersOf(bytes: number): number {
  return Math.ceil(bytes / REGISTER_BYTES)
}

function writeElement(writer: AttributeWriter, { first, last, verdict }: MapElement): void {
  const key = (type: number, bytes: Uint8Array) =>
    writer.nested(type, () => writer.data(Attribute.data.value, bytes))
  writer.nested(Attribute.list.element, () => {
    key(Attribute.element.key, first)
    key(Attribute.element.keyEnd, last)
    writer.nested(Attribute.element.data, () => verdictData(writer, verdict.code, verdict.chain))
  })
}
