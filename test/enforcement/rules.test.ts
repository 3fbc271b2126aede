import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import { onlyNamespaces } from '../enforcer/pavise-up.ts'
import { type LabNode, needsRoot, NetworkLab } from '../support/network-lab.ts'
import type { FlowRecord } from '../../src/model/records.ts'
import { generationOf, queuedPackets } from '../../src/kernel/netfilter/enforcement-state.ts'
import { eventually } from '../controller/fixture.ts'
import { EnforcedLab } from './enforced-lab.ts'
import { answers, toServer, web, workloadId } from './lab-scripts.ts'

async function labOfTwo(t: TestContext) {
  const lab = new NetworkLab(t)
  const [server, client] = [lab.add('server'), lab.add('client')]
  await lab.start(server, web)
  const enforced = await EnforcedLab.start(t, onlyNamespaces(lab.folder))
  return { lab, server, client, enforced }
}

/** Personal data of these categories may not go from the client to the server. */
function forbidding(...categories: string[]): string {
  return `apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: to-the-server}
spec:
  from: nv.client.default
  toGroup: nv.server.default
  personalData: {forbidden: [${categories.join(', ')}]}
`
}

/** Attacks on these are cut, on no others. */
function blocking(group: string): string {
  return `---
apiVersion: pavise.dev/v1
kind: Protection
metadata: {name: attacks}
spec: {groups: [${group}], attacks: block}
`
}

/**
 * Sends these one after the other over one connection, and prints what became of it: the first line of an answer of HTTP, an error, or
 * `open` once the listener has answered each.
 */
function talk(host: string, port: number, ...words: string[]): string {
  return `
    const words = ${JSON.stringify(words)}
    let answer = ''
    const end = (text) => { console.log(text); process.exit() }
    const socket = require('node:net').connect(${port}, '${host}')
    socket.setNoDelay().setTimeout(20_000, () => end('silence'))
    socket.on('error', ({ code }) => end(code)).on('close', () => end('closed')).on('data', (data) => {
      answer += data
      if (answer.startsWith('HTTP/')) end(answer.split('\\r\\n')[0])
      if (answer === 'yes'.repeat(words.length)) end('open')
    })
    socket.on('connect', async () => {
      for (const word of words) {
        socket.write(Buffer.from(word, 'latin1'))
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    })`
}

/** Answers on port 9000 what ends as a document does, and prints what it heard and how connections ended, a line of JSON each. */
const listener = `
  require('node:net').createServer({ noDelay: true }, (socket) => {
    const say = (what) => console.log(JSON.stringify(what))
    socket.on('data', (data) => { say({ heard: String(data) }); if (String(data).endsWith('}')) socket.write('yes') })
    socket.on('close', (hadError) => say({ closed: hadError })).on('error', () => undefined)
  }).listen(9000, '::', () => console.log('{}'))`

/** Starts the listener. @returns what it has printed so far */
async function listening(lab: NetworkLab, node: LabNode): Promise<() => string> {
  const { stdout } = await lab.start(node, listener)
  let printed = ''
  stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  return () => printed
}

/** Speaks HTTP over one connection and what a client of PostgreSQL says over another, again and again, and prints how they fare. */
function twoTalks(host: string): string {
  return `
    const talk = (name, port, word) => {
      const socket = require('node:net').connect({ port, host: '${host}', noDelay: true })
      const say = () => socket.write(Buffer.from(word, 'latin1'))
      const timer = setInterval(say, 50)
      socket.on('data', () => console.log(name, 'answered'))
      socket.on('error', ({ code }) => { clearInterval(timer); console.log(name, code) })
    }
    talk('web', 8080, 'GET / HTTP/1.1\\r\\nhost: server\\r\\n\\r\\n')
    talk('database', 9000, '\\0\\0\\0\\x08\\x04\\xd2\\x16\\x2f')`
}

const post = (body: string) =>
  `POST /pay HTTP/1.1\r\nhost: server\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`

