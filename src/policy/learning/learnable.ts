import type { FlowRecord } from '../../model/records.ts'
import { applicationNumber, applicationUnknown } from '../rules/applications.ts'
import { transportCode, TransportCode } from '../rules/transport.ts'
import { learningLimits } from '../limits.ts'

/** What learning looks at of a flow. */
export type Connection = Pick<
  FlowRecord,
  | 'transport'
  | 'client'
  | 'server'
  | 'application'
  | 'state'
  | 'bytesToServer'
  | 'bytesToClient'
  | 'packetsToServer'
  | 'packetsToClient'
  | 'end'
> &
  Partial<Pick<FlowRecord, 'anomalies' | 'dnsName' | 'workload' | 'side'>>

/** A flow without what learning does not look at: certificates and the like are much, and many wait. */
export function connectionOf(flow: FlowRecord): Connection {
  const { transport, client, server, application, state, end } = flow
  const { bytesToServer, bytesToClient, packetsToServer, packetsToClient } = flow
  const { anomalies, dnsName, workload, side } = flow
  return {
    ...{ transport, client, server, application, state, end },
    ...{ bytesToServer, bytesToClient, packetsToServer, packetsToClient },
    ...(anomalies && { anomalies }),
    ...(dnsName !== undefined && { dnsName }),
    ...(workload !== undefined && { workload }),
    ...(side && { side }),
  }
}

/**
 * What a connection is good for: `service` worked, so it can be learned; `failed` did not, and many of these are a scan; `hostile`
 * was sent to mislead; `other` says nothing, or rules have no words for it.
 */
export type Worth = 'service' | 'failed' | 'hostile' | 'other'

/** What only somebody does who wants inspection to see something else than the ends do. */
const evasions = new Set([
  'tcp-overlap-differs',
  'tcp-syn-differs',
  'tcp-syn-in-stream',
  'tcp-data-after-reset',
  'tcp-data-out-of-window',
])

export function worthOf(flow: Connection): Worth {
  if (Object.keys(flow.anomalies ?? {}).some((code) => evasions.has(code))) return 'hostile'
  switch (transportCode(flow.transport)) {
    case TransportCode.tcp:
      return tcpWorth(flow)
    case TransportCode.udp:
      return udpWorth(flow)
    case TransportCode.icmp:
      return flow.state === 'two-way' && !isLinkTalk(flow) ? 'service' : 'other'
    default:
      return 'other'
  }
}

function tcpWorth(flow: Connection): Worth {
  const answered = hasData(flow, 'ToClient')
  const spoken = answered || hasData(flow, 'ToServer')
  switch (flow.state) {
    case 'established':
      return spoken || isNamed(flow) ? 'service' : 'other' // It may still say something.
    case 'closed':
      return spoken || isNamed(flow) ? 'service' : 'failed'
    case 'reset':
      return answered ? 'service' : 'failed'
    case 'midstream':
      return isNamed(flow) ? 'service' : 'other' // Otherwise who is the server is a guess.
    default:
      return 'failed'
  }
}

function udpWorth(flow: Connection): Worth {
  if (flow.state === 'two-way') return 'service'
  return flow.packetsToServer >= learningLimits.oneWayPackets ? 'service' : 'failed'
}

/** Whether to deny it takes nothing from anybody: it was refused or not answered, neighbour discovery of IPv6 among it. */
export function cameToNothing(flow: Connection): boolean {
  const isPing = transportCode(flow.transport) === TransportCode.icmp
  return worthOf(flow) === 'failed' || (isPing && flow.state !== 'two-way')
}

/** Whether rules have a name for what it speaks. */
export function isNamed({ application }: Pick<Connection, 'application'>): boolean {
  return applicationNumber(application) !== applicationUnknown
}

/**
 * Bytes of a record are of whole packets. Those of TCP without data have 52 bytes at most on Linux (IPv4, time stamps), the SYN 60;
 * with IPv6 20 more each. Few small pieces of data without time stamps are not told from none.
 */
function hasData(flow: Connection, way: 'ToServer' | 'ToClient'): boolean {
  const headers = flow.server.address.includes(':') ? 72 : 52
  return flow[`bytes${way}`] > flow[`packets${way}`] * headers + 8
}

/**
 * Neighbour discovery and its like, without which nothing reaches anybody: ICMP of IPv6 with link-local or multicast addresses
 * (RFC 4291 sections 2.5.6 and 2.7). No rule is asked for it.
 */
export function isLinkTalk({ transport, client, server }: Connection): boolean {
  return (
    transport === 'icmp6' &&
    [client, server].some(({ address }) => /^(?:ff|fe[89ab])[0-9a-f]*:/.test(address))
  )
}
