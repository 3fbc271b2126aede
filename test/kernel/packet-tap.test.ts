import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { EtherType } from '../../src/packet/decode/ethernet.ts'
import { concatenate, ethernet, ipv4, ipv6, tcp, udp, vlan } from '../../src/packet/frames.ts'
import { IpProtocol, TcpFlag } from '../../src/packet/packet.ts'
import { needsRoot, NetworkLab } from '../support/network-lab.ts'
import { inject, interfaceIndex } from './injected-frames.ts'
import { flowOf, isTcp, isUdp, KiB, type Seen, seenBy, seenByAll, tapOf } from './tapped-packets.ts'

/* The tap in real network namespaces: what it sees of what the kernel carries there. */

const options = { skip: needsRoot }

/** Answers each datagram with itself in capitals, on both families. */
const UDP_ECHO = `
  const dgram = require('node:dgram')
  const socket = dgram.createSocket('udp6')
  socket.on('message', (text, from) => socket.send(text.toString().toUpperCase(), from.port, from.address))
  socket.bind(7000, '::', () => console.log('ready'))`

/** Sends a datagram and waits for its answer. */
const askUdp = (address: string, text: string) => `
  const dgram = require('node:dgram')
  const socket = dgram.createSocket('${address.includes(':') ? 'udp6' : 'udp4'}')
  socket.on('message', (answer) => { console.log(answer.toString()); socket.close() })
  socket.send('${text}', 7000, '${address}')`

const payloads = (seen: Seen[]) =>
  seen.filter(isUdp).map(({ ipVersion, payload }) => `${ipVersion} ${payload}`)

function datagram(
  sourcePort: number,
  text: string,
  source = '10.1.0.1',
  destination = '10.1.0.2',
): Uint8Array {
  const content = udp({ sourcePort, destinationPort: 7000 }, Buffer.from(text))
  return ipv4({ source, destination, protocol: IpProtocol.udp }, content)
}

/** To every station, so that a bridge carries it. */
function segment(etherType: number, ports: [number, number], hosts: [string, string]): Uint8Array {
  const [sourcePort, destinationPort] = ports
  const content = tcp({ sourcePort, destinationPort, sequence: 1, flags: TcpFlag.ack })
  const isFour = etherType === EtherType.ipv4
  const [source, destination] = hosts.map((host) => (isFour ? `10.1.0.${host}` : `fd00::${host}`))
  const fields = { source, destination, protocol: IpProtocol.tcp }
  const frame = ethernet(etherType, isFour ? ipv4(fields, content) : ipv6(fields, content))
  return frame.fill(0xff, 0, 6)
}

test('a tap sees both directions of both families, in order, with the kernel’s time', options, async (t) => {
  const lab = new NetworkLab(t)
  const [server, client] = [lab.add('server'), lab.add('client')]
  await lab.start(server, UDP_ECHO)
  const tap = tapOf(server.path)
  t.after(() => tap.close())
  tap.networkId = 77
  const began = Date.now()
  const seen = await seenBy(tap, async () => {
    assert.equal(await lab.run(client, askUdp(server.address, 'four')), 'FOUR\n')
    assert.equal(await lab.run(client, askUdp(server.address6, 'six')), 'SIX\n')
  })
  assert.deepEqual(payloads(seen), ['4 four', '4 FOUR', '6 six', '6 SIX'])
  const index = interfaceIndex(server.path, 'eth0')
  for (const packet of seen.filter(isUdp)) {
    assert.equal(packet.networkId, 77)
    assert.equal(packet.interfaceId, index)
    assert.ok(packet.isWhole)
    assert.ok(packet.timeMs > began - 1 && packet.timeMs < Date.now() + 1, 'its time is now')
  }
  const { packets, dropped, cut } = tap.statistics()
  assert.ok(packets >= 4)
  assert.deepEqual({ dropped, cut }, { dropped: 0, cut: 0 })
})

test('a packet on loopback is seen once', options, async (t) => {
  const lab = new NetworkLab(t)
  const node = lab.add('alone')
  await lab.start(node, UDP_ECHO)
  const tap = tapOf(node.path)
  t.after(() => tap.close())
  const seen = await seenBy(tap, async () => {
    await lab.run(node, askUdp('127.0.0.1', 'four'))
    await lab.run(node, askUdp('::1', 'six'))
    await lab.run(node, askUdp(node.address, 'own'))
  })
  assert.deepEqual(payloads(seen), ['4 four', '4 FOUR', '6 six', '6 SIX', '4 own', '4 OWN'])
})

