import { Family, SocketType } from '../../src/kernel/constants.ts'
import { bind, must, send, socket } from '../../src/kernel/libc.ts'
import { EtherType } from '../../src/packet/decode/ethernet.ts'
import { ethernet, ipv4, tcp } from '../../src/packet/frames.ts'
import { IpProtocol, TcpFlag } from '../../src/packet/packet.ts'

/*
 * A program that sends small packets of 256 flows as fast as it can, in the namespace in which it is started, until it is
 * killed. Argument: the interface's number.
 */

const FLOWS = 256
const PAYLOAD_BYTES = 64
const BROADCAST = new Uint8Array(6).fill(0xff)

const frames = Array.from({ length: FLOWS }, (_, i) => {
  const segment = tcp(
    { sourcePort: 1024 + i, destinationPort: 443, sequence: i, flags: TcpFlag.ack },
    new Uint8Array(PAYLOAD_BYTES),
  )
  const fields = { source: `10.2.0.${i}`, destination: '10.3.0.1', protocol: IpProtocol.tcp }
  const frame = ethernet(EtherType.ipv4, ipv4(fields, segment))
  frame.set(BROADCAST)
  return frame
})
/** `struct sockaddr_ll`: family, protocol, interface. */
const address = new Uint8Array(20)
const view = new DataView(address.buffer)
view.setUint16(0, Family.packet, true)
view.setInt32(4, Number(process.argv[2]), true)

const fd = must(socket(Family.packet, SocketType.raw, 0), 'open a packet socket')
must(bind(fd, address, address.length), 'bind it')
for (let i = 0; ; i++) {
  const frame = frames[i % FLOWS]
  send(fd, frame, frame.length, 0)
}
