import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { suite, test, type TestContext } from 'node:test'
import {
  type AddressChange,
  type AddressRule,
  changeAddressRules,
} from '../../src/kernel/netfilter/address-maps.ts'
import {
  enforcementState,
  generationOf,
  queuedPackets,
} from '../../src/kernel/netfilter/enforcement-state.ts'
import {
  beginGeneration,
  putEnforcement,
  removeEnforcement,
} from '../../src/kernel/netfilter/enforcement-table.ts'
import { QUEUE } from '../../src/kernel/netfilter/names.ts'
import {
  ConnectionMark,
  FIRST_GENERATION,
  generationBits,
  LAST_GENERATION,
} from '../../src/kernel/netfilter/marks.ts'
import { QueueBuffers } from '../../src/kernel/netfilter/queue-buffers.ts'
import { findQueueExpression } from '../../src/kernel/netfilter/queue-expression.ts'
import { RawSender } from '../../src/kernel/netfilter/raw-sender.ts'
import { type PacketJudge, VerdictQueue } from '../../src/kernel/netfilter/verdict-queue.ts'
import { PacketVerdict } from '../../src/kernel/netfilter/verdict-writer.ts'
import { decode } from '../../src/packet/decode.ts'
import { PacketTap } from '../../src/kernel/packet-tap.ts'
import { EtherType } from '../../src/packet/decode/ethernet.ts'
import { ethernet, ipv4, tcp, udp } from '../../src/packet/frames.ts'
import { IpProtocol, Packet, TcpFlag } from '../../src/packet/packet.ts'
import { eventually } from '../controller/fixture.ts'
import { inject } from './injected-frames.ts'
import { seenBy } from './tapped-packets.ts'
import { type LabNode, needsRoot, NetworkLab } from '../support/network-lab.ts'

const rules = {
  failOpen: true,
  isQuarantined: false,
  queueExpression: needsRoot === false ? findQueueExpression() : 'queue',
  ownMark: 0x0567_8901,
  generation: FIRST_GENERATION,
} as const

/** Says what it was sent, in capitals; over TCP and UDP, IPv4 and IPv6. */
const echo = `
  const answer = (data) => data.toString().toUpperCase()
  require('node:net').createServer((socket) => {
    socket.on('data', (data) => socket.write(answer(data))).on('error', () => undefined)
  }).listen(7, '::')
  const udp = require('node:dgram').createSocket('udp6', (data, { port, address }) => udp.send(answer(data), port, address))
  udp.bind(7, '::', () => console.log('listening'))`

/** Says one word after the other over one connection, and prints what came back, or the error, with the milliseconds. */
function say(host: string, ...words: string[]): string {
  return `
    const began = performance.now()
    const end = (text) => { console.log(text); console.log(Math.round(performance.now() - began)); process.exit() }
    const words = ${JSON.stringify(words)}
    const heard = []
    const socket = require('node:net').connect(7, '${host}', () => socket.write(words.shift()))
    socket.on('error', ({ code }) => end([...heard, code].join(' '))).on('close', () => end([...heard, 'closed'].join(' ')))
    socket.on('data', (data) => {
      heard.push(String(data))
      if (words.length > 0) socket.write(words.shift())
      else end(heard.join(' '))
    })
    socket.setTimeout(1500, () => end([...heard, 'silence'].join(' ')))`
}

/** Says a word again and again over one connection, and prints the answers. */
const beats = (host: string) => `
  const socket = require('node:net').connect({ port: 7, host: '${host}', noDelay: true })
  socket.on('data', (data) => console.log(String(data)))
  setInterval(() => socket.write('beat'), 20)`

async function heard(lab: NetworkLab, from: LabNode, script: string): Promise<string> {
  return (await lab.run(from, script)).split('\n')[0]
}

interface Served {
  queue: VerdictQueue
  /** What was judged: way, protocol, ports. */
  judged: string[]
}

