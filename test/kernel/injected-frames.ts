import { execFileSync } from 'node:child_process'
import { Family, SocketType } from '../../src/kernel/constants.ts'
import { bind, close, must, send, socket } from '../../src/kernel/libc.ts'
import { inNetworkNamespace } from '../../src/kernel/namespaces.ts'

const LINK_ADDRESS_BYTES = 20

interface Link {
  ifindex: number
  operstate: string
  qdisc: string
}

function link(namespace: string, name: string): Link {
  const text = execFileSync('nsenter', [`--net=${namespace}`, 'ip', '-j', 'link', 'show', name], {
    encoding: 'utf8',
  })
  return (JSON.parse(text) as Link[])[0]
}

export function interfaceIndex(namespace: string, name: string): number {
  return link(namespace, name).ifindex
}

/** What is sent before the kernel has noticed that the other end is up too is thrown away without a word. */
function awaitLink(namespace: string, name: string): number {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  for (let waits = 0; waits < 500; waits++) {
    const { ifindex, operstate, qdisc } = link(namespace, name)
    if (operstate === 'UP' && qdisc !== 'noop') return ifindex
    Atomics.wait(sleeper, 0, 0, 5)
  }
  throw new Error(`${name} of ${namespace} does not come up`)
}

/**
 * Sends frames as they are out of an interface.
 * @param protocol what the sender tells the kernel that they carry; the frames themselves may say something else
 */
export function inject(
  namespace: string,
  interfaceName: string,
  frames: Uint8Array[],
  protocol = 0x0800,
): void {
  const address = new Uint8Array(LINK_ADDRESS_BYTES)
  const view = new DataView(address.buffer)
  view.setUint16(0, Family.packet, true)
  view.setUint16(2, protocol, false)
  view.setInt32(4, awaitLink(namespace, interfaceName), true)
  const fd = inNetworkNamespace(namespace, () =>
    must(socket(Family.packet, SocketType.raw | SocketType.closeOnExec, 0), 'open a packet socket'),
  )
  try {
    must(bind(fd, address, address.length), 'bind it')
    for (const frame of frames) must(send(fd, frame, frame.length, 0), 'send a frame')
  } finally {
    close(fd)
  }
}
