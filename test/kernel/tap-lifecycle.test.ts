import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PacketTap } from '../../src/kernel/packet-tap.ts'
import { Poller } from '../../src/kernel/poller.ts'
import { EtherType } from '../../src/packet/decode/ethernet.ts'
import { ethernet, ipv4, udp } from '../../src/packet/frames.ts'
import { IpProtocol, Packet } from '../../src/packet/packet.ts'
import { needsRoot, NetworkLab } from '../support/network-lab.ts'
import { inject } from './injected-frames.ts'
import { KiB, tapOf } from './tapped-packets.ts'

/* Opening and closing taps, and what goes wrong there. */

const options = { skip: needsRoot }
const ring = { blockBytes: 128 * KiB, blocks: 4 }

const openDescriptors = () => readdirSync('/proc/self/fd').length
const mappedRings = () =>
  readFileSync('/proc/self/maps', 'utf8')
    .split('\n')
    .filter((line) => line.includes('socket:'))

const frame = ethernet(
  EtherType.ipv4,
  ipv4(
    { source: '10.1.0.1', destination: '10.1.0.2', protocol: IpProtocol.udp },
    udp({ sourcePort: 1, destinationPort: 2 }, Buffer.from('datagram')),
  ),
)

/** A tap of a namespace of its own that has packets to read. */
async function readyTap(lab: NetworkLab): Promise<{ tap: PacketTap; path: string }> {
  const { path } = lab.add('node')
  const tap = tapOf(path)
  inject(path, 'eth0', [frame, frame, frame])
  await delay(120)
  return { tap, path }
}

test('a closed tap leaves no descriptor and no mapping', options, (t) => {
  const { path } = new NetworkLab(t).add('node')
  const before = openDescriptors()
  const taps = Array.from({ length: 4 }, (_, i) => tapOf(path, i < 2 ? { fanoutGroup: 1 } : {}))
  assert.equal(mappedRings().length, 4)
  for (const tap of taps) tap.close()
  for (const tap of taps) tap.close()
  assert.deepEqual(mappedRings(), [])
  assert.equal(openDescriptors(), before)
})

test(
  'a closed tap reads nothing, keeps its counts, and takes its bytes from whoever still has them',
  options,
  async (t) => {
    const { tap } = await readyTap(new NetworkLab(t))
    const packet = new Packet()
    const sink = { packet: () => undefined }
    assert.ok(tap.read(packet, sink, 16) >= 3)
    const { bytes } = packet
    assert.ok(bytes.length > 0)
    tap.close()
    assert.equal(bytes.length, 0)
    assert.equal(tap.read(packet, sink, 16), 0)
    assert.ok(tap.statistics().packets >= 3)
  },
)

test('a sink may close the tap that it reads from', options, async (t) => {
  const { tap } = await readyTap(new NetworkLab(t))
  let packets = 0
  const sink = {
    packet: () => {
      packets++
      tap.close()
    },
  }
  assert.equal(tap.read(new Packet(), sink, 16), 1)
  assert.equal(packets, 1)
  assert.deepEqual(mappedRings(), [])
})

test('a sink that throws loses its block and no other', options, async (t) => {
  const { tap, path } = await readyTap(new NetworkLab(t))
  t.after(() => tap.close())
  const packet = new Packet()
  const failing = {
    packet: () => {
      throw new Error('of the sink')
    },
  }
  assert.throws(() => tap.read(packet, failing, 1), /of the sink/)
  while (tap.read(packet, { packet: () => undefined }, 16) > 0);
  for (let round = 0; round < 40; round++) {
    inject(path, 'eth0', [frame])
    if (round % 8 === 7) await delay(60)
    tap.read(packet, { packet: () => undefined }, 16)
  }
  await delay(120)
  tap.read(packet, { packet: () => undefined }, 16)
  assert.ok(tap.statistics().packets >= 41, `${tap.statistics().packets} packets`)
  assert.equal(tap.statistics().dropped, 0)
})

test('a tap without traffic leaves its thread asleep, also when an interface went down', options, (t) => {
  const { path } = new NetworkLab(t).add('node')
  const tap = tapOf(path)
  const poller = new Poller()
  t.after(() => {
    poller.close()
    tap.close()
  })
  poller.add(tap.fd, 1)
  execFileSync('nsenter', [`--net=${path}`, 'ip', 'link', 'set', 'eth0', 'down'])
  let wakes = 0
  for (const until = Date.now() + 500; Date.now() < until;) {
    wakes += poller.wait(until - Date.now())
    tap.read(new Packet(), { packet: () => undefined }, 16)
  }
  assert.ok(wakes < 6, `it woke ${wakes} times`)
})

test('a namespace that is not there is said to be none', options, () => {
  const before = openDescriptors()
  for (const netnsPath of [
    '/run/netns/pavise-none',
    '/proc/4194305/ns/net',
    '/proc/self/ns/mnt',
    '/etc/hostname',
  ]) {
    assert.throws(() => PacketTap.open({ netnsPath, ...ring }), { code: 'no-namespace' }, netnsPath)
  }
  assert.equal(openDescriptors(), before)
})

test('a ring that the kernel would refuse is refused with the reason', options, () => {
  const before = openDescriptors()
  const own = { netnsPath: '/proc/self/ns/net' }
  const rows: [blockBytes: number, blocks: number, said: RegExp][] = [
    [100_000, 4, /power of two/],
    [64 * KiB, 4, /power of two from 131072/],
    [128 * KiB, 1, /2 blocks or more/],
    [128 * KiB, 2.5, /2 blocks or more/],
    [16 * KiB * KiB, 65, /at most 1073741824 bytes/],
  ]
  for (const [blockBytes, blocks, said] of rows) {
    assert.throws(() => PacketTap.open({ ...own, blockBytes, blocks }), { code: 'failed', message: said })
  }
  assert.throws(() => PacketTap.open({ ...own, ...ring, fanoutGroup: 65_536 }), { message: /16 bits/ })
  assert.equal(openDescriptors(), before)
})

test('without privilege a tap says what it takes', options, () => {
  const module = fileURLToPath(new URL('../../src/kernel/packet-tap.ts', import.meta.url))
  const script = `
    const { PacketTap } = await import('${module}')
    process.seteuid(65534)
    try { PacketTap.open({ netnsPath: '/proc/self/ns/net', blockBytes: 131072, blocks: 4 }) }
    catch ({ code, message, nextStep }) { console.log(JSON.stringify({ code, message, nextStep })) }`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const { code, message, nextStep } = JSON.parse(stdout) as Record<string, string>
  assert.equal(code, 'not-permitted')
  assert.match(message, /namespace \/proc\/self\/ns\/net \(E(PERM|ACCES)/)
  assert.match(nextStep, /CAP_SYS_ADMIN/)
})