/** Serves the queue of a node while the test waits for something else. */
function serve(t: TestContext, { path }: LabNode, judge: PacketJudge['judge']): Served {
  const queue = VerdictQueue.open({ netnsPath: path, queue: QUEUE, failOpen: true }, new QueueBuffers())
  queue.generation = FIRST_GENERATION
  const packet = new Packet()
  const judged: string[] = []
  const timer = setInterval(() => {
    const time = Date.now() * 1000
    while (queue.read(packet, time, judgeOf(judge, judged)) > 0);
  }, 1)
  t.after(() => {
    clearInterval(timer)
    queue.close()
  })
  return { queue, judged }
}

/** What the tests note of each connection that is released. */
const NOTE = 0x155

function judgeOf(judge: PacketJudge['judge'], judged: string[]): PacketJudge {
  return {
    note: NOTE,
    judge(packet, isOutgoing, recalled) {
      decode(packet)
      judged.push(
        `${isOutgoing ? 'out' : 'in'} ${packet.protocol} ${packet.sourcePort} ${packet.destinationPort}`,
      )
      return judge(packet, isOutgoing, recalled)
    },
  }
}

function nft(node: LabNode, ...command: string[]): string {
  return execFileSync('nsenter', [`--net=${node.path}`, 'nft', ...command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

async function labOfTwo(t: TestContext): Promise<{ lab: NetworkLab; server: LabNode; client: LabNode }> {
  const lab = new NetworkLab(t)
  const server = lab.add('server')
  const client = lab.add('client')
  await lab.start(server, echo)
  return { lab, server, client }
}

const containsWord = (packet: Packet, word: string) =>
  Buffer.from(packet.bytes.subarray(packet.payloadStart, packet.payloadEnd)).includes(word)

suite('the verdict queue of a network namespace', { skip: needsRoot }, () => {
  test('holds packets of both directions, over IPv4 and IPv6, until they are judged', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    const { judged, queue } = serve(t, client, () => PacketVerdict.pass)
    putEnforcement(client.path, rules)
    for (const host of [server.address, server.address6])
      assert.equal(await heard(lab, client, say(host, 'one', 'two')), 'ONE TWO')
    assert.ok(judged.filter((line) => /^out 6 \d+ 7$/.test(line)).length >= 6, judged.join('\n'))
    assert.ok(judged.filter((line) => /^in 6 7 \d+$/.test(line)).length >= 6, judged.join('\n'))
    const counted = () => nft(client, 'list', 'counter', 'inet', 'pavise', 'queued')
    await eventually(() => counted().includes(`packets ${queue.packets} `), 'all that was counted is judged')
  })

  test('sees no more of a connection that is released', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    const { judged } = serve(t, client, (packet) =>
      containsWord(packet, 'two') ? PacketVerdict.release : PacketVerdict.pass,
    )
    putEnforcement(client.path, rules)
    assert.equal(
      await heard(lab, client, say(server.address, 'one', 'two', 'three', 'four')),
      'ONE TWO THREE FOUR',
    )
    const ways = judged.filter((line) => line.includes(' 6 ')).map((line) => line.split(' ')[0])
    // SYN, its answer, the acknowledgment; then `one`, and `ONE` in one or two packets, and `two`.
    assert.ok(ways.length <= 8 && ways.at(-1) === 'out', judged.join('\n'))
  })

  test('sees a connection that was released once more in another generation, with what was noted of it', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    const seen: string[] = []
    const { queue } = serve(t, client, (packet, isOutgoing, { note, isFromAnswerer }) => {
      if (note >= 0) seen.push(`${note} ${isOutgoing} ${isFromAnswerer}`)
      return packet.payloadLength > 0 ? PacketVerdict.release : PacketVerdict.pass
    })
    putEnforcement(client.path, rules)
    let answers = 0
    const { stdout } = await lab.start(client, beats(server.address))
    stdout?.on('data', () => answers++)
    const someAnswers = async () => {
      const enough = answers + 5
      await eventually(() => answers >= enough, 'it goes on')
    }
    await someAnswers()
    assert.deepEqual([seen.length, generationOf(client.path)], [0, FIRST_GENERATION])
    beginGeneration(client.path, { ...rules, generation: LAST_GENERATION })
    // A release by what held before is none.
    const both = [`${NOTE} true false`, `${NOTE} false true`]
    await eventually(() => both.every((each) => seen.includes(each)), 'it is asked about again')
    queue.generation = LAST_GENERATION
    await someAnswers()
    const asked = seen.length
    await someAnswers()
    assert.deepEqual([seen.length, generationOf(client.path)], [asked, LAST_GENERATION])
  })

  test('resets the sender of what is denied, and whoever goes on with that connection', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    serve(t, client, (packet) => (containsWord(packet, 'two') ? PacketVerdict.deny : PacketVerdict.pass))
    putEnforcement(client.path, rules)
    for (const host of [server.address, server.address6]) {
      const [words, time] = (await lab.run(client, say(host, 'one', 'two', 'three'))).split('\n')
      assert.equal(words, 'ONE ECONNRESET')
      assert.ok(Number(time) < 1000, `${time} ms`)
    }
  })

  test('refuses a connection whose first packet is denied', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    serve(t, server, (packet) =>
      packet.protocol === IpProtocol.tcp ? PacketVerdict.deny : PacketVerdict.pass,
    )
    putEnforcement(server.path, rules)
    for (const host of [server.address, server.address6])
      assert.equal(await heard(lab, client, say(host, 'one')), 'ECONNREFUSED')
  })

  test('drops without a word', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    serve(t, client, (packet) => (containsWord(packet, 'one') ? PacketVerdict.drop : PacketVerdict.pass))
    putEnforcement(client.path, rules)
    assert.equal(await heard(lab, client, say(server.address, 'one')), 'silence')
  })

  test('lets pass, or not, as asked, while nobody serves it', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    assert.equal(enforcementState(client.path), undefined)
    assert.equal(queuedPackets(client.path), 0)
    putEnforcement(client.path, rules)
    assert.deepEqual(enforcementState(client.path), { isQuarantined: false, isServed: false })
    assert.equal(await heard(lab, client, say(server.address, 'one')), 'ONE')
    assert.ok(queuedPackets(client.path) >= 5)
    putEnforcement(client.path, { ...rules, failOpen: false })
    assert.equal(await heard(lab, client, say(server.address, 'one')), 'silence')
    removeEnforcement(client.path)
    assert.equal(await heard(lab, client, say(server.address, 'one')), 'ONE')
  })

  test('is bound by one only', async (t) => {
    const { client } = await labOfTwo(t)
    serve(t, client, () => PacketVerdict.pass)
    const again = () =>
      VerdictQueue.open({ netnsPath: client.path, queue: QUEUE, failOpen: true }, new QueueBuffers())
    assert.throws(again, { name: 'KernelError', message: /cannot bind a verdict queue/ })
  })

  test('sees nothing of the loopback', async (t) => {
    const { lab, server } = await labOfTwo(t)
    const { judged } = serve(t, server, () => PacketVerdict.deny)
    putEnforcement(server.path, rules)
    assert.equal(await heard(lab, server, say('127.0.0.1', 'one', 'two')), 'ONE TWO')
    assert.equal(await heard(lab, server, say(server.address, 'one', 'two')), 'ONE TWO')
    assert.deepEqual(
      judged.filter((line) => line.includes(' 6 ')),
      [],
    )
  })
})

