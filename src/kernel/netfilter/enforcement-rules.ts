import { IpProtocol } from '../../packet/packet.ts'
import { HardwareType } from '../constants.ts'
import {
  accept,
  atLeast,
  atMost,
  countIn,
  drop,
  equals,
  type Expression,
  hasCtMark,
  hasMark,
  hasTcpFlag,
  isProtocol,
  lacksCtMark,
  loadCt,
  loadMeta,
  loadPayload,
  maskAndXor,
  native16,
  native32,
  type QueueExpression,
  queueTo,
  refusePort,
  resetTcp,
  storeCt,
  storeMeta,
  verdict,
} from './expressions.ts'
import { addressRules } from './address-maps.ts'
import { ConnectionMark, generationBits, HELD_MARK, noteBitsOfMark, Waiting } from './marks.ts'
import { CT_STATUS_DESTINATION_NAT, CtDirection, CtKey, MetaKey, PayloadBase, Verdict } from './nf-tables.ts'
import { DENY_CHAIN, QUARANTINE_CHAIN, QUEUE, QUEUED_COUNTER } from './names.ts'

const TCP_RST = 4
/** Types of ICMPv6 without which there is no IPv6: listener and neighbour discovery (RFC 2710, RFC 4861, RFC 3810). */
const IcmpV6 = { listenerFirst: 130, neighbourLast: 137, listenerReport: 143 } as const
/** Types of the ICMP messages that refuse something (RFC 792, RFC 4443 section 3.1). */
const Unreachable = { icmp: 3, icmp6: 1 } as const

export interface EnforcementOptions {
  /** Traffic passes while nobody inspects it; otherwise none does. */
  failOpen: boolean
  /** Nothing passes, whatever else is said here. */
  isQuarantined: boolean
  queueExpression: QueueExpression
  /** Mark of the packets that we send ourselves, such as resets: a number that nobody else knows. */
  ownMark: number
  /** Of the decisions that hold: `nextGeneration` of the one before. */
  generation: number
}

/** All chains beside those of the fallbacks, of which only address maps speak, and that of a quarantine. */
export const hookChains = ['output', 'after-output', 'input', 'after-input'] as const
export const chains = ['decide', 'recall', 'wait', 'decided', 'release', DENY_CHAIN] as const

export type Rule = [chain: string, ...expressions: Expression[]]

const { denied, generation: generations, mask } = ConnectionMark
const goTo = (chain: string) => verdict(Verdict.goto, chain)
const jumpTo = (chain: string) => verdict(Verdict.jump, chain)

/** All of them, in the order in which each chain has them: packets of connections that are released leave them first. */
export function rules(options: EnforcementOptions): Rule[] {
  const current = generationBits(options.generation)
  const isReleased = hasCtMark(generations | denied, current)
  return [
    // Marks of ours that a packet brings are its sender's invention.
    ['output', ...setMark(HELD_MARK)],
    ...(options.isQuarantined ? [] : [['output', ...isReleased, accept] as Rule]),
    ['output', ...isLoopback(MetaKey.outputType), accept],
    ['output', goTo('decide')],
    ['input', ...setMark(0)],
    ...(options.isQuarantined ? [] : [['input', ...isReleased, accept] as Rule]),
    ['input', ...isLoopback(MetaKey.inputType), ...isOriginal, accept],
    ['input', ...isLoopback(MetaKey.inputType), ...isNotRedirected, accept],
    ['input', goTo('decide')],
    ...(options.isQuarantined ? quarantineRules : queueRules(options)),
    // What did not have to wait.
    ['after-output', ...hasMark(generations | denied, 0), accept],
    ['after-output', jumpTo('decided')],
    ...addressRules('outgoing').map((rule): Rule => ['after-output', ...rule]),
    ['after-input', ...hasMark(generations | denied, 0), accept],
    ['after-input', jumpTo('decided')],
    ...addressRules('incoming').map((rule): Rule => ['after-input', ...rule]),
    ...decisionRules(current),
  ]
}

const quarantineRules: Rule[] = [
  ['decide', goTo(QUARANTINE_CHAIN)],
  [QUARANTINE_CHAIN, drop],
]

