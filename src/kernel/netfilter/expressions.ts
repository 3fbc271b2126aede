import type { AttributeWriter } from './attribute-writer.ts'
import {
  Attribute,
  Comparison,
  CtKey,
  MetaKey,
  ObjectType,
  PayloadBase,
  QUEUE_BYPASS,
  Register,
  Rejection,
  Verdict,
} from './nf-tables.ts'

/*
 * Expressions of nf_tables rules: each loads, compares or decides; a comparison that does not hold ends its rule. Values
 * that are loaded lie in registers as they are in memory: numbers of the packet in network order, of the kernel in the
 * machine's.
 */

/** Writes itself as an element of a rule's list. */
export type Expression = (writer: AttributeWriter) => void

function expression(name: string, body: Expression): Expression {
  return (writer) =>
    writer.nested(Attribute.list.element, () => {
      writer.string(Attribute.expression.name, name)
      writer.nested(Attribute.expression.data, () => body(writer))
    })
}

/** 32 bits of the machine's order. */
export function native32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer)
}

export function native16(value: number): Uint8Array {
  return new Uint8Array(Uint16Array.of(value).buffer)
}

export function loadMeta(key: number, register: number = Register.first): Expression {
  return expression('meta', (writer) => {
    writer.u32(Attribute.meta.register, register)
    writer.u32(Attribute.meta.key, key)
  })
}

export function storeMeta(key: number): Expression {
  return expression('meta', (writer) => {
    writer.u32(Attribute.meta.key, key)
    writer.u32(Attribute.meta.source, Register.first)
  })
}

export function loadCt(key: number): Expression {
  return expression('ct', (writer) => {
    writer.u32(Attribute.ct.register, Register.first)
    writer.u32(Attribute.ct.key, key)
  })
}

export function storeCt(key: number): Expression {
  return expression('ct', (writer) => {
    writer.u32(Attribute.ct.key, key)
    writer.u32(Attribute.ct.source, Register.first)
  })
}

/** Bytes of a packet's header, from `PayloadBase` on. */
export function loadPayload(
  base: number,
  offset: number,
  length: number,
  register: number = Register.first,
): Expression {
  return expression('payload', (writer) => {
    writer.u32(Attribute.payload.register, register)
    writer.u32(Attribute.payload.base, base)
    writer.u32(Attribute.payload.offset, offset)
    writer.u32(Attribute.payload.length, length)
  })
}

/** The first register becomes `(value & mask) ^ xor`, as long as the mask. */
export function maskAndXor(mask: Uint8Array, xor: Uint8Array = new Uint8Array(mask.length)): Expression {
  return expression('bitwise', (writer) => {
    writer.u32(Attribute.bitwise.source, Register.first)
    writer.u32(Attribute.bitwise.register, Register.first)
    writer.u32(Attribute.bitwise.length, mask.length)
    writer.nested(Attribute.bitwise.mask, () => writer.data(Attribute.data.value, mask))
    writer.nested(Attribute.bitwise.xor, () => writer.data(Attribute.data.value, xor))
  })
}

function compare(operation: number, value: Uint8Array): Expression {
  return expression('cmp', (writer) => {
    writer.u32(Attribute.compare.source, Register.first)
    writer.u32(Attribute.compare.operation, operation)
    writer.nested(Attribute.compare.data, () => writer.data(Attribute.data.value, value))
  })
}

export const equals = (value: Uint8Array): Expression => compare(Comparison.equal, value)
export const differs = (value: Uint8Array): Expression => compare(Comparison.differs, value)
/** Bytes as in the packet, so numbers in network order. */
export const atLeast = (value: Uint8Array): Expression => compare(Comparison.atLeast, value)
export const atMost = (value: Uint8Array): Expression => compare(Comparison.atMost, value)

/** Decides, or goes on in another chain. */
export function verdict(code: number, chain?: string): Expression {
  return expression('immediate', (writer) => {
    writer.u32(Attribute.immediate.register, Register.verdict)
    writer.nested(Attribute.immediate.data, () => verdictData(writer, code, chain))
  })
}

export function verdictData(writer: AttributeWriter, code: number, chain?: string): void {
  writer.nested(Attribute.data.verdict, () => {
    writer.u32(Attribute.verdict.code, code)
    if (chain !== undefined) writer.string(Attribute.verdict.chain, chain)
  })
}

export const accept = verdict(Verdict.accept)
export const drop = verdict(Verdict.drop)

/** What the registers from the first of a concatenation on lead to in a map of verdicts; goes on where they are not in it. */
export function lookUpVerdict(map: string): Expression {
  return expression('lookup', (writer) => {
    writer.string(Attribute.lookup.set, map)
    writer.u32(Attribute.lookup.source, Register.concatenation)
    writer.u32(Attribute.lookup.register, Register.verdict)
  })
}

/** Counts in an object of the table. */
export function countIn(counter: string): Expression {
  return expression('objref', (writer) => {
    writer.u32(Attribute.objectReference.type, ObjectType.counter)
    writer.string(Attribute.objectReference.name, counter)
  })
}

export const resetTcp: Expression = expression('reject', (writer) => {
  writer.u32(Attribute.reject.type, Rejection.tcpReset)
})

export const refusePort: Expression = expression('reject', (writer) => {
  writer.u32(Attribute.reject.type, Rejection.icmpx)
  writer.u8(Attribute.reject.code, Rejection.icmpxPortUnreachable)
})

/** How packets get into a verdict queue: kernels have one expression or the other (`CONFIG_NFT_QUEUE`, `CONFIG_NFT_COMPAT`). */
export type QueueExpression = 'queue' | 'NFQUEUE'

/** @param bypass whether packets pass while nobody serves the queue; else they are dropped */
export function queueTo(number: number, bypass: boolean, how: QueueExpression): Expression {
  const flags = bypass ? QUEUE_BYPASS : 0
  if (how === 'queue')
    return expression('queue', (writer) => {
      writer.u16(Attribute.queue.number, number)
      writer.u16(Attribute.queue.total, 1)
      writer.u16(Attribute.queue.flags, flags)
    })
  return expression('target', (writer) => {
    writer.string(Attribute.target.name, 'NFQUEUE')
    writer.u32(Attribute.target.revision, 3)
    // `struct xt_NFQ_info_v3`: queue, number of queues, flags; padded to the alignment of xtables, 8 bytes.
    writer.data(Attribute.target.info, new Uint8Array(Uint16Array.of(number, 1, flags, 0).buffer))
  })
}

/** Conditions that more than one rule has. */
export const isProtocol = (protocol: number): Expression[] => [
  loadMeta(MetaKey.protocol),
  equals(Uint8Array.of(protocol)),
]
export const hasCtMark = (mask: number, value: number): Expression[] => [
  loadCt(CtKey.mark),
  maskAndXor(native32(mask)),
  equals(native32(value)),
]
export const hasMark = (mask: number, value: number): Expression[] => [
  loadMeta(MetaKey.mark),
  maskAndXor(native32(mask)),
  equals(native32(value)),
]
export const lacksCtMark = (mask: number, value: number): Expression[] => [
  loadCt(CtKey.mark),
  maskAndXor(native32(mask)),
  differs(native32(value)),
]
/** The flags of a TCP segment, of which any of `flags` is set. RFC 9293 section 3.1: byte 13. */
export const hasTcpFlag = (flags: number): Expression[] => [
  loadPayload(PayloadBase.transport, 13, 1),
  maskAndXor(Uint8Array.of(flags)),
  differs(Uint8Array.of(0)),
]