suite('address rules in a network namespace', { skip: needsRoot }, () => {
  const rule = (change: Partial<AddressRule>): AddressRule => ({
    direction: 'outgoing',
    layer: 'networks',
    family: 4,
    firstAddress: '10.77.0.0',
    lastAddress: '10.77.0.255',
    firstProtocol: IpProtocol.tcp,
    lastProtocol: IpProtocol.tcp,
    firstPort: 1,
    lastPort: 100,
    isRefused: true,
    ...change,
  })
  const change = (added: AddressRule[], more: Partial<AddressChange> = {}): AddressChange => ({
    isWhole: true,
    removed: [],
    added,
    refusedOtherwise: [],
    ...more,
  })

  test('refuse by address, protocol and port, the nearest first, also while nobody serves the queue', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    putEnforcement(client.path, rules)
    const own = { firstAddress: server.address, lastAddress: server.address }
    const v6 = { family: 6, firstAddress: 'fd77::', lastAddress: 'fd77::ffff' } as const
    const rows: [change: AddressChange, ipv4: string, ipv6: string][] = [
      [change([rule({})]), 'ECONNREFUSED', 'ONE'],
      [change([rule({ firstPort: 8 })]), 'ONE', 'ONE'],
      [change([rule({ firstProtocol: IpProtocol.udp, lastProtocol: IpProtocol.udp })]), 'ONE', 'ONE'],
      [change([rule({}), rule({ ...own, layer: 'workloads', isRefused: false })]), 'ONE', 'ONE'],
      [change([rule(v6)]), 'ONE', 'ECONNREFUSED'],
      [change([], { refusedOtherwise: ['incoming'] }), 'ONE', 'ONE'],
      [change([rule({ isRefused: false })], { refusedOtherwise: ['outgoing'] }), 'ONE', 'ECONNREFUSED'],
    ]
    for (const [each, ipv4, ipv6] of rows) {
      changeAddressRules(client.path, each)
      assert.equal(await heard(lab, client, say(server.address, 'one')), ipv4, JSON.stringify(each))
      assert.equal(await heard(lab, client, say(server.address6, 'one')), ipv6, JSON.stringify(each))
    }
  })

  test('leave the loopback alone', async (t) => {
    const { lab, server } = await labOfTwo(t)
    putEnforcement(server.path, rules)
    changeAddressRules(server.path, change([], { refusedOtherwise: ['outgoing', 'incoming'] }))
    for (const host of ['127.0.0.1', '::1', server.address, server.address6])
      assert.equal(await heard(lab, server, say(host, 'one')), 'ONE', host)
  })

  test('refuse what comes in by who sends it, and follow changes of single elements', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    putEnforcement(server.path, rules)
    const one = rule({ direction: 'incoming', firstAddress: client.address, lastAddress: client.address })
    changeAddressRules(server.path, change([one]))
    assert.equal(await heard(lab, client, say(server.address, 'one')), 'ECONNREFUSED')
    changeAddressRules(server.path, change([], { isWhole: false, removed: [one] }))
    assert.equal(await heard(lab, client, say(server.address, 'one')), 'ONE')
  })

  test('are changed by the thousand at once', async (t) => {
    const { client } = await labOfTwo(t)
    putEnforcement(client.path, rules)
    const many = Array.from({ length: 2_000 }, (_, i) =>
      rule({ firstAddress: `10.1.${i >> 8}.${i & 255}`, lastAddress: `10.1.${i >> 8}.${i & 255}` }),
    )
    const began = performance.now()
    changeAddressRules(client.path, change(many))
    t.diagnostic(`2,000 elements in ${(performance.now() - began).toFixed(0)} ms`)
    const listed = nft(client, 'list', 'map', 'inet', 'pavise', 'outgoing-networks-4')
    assert.equal(listed.match(/10\.1\./g)?.length, many.length)
  })
})