suite('rules of a namespace', { skip: needsRoot }, () => {
  test('in Protect what is allowed passes, what is not is refused, and the record says why', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(toServer('action: allow, ports: tcp/80'))
    await enforced.mode('Protect')
    await enforced.protected(workloadId(client), 'held')
    const urls = [`http://${server.address}`, `http://[${server.address6}]`]
    assert.deepEqual(await answers(lab, client, ...urls), ['welcome', 'welcome'])
    const denied = urls.map((url) => `${url}:8080`)
    assert.deepEqual(await answers(lab, client, ...denied), ['ECONNREFUSED', 'ECONNREFUSED'])
    const violations = await enforced.violations((all) => all.length >= 2)
    for (const { action, criterion, server: end, workload, client: from } of violations)
      assert.deepEqual(
        [action, criterion, end.port, workload, from.groups.includes('nv.client.default')],
        ['blocked', 'no-rule', 8080, workloadId(client), true],
      )
  })

  test('a rule that names an application cuts another at the first bytes that tell it', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(toServer('action: allow, ports: any, applications: [HTTP]'))
    await enforced.mode('Protect')
    await enforced.protected(workloadId(client), 'held')
    assert.deepEqual(await answers(lab, client, `http://${server.address}:8080`), ['welcome'])
    await listening(lab, server)
    const outcome = await lab.run(client, talk(server.address, 9000, '\0\0\0\x08\x04\xd2\x16\x2f', 'more'))
    assert.equal(outcome.trim(), 'ECONNRESET')
    const [{ action, criterion, application }] = await enforced.violations((all) => all.length > 0)
    assert.deepEqual([action, criterion, application], ['blocked', 'application', 'PostgreSQL'])
  })

  test('personal data that may not cross is cut before it is forwarded, however it is cut into pieces', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    const printed = await listening(lab, server)
    await enforced.apply(forbidding('financial'))
    await enforced.mode('Protect')
    await enforced.protected(workloadId(client), 'held')
    const clean = post('{"note":"nothing to see here"}')
    assert.equal((await lab.run(client, talk(server.address, 9000, clean))).trim(), 'open')
    const whole = post('{"iban":"DE89370400440532013000"}')
    const pieces = [whole.slice(0, -12), whole.slice(-12)]
    const answer = await lab.run(client, talk(server.address, 9000, ...pieces))
    assert.equal(answer.trim(), 'HTTP/1.1 403 Forbidden')
    await eventually(() => printed().includes('{"closed":true}'), 'the server is told')
    const received = printed()
    assert.ok(received.includes('nothing to see here'))
    assert.ok(received.includes('DE89') && !received.includes('DE89370400440532013000'), received)
    const [{ action, criterion, finding, reason }] = await enforced.violations((all) => all.length > 0)
    assert.deepEqual([action, criterion, finding?.identifier], ['blocked', 'personal-data', 'iban'])
    assert.ok(!JSON.stringify([finding, reason]).includes('DE89370400440532013000'))
  })

  test('an attack is answered with 403 and an incident, at the server as at the client, and does not come', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(toServer('action: allow, ports: any') + blocking('nv.server.default'))
    await enforced.mode('Protect')
    const by = { author: 'a test', reason: 'a test' }
    const { policy } = enforced.running.controller
    await policy.setSettings({ strictGroupMode: true }, by)
    for (const protectedEnd of [server, client]) {
      // The first who holds the packet answers it: at the server only while the client's is not held.
      const mode = protectedEnd === server ? 'Monitor' : 'Protect'
      await policy.setMode('nv.client.default', { network: mode }, by)
      await enforced.current()
      await enforced.protected(workloadId(server), 'held')
      await enforced.protected(workloadId(client), mode === 'Protect' ? 'held' : 'none')
      for (const host of [server.address, `[${server.address6}]`]) {
        const attack = `http://${host}/find?q=${encodeURIComponent("x' union select password from users -- ")}`
        const [fine, refused] = await answers(lab, client, `http://${host}/find?q=tea`, attack)
        assert.equal(fine, 'welcome')
        const incident = /<code>([\w-]+)<\/code>/.exec(refused)?.[1]
        const attacks = await enforced.attacks((all) => all.some(({ flow }) => flow === incident))
        const { action, workload } = attacks.find(({ flow }) => flow === incident) ?? {}
        assert.deepEqual([action, workload], ['blocked', workloadId(protectedEnd)])
      }
    }
  })

  test('connections that are open when a group comes into Protect are decided about by what they were seen to speak', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(toServer('action: allow, ports: any, applications: [HTTP]'))
    await enforced.mode('Monitor')
    await enforced.seen(workloadId(client))
    await listening(lab, server)
    const { stdout } = await lab.start(client, twoTalks(server.address))
    let printed = ''
    stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    await enforced.flows((all) =>
      ['HTTP', 'PostgreSQL'].every((spoken) =>
        all.some(({ application, workload }) => application === spoken && workload === workloadId(client)),
      ),
    )
    await enforced.mode('Protect')
    await eventually(() => printed.includes('database ECONNRESET'), 'what is not allowed is cut', 20_000)
    const before = printed.length
    await eventually(() => printed.includes('web answered', before), 'what is allowed goes on')
    assert.ok(!printed.includes('web E'), printed)
    const cut = await enforced.violations((all) => all.some(({ action }) => action === 'blocked'))
    const { criterion, application } = cut.find(({ action }) => action === 'blocked') ?? {}
    assert.deepEqual([criterion, application], ['application', 'PostgreSQL'])
  })

  test('connections that were released are asked about again when their rules change: cut, or released once more', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    const untilKnown = '---\napiVersion: pavise.dev/v1\nkind: Protection\nmetadata: {name: depth}\n'
    const depth = `${untilKnown}spec: {groups: [nv.client.default], inspection: application}\n`
    await enforced.apply(toServer('action: allow, ports: any') + depth)
    await enforced.mode('Protect')
    await enforced.protected(workloadId(client), 'held')
    await listening(lab, server)
    const { stdout } = await lab.start(client, twoTalks(server.address))
    let printed = ''
    stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    const isReleased = (flow: FlowRecord) =>
      flow.workload === workloadId(client) && flow.state === 'established'
    await enforced.flows((all) =>
      ['HTTP', 'PostgreSQL'].every((spoken) =>
        all.some((flow) => flow.application === spoken && isReleased(flow)),
      ),
    )
    const generation = generationOf(client.path)
    await enforced.apply(toServer('action: allow, ports: any, applications: [HTTP]') + depth)
    await eventually(
      () => printed.includes('database ECONNRESET'),
      'what is not allowed any more is cut',
      20_000,
    )
    assert.notEqual(generationOf(client.path), generation)
    const before = printed.length
    await eventually(() => printed.includes('web answered', before), 'what is allowed goes on')
    assert.ok(!printed.includes('web E'), printed)
    const [{ criterion, application }] = await enforced.violations((all) => all.length > 0)
    assert.deepEqual([criterion, application], ['application', 'PostgreSQL'])
    const asked = queuedPackets(client.path)
    const later = printed.length
    await eventually(
      () => printed.split('web answered', 100).length > 10 && printed.length > later + 100,
      'it goes on',
    )
    assert.ok(queuedPackets(client.path) - asked < 10, 'what is released is the kernel’s again')
  })

  test('whoever waits at the other end of what is cut is told, too', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(forbidding('financial'))
    await enforced.mode('Protect')
    await enforced.protected(workloadId(client), 'held')
    const printed = await listening(lab, server)
    for (const host of [server.address, server.address6]) {
      const before = printed().length
      const bodies = ['{"note":"none"}', '{"iban":"DE89370400440532013000"}']
      const outcome = await lab.run(client, talk(host, 9000, ...bodies.map(post)))
      assert.equal(outcome.trim(), 'ECONNRESET', host)
      await eventually(() => printed().includes('{"closed":true}', before), `${host} is told`)
    }
  })

  test('what is allowed is told once, with what crossed it', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(toServer('action: allow, ports: any'))
    await enforced.mode('Protect')
    await enforced.protected(workloadId(client), 'held')
    await enforced.protected(workloadId(server), 'held')
    await lab.run(client, talk(server.address, 80, post('{"iban":"DE89370400440532013000"}')))
    const ends = (flows: FlowRecord[]) => flows.filter((flow) => flow.server.port === 80)
    const flows = ends(await enforced.flows((all) => ends(all).length >= 3))
    assert.deepEqual(
      flows.map(({ workload, side, application }) => `${workload} ${side} ${application}`).toSorted(),
      ['netns:bridge transit HTTP', 'netns:client client HTTP', 'netns:server server HTTP'],
    )
  })
})

