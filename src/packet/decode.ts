import { Cursor, Layer, type Next } from './decode/cursor.ts'
import { ethernet, logicalLink, vlan } from './decode/ethernet.ts'
import { ipv4 } from './decode/ipv4.ts'
import { ipv6 } from './decode/ipv6.ts'
import { ciscoHdlc, fabricPath, mpls, ppp, pppEthernet } from './decode/label.ts'
import { layerOfLinkType, linuxSll, linuxSll2, loopback, radiotap, rawIp, wifi } from './decode/link.ts'
import { icmp, icmp6, sctp, tcp, udp } from './decode/transport.ts'
import { etherIp, geneve, gre, gtp, teredo, vxlan, vxlanGpe, wccp } from './decode/tunnel.ts'
import { decodeLimits } from './limits.ts'
import { DecodeStatus, type Packet } from './packet.ts'

const cursor = new Cursor()

/**
 * Decodes link, network and transport headers of `packet.bytes[start, end)` into the packet's fields, tunnels
 * unwrapped, and returns `packet.status`. When a tunnel's content cannot be decoded the tunnel's own outer packet is
 * what is seen. Allocates nothing, never throws.
 */
export function decode(packet: Packet): DecodeStatus {
  packet.fragments = 0
  packet.fragmentsDiffered = false
  return walk(packet, layerOfLinkType(packet.linkType), packet.originNetworkId, 0)
}

/**
 * Decodes an IP datagram that was put together from fragments and lies at `packet.start`, in the network and as deep
 * in tunnels as its fragments were.
 */
export function decodeDatagram(packet: Packet, networkId: number, tunnelDepth: number): DecodeStatus {
  return walk(packet, Layer.rawIp, networkId, tunnelDepth)
}

function walk(packet: Packet, first: Next, networkId: number, tunnelDepth: number): DecodeStatus {
  packet.ipVersion = 0
  packet.networkId = networkId
  packet.tunnelDepth = tunnelDepth
  packet.tcpFlags = 0
  cursor.begin(packet)
  let next = first
  for (let layers = 0; next >= Layer.ethernet; layers++) {
    next = layers === decodeLimits.layers ? DecodeStatus.tooDeep : step(packet, next)
  }
  packet.status = settle(packet, next as DecodeStatus)
  return packet.status
}

/** Shows the outer packet of a tunnel whose inside is not what its header or port promised. */
function settle(packet: Packet, status: DecodeStatus): DecodeStatus {
  const isShown = status === DecodeStatus.ok || status === DecodeStatus.fragment
  if (isShown || status === DecodeStatus.tooDeep || !cursor.outer.kept) return status
  cursor.outer.restore(packet)
  return DecodeStatus.ok
}

function step(packet: Packet, layer: Next): Next {
  switch (layer) {
    case Layer.ethernet:
      return ethernet(packet, cursor)
    case Layer.ipv4:
      return ipv4(packet, cursor)
    case Layer.tcp:
      return tcp(packet, cursor)
    case Layer.udp:
      return udp(packet, cursor)
    case Layer.ipv6:
      return ipv6(packet, cursor)
    case Layer.linuxSll:
      return linuxSll(packet, cursor)
    case Layer.linuxSll2:
      return linuxSll2(packet, cursor)
    case Layer.rawIp:
      return rawIp(packet, cursor)
    case Layer.vlan:
      return vlan(packet, cursor)
    case Layer.icmp:
      return icmp(packet, cursor)
    case Layer.icmp6:
      return icmp6(packet, cursor)
    case Layer.sctp:
      return sctp(packet, cursor)
    case Layer.loopback:
      return loopback(packet, cursor)
    default:
      return rareStep(packet, layer)
  }
}

/** Apart from `step` only so that the optimising compiler keeps that one small. */
function rareStep(packet: Packet, layer: Next): Next {
  switch (layer) {
    case Layer.vxlan:
      return vxlan(packet, cursor)
    case Layer.vxlanGpe:
      return vxlanGpe(packet, cursor)
    case Layer.geneve:
      return geneve(packet, cursor)
    case Layer.gre:
      return gre(packet, cursor)
    case Layer.gtp:
      return gtp(packet, cursor)
    case Layer.teredo:
      return teredo(packet, cursor)
    case Layer.etherIp:
      return etherIp(packet, cursor)
    case Layer.wccp:
      return wccp(packet, cursor)
    case Layer.mpls:
      return mpls(packet, cursor)
    case Layer.ppp:
      return ppp(packet, cursor)
    case Layer.pppEthernet:
      return pppEthernet(packet, cursor)
    case Layer.ciscoHdlc:
      return ciscoHdlc(packet, cursor)
    case Layer.fabricPath:
      return fabricPath(packet, cursor)
    case Layer.logicalLink:
      return logicalLink(packet, cursor)
    case Layer.radiotap:
      return radiotap(packet, cursor)
    case Layer.wifi:
      return wifi(packet, cursor)
    default:
      return DecodeStatus.unsupported
  }
}