suite('the rules in a network namespace', { skip: needsRoot }, () => {
  test('leave those of others alone, while they are there and when they go', async (t) => {
    const { client } = await labOfTwo(t)
    nft(client, 'add table inet other { chain c { type filter hook output priority 0; tcp dport 9 drop; }; }')
    nft(client, 'add table ip pavise')
    const before = nft(client, 'list', 'ruleset')
    putEnforcement(client.path, rules)
    putEnforcement(client.path, { ...rules, isQuarantined: true })
    assert.notEqual(nft(client, 'list', 'ruleset'), before)
    removeEnforcement(client.path)
    removeEnforcement(client.path)
    assert.equal(nft(client, 'list', 'ruleset'), before)
  })

  test('of a quarantine let nothing pass, not even what goes on, in under 100 ms', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    serve(t, client, () => PacketVerdict.release)
    putEnforcement(client.path, rules)
    const running = lab.run(
      client,
      `const socket = require('node:net').connect(7, '${server.address}')
       let last = 0
       socket.on('data', () => (last = Date.now()))
       setInterval(() => socket.write('on'), 5)
       setTimeout(() => { console.log(last); process.exit() }, 1200)`,
    )
    await new Promise((resolve) => setTimeout(resolve, 600))
    const began = Date.now()
    putEnforcement(client.path, { ...rules, isQuarantined: true })
    const tookMs = Date.now() - began
    const last = Number(await running)
    assert.ok(
      tookMs < 100 && last > 0 && last <= began + 100,
      `took ${tookMs} ms, last answer ${last - began} ms after`,
    )
    assert.equal(await heard(lab, server, say(client.address, 'one')), 'silence')
    assert.deepEqual(enforcementState(client.path), { isQuarantined: true, isServed: true })
    putEnforcement(client.path, rules)
    assert.deepEqual(enforcementState(client.path), { isQuarantined: false, isServed: true })
    assert.equal(await heard(lab, client, say(server.address, 'one')), 'ONE')
  })

  test('take away what a workload says of its own connections by marks', async (t) => {
    const { server, client } = await labOfTwo(t)
    const { judged } = serve(t, server, () => PacketVerdict.pass)
    putEnforcement(server.path, rules)
    putEnforcement(client.path, rules)
    const ends = { source: client.address, destination: server.address, protocol: IpProtocol.udp }
    for (const [port, mark] of [
      [1001, 0],
      [1002, ConnectionMark.denied],
      [1003, generationBits(FIRST_GENERATION)],
    ]) {
      const sender = RawSender.open(client.path, mark)
      const packet = ipv4(ends, udp({ sourcePort: port, destinationPort: 7 }, Buffer.from('datagram')))
      sender.send(packet, 0, packet.length)
      sender.close()
      await eventually(() => judged.includes(`in 17 ${port} 7`), `the datagram from port ${port} arrives`)
    }
  })

  test('let pass what refuses a connection in our name, and nothing else in it', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    const queued = serve(t, client, () => PacketVerdict.drop)
    putEnforcement(client.path, rules)
    const sender = RawSender.open(client.path, rules.ownMark)
    t.after(() => sender.close())
    const { judged } = serve(t, server, () => PacketVerdict.pass)
    putEnforcement(server.path, rules)
    const ends = { source: client.address, destination: server.address, protocol: IpProtocol.tcp }
    for (const [port, flags] of [
      [1001, TcpFlag.rst],
      [1002, TcpFlag.syn],
    ]) {
      const packet = ipv4(ends, tcp({ sourcePort: port, destinationPort: 7, flags }, new Uint8Array(0)))
      sender.send(packet, 0, packet.length)
    }
    await eventually(() => queued.judged.includes('out 6 1002 7'), 'the other is held')
    await eventually(() => judged.includes('in 6 1001 7'), 'the reset arrives')
    assert.ok(!queued.judged.includes('out 6 1001 7') && !judged.includes('in 6 1002 7'))
    assert.equal(await heard(lab, client, say(server.address, 'one')), 'silence')
  })
})