suite('rules of a namespace that is only watched', { skip: needsRoot }, () => {
  test('in Monitor all passes, and what is not allowed is reported with why', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(toServer('action: allow, ports: tcp/80'))
    await enforced.mode('Monitor')
    await enforced.seen(workloadId(client))
    await enforced.seen(workloadId(server))
    const urls = [`http://${server.address}`, `http://${server.address}:8080`]
    assert.deepEqual(await answers(lab, client, ...urls), ['welcome', 'welcome'])
    const violations = await enforced.violations((all) => all.length >= 2)
    assert.deepEqual(
      violations
        .map(({ action, criterion, server: end, workload }) =>
          [action, criterion, end.port, workload].join(' '),
        )
        .toSorted(),
      [client, server].map((node) => `reported no-rule 8080 ${workloadId(node)}`),
    )
  })

  test('in Discover what no rule denies is nothing to tell', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(toServer('action: deny, ports: tcp/8080'))
    await enforced.seen(workloadId(client))
    await enforced.seen(workloadId(server))
    const urls = [`http://${server.address}`, `http://${server.address}:8080`]
    assert.deepEqual(await answers(lab, client, ...urls), ['welcome', 'welcome'])
    const violations = await enforced.violations((all) => all.length >= 2)
    for (const { action, criterion, server: end } of violations)
      assert.deepEqual([action, criterion, end.port], ['reported', 'rule', 8080])
  })
})
