import { readFileSync } from 'node:fs'
import { KernelError } from '../kernel-error.ts'
import { inNetworkNamespace } from '../namespaces.ts'
import { MessageFlag, NetlinkProtocol, NetlinkSocket } from '../netlink.ts'
import { findAttribute } from './attribute-reader.ts'
import { AttributeWriter } from './attribute-writer.ts'
import { GENERATION_COUNTER, QUARANTINE_CHAIN, QUEUE, QUEUED_COUNTER, TABLE } from './names.ts'
import { Attribute, Message, ObjectType, ProtocolFamily, Subsystem } from './nf-tables.ts'

/** `struct nfgenmsg`. */
const NETFILTER_HEADER_BYTES = 4
/** Queues of the network namespace of the thread that reads it: number, port of who serves it, and more. */
const QUEUES = '/proc/thread-self/net/netfilter/nfnetlink_queue'

/** What there is of ours in a network namespace. */
export interface EnforcementState {
  /** Its rules let nothing pass. */
  isQuarantined: boolean
  /** Somebody serves the queue. */
  isServed: boolean
}

/**
 * What of ours is in a network namespace; undefined where nothing is.
 * @throws {KernelError}
 */
export function enforcementState(path: string): EnforcementState | undefined {
  return inNetworkNamespace(path, () => {
    if (ask(Message.getTable, (writer) => writer.string(Attribute.table.name, TABLE)) === undefined)
      return undefined
    return { isQuarantined: hasChain(QUARANTINE_CHAIN), isServed: isQueueServed() }
  })
}

/**
 * The generation of the decisions that hold in a network namespace; 0 where there are none.
 * @throws {KernelError}
 */
export function generationOf(path: string): number {
  return packetsCounted(path, GENERATION_COUNTER)
}

/**
 * Packets that were given to the queue of a network namespace since its rules were first put in place; 0 where there are none.
 * @throws {KernelError}
 */
export function queuedPackets(path: string): number {
  return packetsCounted(path, QUEUED_COUNTER)
}

function packetsCounted(path: string, counter: string): number {
  const answer = inNetworkNamespace(path, () =>
    ask(Message.getObject, (writer) => {
      writer.string(Attribute.object.table, TABLE)
      writer.string(Attribute.object.name, counter)
      writer.u32(Attribute.object.type, ObjectType.counter)
    }),
  )
  if (answer === undefined) return 0
  const data = findAttribute(answer, Attribute.object.data)
  const packets = data === undefined ? undefined : findAttribute(data, Attribute.counter.packets)
  return packets === undefined ? 0 : Number(new DataView(packets.buffer, packets.byteOffset).getBigUint64(0))
}

function hasChain(name: string): boolean {
  const answer = ask(Message.getChain, (writer) => {
    writer.string(Attribute.chain.table, TABLE)
    writer.string(Attribute.chain.name, name)
  })
  return answer !== undefined
}

function isQueueServed(): boolean {
  const lines = readFileSync(QUEUES, 'utf8').split('\n')
  return lines.some((line) => Number.parseInt(line, 10) === QUEUE)
}

/** Attributes of what is asked for; undefined where there is no such thing. */
function ask(message: number, body: (writer: AttributeWriter) => void): Uint8Array | undefined {
  const writer = new AttributeWriter()
  writer.at.setUint8(writer.reserve(NETFILTER_HEADER_BYTES), ProtocolFamily.inet)
  body(writer)
  const netlink = new NetlinkSocket(NetlinkProtocol.netfilter)
  try {
    const type = (Subsystem.nfTables << 8) | message
    netlink.send({ type, flags: MessageFlag.request, content: writer.bytes })
    return netlink.receive().content.subarray(NETFILTER_HEADER_BYTES)
  } catch (error) {
    if (error instanceof KernelError && error.code === 'not-there') return undefined
    throw error
  } finally {
    netlink.close()
  }
}
