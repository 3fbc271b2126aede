/* Numbers of `linux/netfilter/nf_tables.h`, `nf_tables_compat.h`, `nfnetlink.h` and `netfilter.h` that we use. */

export const Subsystem = { queue: 3, nfTables: 10 } as const
/** `NFNL_MSG_BATCH_BEGIN`, `NFNL_MSG_BATCH_END`: what lies between is done as a whole or not at all. */
export const Batch = { begin: 0x10, end: 0x11 } as const
/** `NFPROTO_*`. */
export const ProtocolFamily = { unspecified: 0, inet: 1, ipv4: 2, ipv6: 10 } as const
/** `enum nf_inet_hooks`. */
export const Hook = { localIn: 1, localOut: 3 } as const
/** `NF_DROP`, `NF_ACCEPT`, `NFT_JUMP`, `NFT_GOTO`. */
export const Verdict = { drop: 0, accept: 1, jump: -3, goto: -4 } as const

export const Message = {
  newTable: 0,
  getTable: 1,
  deleteTable: 2,
  newChain: 3,
  getChain: 4,
  deleteChain: 5,
  newRule: 6,
  deleteRule: 8,
  newSet: 9,
  newElements: 12,
  deleteElements: 14,
  newObject: 18,
  getObject: 19,
  deleteObject: 20,
} as const

export const Attribute = {
  table: { name: 1, flags: 2 },
  chain: { table: 1, name: 3, hook: 4, policy: 5, type: 7 },
  hook: { number: 1, priority: 2 },
  rule: { table: 1, chain: 2, expressions: 4 },
  list: { element: 1 },
  expression: { name: 1, data: 2 },
  data: { value: 1, verdict: 2 },
  verdict: { code: 1, chain: 2 },
  immediate: { register: 1, data: 2 },
  bitwise: { source: 1, register: 2, length: 3, mask: 4, xor: 5 },
  compare: { source: 1, operation: 2, data: 3 },
  payload: { register: 1, base: 2, offset: 3, length: 4 },
  meta: { register: 1, key: 2, source: 3 },
  ct: { register: 1, key: 2, direction: 3, source: 4 },
  queue: { number: 1, total: 2, flags: 3 },
  target: { name: 1, revision: 2, info: 3 },
  reject: { type: 1, code: 2 },
  lookup: { set: 1, source: 2, register: 3 },
  objectReference: { type: 1, name: 2 },
  object: { table: 1, name: 2, type: 3, data: 4 },
  counter: { bytes: 1, packets: 2 },
  set: { table: 1, name: 2, flags: 3, keyType: 4, keyLength: 5, dataType: 6, description: 9, id: 10 },
  setDescription: { concatenation: 2 },
  setField: { length: 1 },
  elements: { table: 1, set: 2, elements: 3 },
  element: { key: 1, data: 2, keyEnd: 10 },
} as const

/** 16 bytes; those of a concatenation have 4 and are counted from `concatenation` on. */
export const Register = { verdict: 0, first: 1, concatenation: 8 } as const
/** Of sets: their keys are ranges, in several fields, and lead to verdicts. */
export const SetFlag = { interval: 4, map: 8, concatenation: 0x80 } as const
/** `NFT_DATA_VERDICT`. */
export const VERDICT_DATA = 0xffff_ff00
export const Comparison = { equal: 0, differs: 1, atMost: 3, atLeast: 5 } as const
export const PayloadBase = { network: 1, transport: 2 } as const
export const MetaKey = { mark: 3, inputType: 8, outputType: 9, family: 15, protocol: 16 } as const
export const CtKey = { state: 0, direction: 1, status: 2, mark: 3 } as const
export const CtDirection = { original: 0, reply: 1 } as const
/** `linux/netfilter/nf_conntrack_common.h`: `NF_CT_STATE_BIT(IP_CT_NEW)`, `IPS_DST_NAT`. */
export const CT_STATE_NEW = 8
export const CT_STATUS_DESTINATION_NAT = 1 << 5
export const Rejection = { tcpReset: 1, icmpx: 2, icmpxPortUnreachable: 1 } as const
export const ObjectType = { counter: 1 } as const
/** `NFT_QUEUE_FLAG_BYPASS`, `NFQ_FLAG_BYPASS` of `xt_NFQUEUE.h`. */
export const QUEUE_BYPASS = 1