test('large packets of segmentation offload are seen whole, and none is lost', options, async (t) => {
  const bulkBytes = 100_000_000
  const lab = new NetworkLab(t)
  const [server, client] = [lab.add('server'), lab.add('client')]
  await lab.start(
    server,
    `require('node:net').createServer((socket) => socket.resume()).listen(7000, () => console.log('ready'))`,
  )
  const tap = tapOf(server.path, { blocks: 256 })
  t.after(() => tap.close())
  const seen = await seenBy(tap, () =>
    lab.run(
      client,
      `const socket = require('node:net').connect(7000, '${server.address}')
      const chunk = Buffer.alloc(1_000_000, 'x')
      for (let i = 0; i < ${bulkBytes / 1_000_000}; i++) socket.write(chunk)
      socket.end()`,
    ),
  )
  const segments = seen.filter((packet) => isTcp(packet) && packet.destinationPort === 7000)
  const bytes = segments.reduce((sum, { payloadBytes }) => sum + payloadBytes, 0)
  const largest = Math.max(...segments.map(({ payloadBytes }) => payloadBytes))
  assert.ok(bytes >= bulkBytes, `${bytes} bytes were seen`)
  assert.ok(largest > 30_000, `the largest had ${largest} bytes`)
  assert.ok(segments.every(({ isWhole }) => isWhole))
  assert.equal(tap.statistics().dropped, 0)
  assert.equal(tap.statistics().cut, 0)
})

test('taps of one group share packets so that a flow stays with one', options, async (t) => {
  const flows = 64
  const lab = new NetworkLab(t)
  const [one, other] = [lab.add('one'), lab.add('other')]
  const taps = [1, 2].map(() => tapOf(one.path, { fanoutGroup: 9 }))
  t.after(() => taps.forEach((tap) => tap.close()))
  const seen = await seenByAll(taps, () => {
    for (const etherType of [EtherType.ipv4, EtherType.ipv6]) {
      const ports = Array.from({ length: flows }, (_, i) => 20_000 + i)
      inject(
        one.path,
        'eth0',
        ports.map((port) => segment(etherType, [port, 443], ['1', '2'])),
        etherType,
      )
      inject(
        other.path,
        'eth0',
        ports.map((port) => segment(etherType, [443, port], ['2', '1'])),
        etherType,
      )
    }
  })
  const names = seen.map((packets) => packets.filter(isTcp).map(flowOf))
  const [first, second] = names.map((each) => new Set(each))
  assert.equal(names[0].length + names[1].length, flows * 4, 'each packet is seen once')
  assert.equal(first.size + second.size, flows * 2, 'no flow is in both')
  assert.ok(first.size > flows / 2 && second.size > flows / 2, `${first.size} and ${second.size} flows`)
})

test('taps of one group see fragments of IPv4 put together', options, async (t) => {
  const lab = new NetworkLab(t)
  const node = lab.add('node')
  const tap = tapOf(node.path, { fanoutGroup: 9 })
  t.after(() => tap.close())
  const content = udp({ sourcePort: 5, destinationPort: 7000 }, Buffer.alloc(2000, 'f'))
  const fields = { source: '10.1.0.1', destination: '10.1.0.2', protocol: IpProtocol.udp, id: 4 }
  const fragments = [
    ipv4({ ...fields, fragmentOffset: 0, moreFragments: true }, content.subarray(0, 1200)),
    ipv4({ ...fields, fragmentOffset: 1200 }, content.subarray(1200)),
  ]
  const frames = fragments.map((fragment) => ethernet(EtherType.ipv4, fragment))
  const seen = await seenBy(tap, () => inject(node.path, 'eth0', frames))
  assert.deepEqual(
    seen.filter(isUdp).map(({ payloadBytes }) => payloadBytes),
    [2000],
  )
})

test('a VLAN tag is part of the network, whether the kernel took it off or not', options, async (t) => {
  const lab = new NetworkLab(t)
  const [sender, receiver] = [lab.add('sender'), lab.add('receiver')]
  const frames = [
    ethernet(EtherType.ipv4, datagram(1, 'without')),
    ethernet(EtherType.vlan, vlan(100, EtherType.ipv4, datagram(2, 'tagged'))),
    ethernet(EtherType.serviceVlan, vlan(7, EtherType.vlan, vlan(8, EtherType.ipv4, datagram(3, 'twice')))),
  ]
  const taps = [tapOf(sender.path), tapOf(receiver.path)]
  t.after(() => taps.forEach((tap) => tap.close()))
  const seen = await seenByAll(taps, async () => {
    inject(sender.path, 'eth0', frames)
    await delay(20)
  })
  const [asSent, asReceived] = seen.map((packets) =>
    packets.filter(isUdp).map(({ payload, networkId, isWhole }) => ({ payload, networkId, isWhole })),
  )
  assert.deepEqual(asReceived, asSent, 'both ends call it the same')
  assert.deepEqual(
    asSent.map(({ payload, isWhole }) => [payload, isWhole]),
    [
      ['without', true],
      ['tagged', true],
      ['twice', true],
    ],
  )
  assert.deepEqual(
    asSent.slice(0, 2).map(({ networkId }) => networkId),
    [0, 100],
  )
  assert.ok(![0, 7, 8, 100].includes(asSent[2].networkId), 'two tags are a network of their own')
})

