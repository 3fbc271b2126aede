import { IpProtocol } from '../../packet/packet.ts'
import { HardwareType } from '../constants.ts'
import { inNetworkNamespace } from '../namespaces.ts'
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
import { addressMaps, addressRules } from './address-maps.ts'
import { ConnectionMark, HELD_MARK } from './marks.ts'
import {
  CT_STATUS_DESTINATION_NAT,
  CtDirection,
  CtKey,
  Hook,
  MetaKey,
  PayloadBase,
  Verdict,
} from './nf-tables.ts'
import { DENY_CHAIN, FALLBACK_CHAINS, QUARANTINE_CHAIN, QUEUE, QUEUED_COUNTER, TABLE } from './names.ts'
import { Transaction } from './transaction.ts'

/**
 * Outgoing packets are taken before addresses are translated (`NF_IP_PRI_NAT_DST` is -100) and incoming ones after they
 * have been translated back (`NF_IP_PRI_NAT_SRC` is 100): a workload whose connections are redirected to a proxy beside
 * it is seen as it meant them, in both directions, and before the proxy encrypts.
 */
const Priority = { output: -150, afterOutput: -149, input: 150, afterInput: 151 } as const
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
}

/**
 * Puts our rules in place in a network namespace, all at once, in place of those of ours that are there; the address maps are empty
 * then. Packets that wait in the queue keep waiting.
 * @param path of the namespace
 * @throws {KernelError} where the kernel refuses; nothing has changed then
 */
export function putEnforcement(path: string, options: EnforcementOptions): void {
  const transaction = new Transaction(TABLE)
  transaction.addTable()
  transaction.addBaseChain({ name: 'output', hook: Hook.localOut, priority: Priority.output })
  transaction.addBaseChain({ name: 'after-output', hook: Hook.localOut, priority: Priority.afterOutput })
  transaction.addBaseChain({ name: 'input', hook: Hook.localIn, priority: Priority.input })
  transaction.addBaseChain({ name: 'after-input', hook: Hook.localIn, priority: Priority.afterInput })
  for (const chain of chains) transaction.addChain(chain)
  for (const map of addressMaps) transaction.addVerdictMap(map)
  transaction.addCounter(QUEUED_COUNTER)
  transaction.deleteRules()
  for (const { name } of addressMaps) transaction.clearMap(name)
  if (!options.isQuarantined) transaction.deleteChain(QUARANTINE_CHAIN)
  for (const [chain, ...expressions] of rules(options)) transaction.addRule(chain, expressions)
  inNetworkNamespace(path, () => transaction.commit('put rules of nf_tables in place'))
}

/**
 * Takes our table out of a network namespace, with all that is in it. Does nothing where there is none.
 * @throws {KernelError}
 */
export function removeEnforcement(path: string): void {
  const transaction = new Transaction(TABLE)
  transaction.addTable() // Or to delete one that is not there would fail.
  transaction.deleteTable()
  inNetworkNamespace(path, () => transaction.commit('remove rules of nf_tables'))
}

const chains = [
  'decide',
  'decided',
  'release',
  DENY_CHAIN,
  QUARANTINE_CHAIN,
  ...Object.values(FALLBACK_CHAINS),
]

type Rule = [chain: string, ...expressions: Expression[]]

function rules(options: EnforcementOptions): Rule[] {
  const goTo = (chain: string) => verdict(Verdict.goto, chain)
  return [
    // Marks of ours that a packet brings are its sender's invention.
    ['output', ...setMark(HELD_MARK)],
    ['output', ...isLoopback(MetaKey.outputType), accept],
    ['output', goTo('decide')],
    ['input', ...setMark(0)],
    ['input', ...isLoopback(MetaKey.inputType), ...isOriginal, accept],
    ['input', ...isLoopback(MetaKey.inputType), ...isNotRedirected, accept],
    ['input', goTo('decide')],
    ...(options.isQuarantined ? quarantineRules : decisionRules(options)),
    ['after-output', verdict(Verdict.jump, 'decided')],
    ['after-output', ...isLoopback(MetaKey.outputType), accept],
    ...addressRules('outgoing').map((rule): Rule => ['after-output', ...rule]),
    ['after-input', verdict(Verdict.jump, 'decided')],
    ['after-input', ...isLoopback(MetaKey.inputType), accept],
    ...addressRules('incoming').map((rule): Rule => ['after-input', ...rule]),
    ['decided', ...hasMark(ConnectionMark.mask, ConnectionMark.released), goTo('release')],
    ['decided', ...hasMark(ConnectionMark.mask, ConnectionMark.denied), goTo(DENY_CHAIN)],
    ['release', ...setCtMark(ConnectionMark.released), accept],
    ['deny', ...setCtMark(ConnectionMark.denied)],
    // What tells the ends that it is over is of the same connection, and passes these chains, too.
    ['deny', ...isProtocol(IpProtocol.tcp), ...hasTcpFlag(TCP_RST), accept],
    ['deny', ...isProtocol(IpProtocol.icmp), icmpType, equals(Uint8Array.of(Unreachable.icmp)), accept],
    ['deny', ...isProtocol(IpProtocol.icmp6), icmpType, equals(Uint8Array.of(Unreachable.icmp6)), accept],
    ['deny', ...isProtocol(IpProtocol.tcp), resetTcp],
    ['deny', refusePort],
  ]
}

const quarantineRules: Rule[] = [
  ['decide', verdict(Verdict.goto, QUARANTINE_CHAIN)],
  [QUARANTINE_CHAIN, drop],
]

function decisionRules({ failOpen, queueExpression, ownMark }: EnforcementOptions): Rule[] {
  const { mask, released, denied } = ConnectionMark
  return [
    ...ownRules(ownMark),
    ['decide', ...hasCtMark(mask, released), accept],
    ['decide', ...hasCtMark(mask, denied), verdict(Verdict.goto, DENY_CHAIN)],
    ['decide', ...isProtocol(IpProtocol.icmp6), icmpType, ...isDiscovery, accept],
    [
      'decide',
      ...isProtocol(IpProtocol.icmp6),
      icmpType,
      equals(Uint8Array.of(IcmpV6.listenerReport)),
      accept,
    ],
    ['decide', countIn(QUEUED_COUNTER), queueTo(QUEUE, failOpen, queueExpression)],
  ]
}

/** Resets and refusals that we send pass. Nothing else may, for a workload could find out the mark. */
function ownRules(ownMark: number): Rule[] {
  const isOwn = hasMark(~(ConnectionMark.mask | HELD_MARK), ownMark & ~(ConnectionMark.mask | HELD_MARK))
  return [
    ['decide', ...isOwn, ...isProtocol(IpProtocol.tcp), ...hasTcpFlag(TCP_RST), accept],
    ['decide', ...isOwn, ...isProtocol(IpProtocol.icmp), accept],
    ['decide', ...isOwn, ...isProtocol(IpProtocol.icmp6), accept],
  ]
}

const isOriginal = [loadCt(CtKey.direction), equals(Uint8Array.of(CtDirection.original))]
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
  const keep = ~(ConnectionMark.mask | HELD_MARK)
  return [loadMeta(MetaKey.mark), maskAndXor(native32(keep), native32(value)), storeMeta(MetaKey.mark)]
}

function setCtMark(value: number): Expression[] {
  const { mask } = ConnectionMark
  return [loadCt(CtKey.mark), maskAndXor(native32(~mask), native32(value)), storeCt(CtKey.mark)]
}