function queueRules({ failOpen, queueExpression, ownMark, generation }: EnforcementOptions): Rule[] {
  const isDenied = hasCtMark(generations | denied, generationBits(generation) | denied)
  return [
    ...ownRules(ownMark),
    ['decide', ...isDenied, goTo(DENY_CHAIN)],
    ['decide', ...isProtocol(IpProtocol.icmp6), icmpType, ...isDiscovery, accept],
    [
      'decide',
      ...isProtocol(IpProtocol.icmp6),
      icmpType,
      equals(Uint8Array.of(IcmpV6.listenerReport)),
      accept,
    ],
    ['decide', ...lacksCtMark(generations, 0), goTo('recall')],
    ['decide', ...addToMark(generationBits(Waiting.fresh)), goTo('wait')],
    ...recallRules,
    ['wait', countIn(QUEUED_COUNTER), queueTo(QUEUE, failOpen, queueExpression)],
  ]
}

const isOriginal = [loadCt(CtKey.direction), equals(Uint8Array.of(CtDirection.original))]
const isAnswer = [loadCt(CtKey.direction), equals(Uint8Array.of(CtDirection.reply))]

/** What is known of a connection that was decided about before comes with its packet. */
const recallRules: Rule[] = [
  ['recall', ...isOriginal, ...addToMark(generationBits(Waiting.fromOpener))],
  ['recall', ...isAnswer, ...addToMark(generationBits(Waiting.fromAnswerer))],
  ...noteBitsOfMark.map((bit): Rule => ['recall', ...hasCtMark(bit, bit), ...addToMark(bit)]),
  ['recall', goTo('wait')],
]

/** What is decided holds as long as its generation does. @param current - its bits */
function decisionRules(current: number): Rule[] {
  return [
    // What is denied does not pass, whichever policy it was by; it is released by the one that holds only.
    ['decided', ...hasMark(denied, denied), goTo(DENY_CHAIN)],
    ['decided', ...hasMark(generations, current), goTo('release')],
    ['release', ...setCtMark(current)],
    ...noteBitsOfMark.map((bit): Rule => ['release', ...hasMark(bit, bit), ...addToCtMark(bit)]),
    ['release', accept],
    [DENY_CHAIN, ...setCtMark(current | denied)],
    // What tells the ends that it is over is of the same connection, and passes these chains, too.
    [DENY_CHAIN, ...isProtocol(IpProtocol.tcp), ...hasTcpFlag(TCP_RST), accept],
    [DENY_CHAIN, ...isProtocol(IpProtocol.icmp), icmpType, equals(Uint8Array.of(Unreachable.icmp)), accept],
    [DENY_CHAIN, ...isProtocol(IpProtocol.icmp6), icmpType, equals(Uint8Array.of(Unreachable.icmp6)), accept],
    [DENY_CHAIN, ...isProtocol(IpProtocol.tcp), resetTcp],
    [DENY_CHAIN, refusePort],
  ]
}

/** Resets and refusals that we send pass. Nothing else may, for a workload could find out the mark. */
function ownRules(ownMark: number): Rule[] {
  const isOwn = hasMark(~(mask | HELD_MARK), ownMark & ~(mask | HELD_MARK))
  return [
    ['decide', ...isOwn, ...isProtocol(IpProtocol.tcp), ...hasTcpFlag(TCP_RST), accept],
    ['decide', ...isOwn, ...isProtocol(IpProtocol.icmp), accept],
    ['decide', ...isOwn, ...isProtocol(IpProtocol.icmp6), accept],
  ]
}

const isNotRedirected = [
  loadCt(CtKey.status),
  maskAndXor(native32(CT_STATUS_DESTINATION_NAT)),
  equals(native32(0)),
]
const icmpType = loadPayload(PayloadBase.transport, 0, 1)
const isDiscovery = [
  atLeast(Uint8Array.of(IcmpV6.listenerFirst)),
  atMost(Uint8Array.of(IcmpV6.neighbourLast)),
]

function isLoopback(key: number): Expression[] {
  return [loadMeta(key), equals(native16(HardwareType.loopback))]
}

/** Of the packet, of which other bits stay. */
function setMark(value: number): Expression[] {
  const keep = ~(mask | HELD_MARK)
  return [loadMeta(MetaKey.mark), maskAndXor(native32(keep), native32(value)), storeMeta(MetaKey.mark)]
}

function addToMark(bits: number): Expression[] {
  return [loadMeta(MetaKey.mark), maskAndXor(native32(~bits), native32(bits)), storeMeta(MetaKey.mark)]
}

function setCtMark(value: number): Expression[] {
  return [loadCt(CtKey.mark), maskAndXor(native32(~mask), native32(value)), storeCt(CtKey.mark)]
}

function addToCtMark(bits: number): Expression[] {
  return [loadCt(CtKey.mark), maskAndXor(native32(~bits), native32(bits)), storeCt(CtKey.mark)]
}