test('what a packet carries is read from the packet, not believed of its sender', options, async (t) => {
  const lab = new NetworkLab(t)
  const node = lab.add('node')
  const tap = tapOf(node.path)
  t.after(() => tap.close())
  const seen = await seenBy(tap, () =>
    inject(node.path, 'eth0', [ethernet(EtherType.ipv4, datagram(1, 'hidden'))], 0x88b5),
  )
  assert.deepEqual(payloads(seen), ['4 hidden'])
})

test('what is not IP is passed over, and counted', options, async (t) => {
  const lab = new NetworkLab(t)
  const node = lab.add('node')
  const tap = tapOf(node.path)
  t.after(() => tap.close())
  const arp = ethernet(0x0806, new Uint8Array(28))
  const local = ethernet(0x88b5, concatenate(datagram(1, 'no IP'), new Uint8Array(1000)))
  const seen = await seenBy(tap, () => inject(node.path, 'eth0', [arp, local, arp]))
  assert.deepEqual(payloads(seen), [])
  assert.equal(tap.statistics().passedOver, 3)
})

test('what nobody reads is dropped when the ring is full, and counted to the packet', options, async (t) => {
  const lab = new NetworkLab(t)
  const node = lab.add('node')
  // So that nothing passes but what the test sends.
  const noSix = 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6'
  execFileSync('nsenter', [`--net=${node.path}`, 'sh', '-c', noSix])
  const tap = tapOf(node.path, { blocks: 2 })
  t.after(() => tap.close())
  const frames = Array.from({ length: 500 }, (_, i) =>
    ethernet(EtherType.ipv4, datagram(i, 'x'.repeat(1400))),
  )
  inject(node.path, 'eth0', frames)
  const dropped = tap.statistics().dropped
  assert.ok(dropped > 250 && dropped < 400, `${dropped} were dropped`)
  const seen = await seenBy(tap, () => undefined)
  const ours = seen.filter(({ payloadBytes }) => payloadBytes === 1400).length
  // One or another that the kernel sends of itself may be among the dropped, none of ours among the uncounted.
  const others = ours + dropped - 500
  assert.ok(others >= 0 && others <= 3, `${ours} of 500 were seen and ${dropped} dropped`)
  assert.equal(tap.statistics().dropped, dropped, 'what was counted stays')
  const later = await seenBy(tap, () => inject(node.path, 'eth0', frames.slice(0, 5)))
  assert.equal(later.filter(isUdp).length, 5, 'the ring goes on')
})

test('interfaces that come later are seen, and those that go end nothing', options, async (t) => {
  const lab = new NetworkLab(t)
  const node = lab.add('node')
  const ip = (...args: string[]) => execFileSync('nsenter', [`--net=${node.path}`, 'ip', ...args])
  const tap = tapOf(node.path)
  t.after(() => tap.close())
  const frames = (text: string) => [ethernet(EtherType.ipv4, datagram(1, text))]
  const seen = await seenBy(tap, async () => {
    ip('link', 'add', 'late0', 'type', 'veth', 'peer', 'name', 'late1')
    ip('link', 'set', 'late1', 'up')
    ip('link', 'set', 'late0', 'up')
    inject(node.path, 'late0', frames('late'))
    ip('link', 'set', 'eth0', 'down')
    await delay(100)
    ip('link', 'set', 'eth0', 'up')
    inject(node.path, 'eth0', frames('up again'))
    ip('link', 'delete', 'late0')
    inject(node.path, 'eth0', frames('after'))
    await delay(20)
  })
  assert.deepEqual(payloads(seen), ['4 late', '4 late', '4 up again', '4 after'])
})

test('a tap of 16 blocks holds what came before anyone read', options, async (t) => {
  const lab = new NetworkLab(t)
  const node = lab.add('node')
  const tap = tapOf(node.path, { blocks: 16, blockBytes: 128 * KiB })
  t.after(() => tap.close())
  const frames = Array.from({ length: 1000 }, (_, i) => ethernet(EtherType.ipv4, datagram(i, `number ${i}`)))
  inject(node.path, 'eth0', frames)
  const seen = await seenBy(tap, () => undefined)
  assert.deepEqual(
    payloads(seen),
    frames.map((_, i) => `4 number ${i}`),
  )
})