suite('a tap that leaves to the queue what that holds', { skip: needsRoot }, () => {
  test('sees the loopback and what is sent past the rules, and nothing else until it is to see all again', async (t) => {
    const { lab, server, client } = await labOfTwo(t)
    putEnforcement(client.path, rules)
    const tap = PacketTap.open({ netnsPath: client.path, blockBytes: 128 * 1024, blocks: 4 })
    t.after(() => tap.close())
    tap.takeUnheldOnly(true)
    const ends = { source: client.address, destination: server.address, protocol: IpProtocol.udp }
    const past = ipv4(ends, udp({ sourcePort: 1001, destinationPort: 9 }, Buffer.from('past')))
    const ports = async (during: () => Promise<unknown>) =>
      new Set((await seenBy(tap, during)).map(({ destinationPort }) => destinationPort))
    const held = await ports(async () => {
      await heard(lab, client, say(server.address, 'one'))
      await heard(lab, client, say('127.0.0.1', 'one'))
      inject(client.path, 'eth0', [ethernet(EtherType.ipv4, past)])
    })
    assert.ok(held.has(9), 'what a packet socket sent')
    assert.ok(held.has(7), 'the loopback')
    const outside = await seenBy(tap, async () => heard(lab, client, say(server.address, 'one')))
    assert.deepEqual(
      outside.filter(({ protocol }) => protocol === IpProtocol.tcp),
      [],
    )
    tap.takeUnheldOnly(false)
    const all = await seenBy(tap, async () => heard(lab, client, say(server.address, 'one')))
    assert.ok(all.some(({ protocol }) => protocol === IpProtocol.tcp))
  })
})
