import { ethernet, ipv4, tcp } from '../packet/frames.ts'
import { IpProtocol, LinkType, Packet, TcpFlag } from '../packet/packet.ts'
import { CaptureFile } from './capture-file.ts'

/** A pcapng file of packets from 10.0.0.1:40000 to 10.0.0.2:80 over TCP with these payloads, for tests. */
export function fileOfPackets(payloads: readonly Uint8Array[]): Uint8Array {
  const header = { sourcePort: 40_000, destinationPort: 80, flags: TcpFlag.psh | TcpFlag.ack }
  const addresses = { source: '10.0.0.1', destination: '10.0.0.2', protocol: IpProtocol.tcp }
  return fileOfFrames(payloads.map((payload) => ethernet(0x0800, ipv4(addresses, tcp(header, payload)))))
}

/** A pcapng file of Ethernet frames, a microsecond apart. */
export function fileOfFrames(frames: readonly Uint8Array[]): Uint8Array {
  const file = new CaptureFile({ name: 'web', comments: [], headersOnly: false, partBytes: 1 << 16 })
  for (const [i, bytes] of frames.entries()) {
    const length = { start: 0, end: bytes.length, originalLength: bytes.length }
    const at = { time: 1_700_000_000_000_000 + i, linkType: LinkType.ethernet }
    file.packet(Object.assign(new Packet(), { bytes, ...length, ...at }))
  }
  return file.take()
}
