import { parseAddress } from '../../lib/ip.ts'
import { inNetworkNamespace } from '../namespaces.ts'
import { DENY_CHAIN, FALLBACK_CHAINS, TABLE } from './names.ts'
import {
  equals,
  type Expression,
  loadCt,
  loadMeta,
  loadPayload,
  lookUpVerdict,
  maskAndXor,
  native32,
  verdict,
} from './expressions.ts'
import { CT_STATE_NEW, CtKey, MetaKey, PayloadBase, ProtocolFamily, Register, Verdict } from './nf-tables.ts'
import { type MapElement, Transaction, type VerdictMap } from './transaction.ts'

export type MapDirection = 'outgoing' | 'incoming'

/** Ranges of addresses, protocols and ports of the other end, and whether the first packet of a connection is refused. */
export interface AddressRule {
  direction: MapDirection
  /** `workloads` is looked up first, then `networks`. */
  layer: 'workloads' | 'networks'
  family: 4 | 6
  firstAddress: string
  lastAddress: string
  firstProtocol: number
  lastProtocol: number
  /** Of the server. */
  firstPort: number
  lastPort: number
  isRefused: boolean
}

export interface AddressChange {
  /** Nothing of what was said before holds. */
  isWhole: boolean
  removed: readonly AddressRule[]
  added: readonly AddressRule[]
  /** Directions in which connections are refused that no rule speaks of. */
  refusedOtherwise: readonly MapDirection[]
}

const directions = ['outgoing', 'incoming'] as const
const layers = ['workloads', 'networks'] as const
const families = [4, 6] as const
const addressBytes = { 4: 4, 6: 16 } as const
/** nft's numbers of `ipv4_addr`, `ipv6_addr`, `inet_proto` and `inet_service`, 6 bits each: what its list shows. */
const keyTypes = { 4: (7 << 12) | (12 << 6) | 13, 6: (8 << 12) | (12 << 6) | 13 } as const
/** Of source and destination in the IP header (RFC 791, RFC 8200). */
const addressAt = { 4: { incoming: 12, outgoing: 16 }, 6: { incoming: 8, outgoing: 24 } } as const
const DESTINATION_PORT_AT = 2

type Place = Pick<AddressRule, 'direction' | 'layer' | 'family'>

const nameOf = ({ direction, layer, family }: Place): string => `${direction}-${layer}-${family}`

const places: readonly Place[] = directions.flatMap((direction) =>
  families.flatMap((family) => layers.map((layer) => ({ direction, layer, family }))),
)

/** What the maps are made of; they are empty. */
export const addressMaps: readonly VerdictMap[] = places.map((place) => ({
  name: nameOf(place),
  keyType: keyTypes[place.family],
  fieldBytes: [addressBytes[place.family], 1, 2],
}))

/** Rules that hold the first packet of a connection against the maps of one direction, then against what holds otherwise. */
export function addressRules(direction: MapDirection): Expression[][] {
  const isNew = [loadCt(CtKey.state), maskAndXor(native32(CT_STATE_NEW)), equals(native32(CT_STATE_NEW))]
  const lookUps = places
    .filter((place) => place.direction === direction)
    .map((place) => [...isNew, ...loadKey(place), lookUpVerdict(nameOf(place))])
  return [...lookUps, [...isNew, verdict(Verdict.goto, FALLBACK_CHAINS[direction])]]
}

function loadKey({ direction, family }: Place): Expression[] {
  const length = addressBytes[family]
  const protocolRegister = Register.concatenation + length / 4
  const nfproto = family === 4 ? ProtocolFamily.ipv4 : ProtocolFamily.ipv6
  return [
    loadMeta(MetaKey.family),
    equals(Uint8Array.of(nfproto)),
    loadPayload(PayloadBase.network, addressAt[family][direction], length, Register.concatenation),
    loadMeta(MetaKey.protocol, protocolRegister),
    loadPayload(PayloadBase.transport, DESTINATION_PORT_AT, 2, protocolRegister + 1),
  ]
}

/**
 * Changes what the maps of a network namespace say, at once.
 * @throws {KernelError} where the kernel refuses; nothing has changed then
 */
export function changeAddressRules(path: string, change: AddressChange): void {
  const transaction = new Transaction(TABLE)
  if (change.isWhole) for (const { name } of addressMaps) transaction.clearMap(name)
  for (const place of places) {
    transaction.deleteElements(nameOf(place), elementsAt(place, change.removed))
    transaction.addElements(nameOf(place), elementsAt(place, change.added))
  }
  for (const direction of directions) {
    const chain = FALLBACK_CHAINS[direction]
    transaction.deleteRules(chain)
    if (change.refusedOtherwise.includes(direction))
      transaction.addRule(chain, [verdict(Verdict.goto, DENY_CHAIN)])
  }
  inNetworkNamespace(path, () => transaction.commit('change the sets of nf_tables'))
}

function elementsAt(place: Place, rules: readonly AddressRule[]): MapElement[] {
  const name = nameOf(place)
  return rules.filter((rule) => nameOf(rule) === name).map(elementOf)
}

function elementOf(rule: AddressRule): MapElement {
  const { firstAddress, lastAddress, firstProtocol, lastProtocol, firstPort, lastPort, isRefused } = rule
  return {
    first: keyOf(firstAddress, firstProtocol, firstPort),
    last: keyOf(lastAddress, lastProtocol, lastPort),
    verdict: isRefused ? { code: Verdict.goto, chain: DENY_CHAIN } : { code: Verdict.accept },
  }
}

function keyOf(address: string, protocol: number, port: number): Uint8Array {
  const bytes = parseAddress(address) ?? new Uint8Array(0)
  return Uint8Array.of(...bytes, protocol, 0, 0, 0, port >>> 8, port & 0xff, 0, 0)
}
