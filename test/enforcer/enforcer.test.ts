import assert from 'node:assert/strict'
import { readdirSync, readlinkSync } from 'node:fs'
import { suite, test } from 'node:test'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { CoverageRecord, FlowRecord, PersonalDataRecord } from '../../src/model/records.ts'
import { eventually } from '../controller/fixture.ts'
import { needsRoot, NetworkLab, type LabNode } from '../support/network-lab.ts'
import { onlyNamespaces, PaviseUp } from './pavise-up.ts'

const IBAN = 'DE89370400440532013000'
const EMAIL = 'jane.doe@clinic-example.org'

type Finding = PersonalDataRecord & { workload: string }

/** Answers each request with an e-mail address, on both families and the loopback. */
const server = `
  const { createServer } = require('node:http')
  createServer((request, response) => request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ reply: { mail: '${EMAIL}' } }))
  })).listen(80, '::', () => console.log('listening'))`

/** Sends an IBAN in JSON to each address. */
function post(...addresses: string[]): string {
  const body = JSON.stringify({ payee: { iban: IBAN } })
  return `
    ;(async () => {
      for (const host of ${JSON.stringify(addresses)}) {
        const answer = await fetch('http://' + host + '/pay', {
          method: 'POST', body: ${JSON.stringify(body)},
          headers: { 'content-type': 'application/json', connection: 'close' },
        })
        console.log((await answer.text()).length)
      }
    })()`
}

const id = ({ name }: LabNode) => `netns:${name}`

async function isSeen(up: PaviseUp, ...nodes: LabNode[]): Promise<WorkloadState[]> {
  const states = await up.until<WorkloadState>(
    'workloads',
    (items) =>
      nodes.every((node) =>
        items.some(({ workload, coverage }) => workload.id === id(node) && coverage === 'seen'),
      ),
    'the namespaces are seen',
  )
  return states.filter(({ workload }) => nodes.some((node) => workload.id === id(node)))
}

suite('pavise up watches real network namespaces', { skip: needsRoot }, () => {
  test('personal data is found on both ends of a connection, over IPv4, IPv6 and the loopback', async (t) => {
    const lab = new NetworkLab(t)
    const [web, client] = [lab.add('web'), lab.add('client')]
    await lab.start(web, server)
    const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
    await isSeen(up, web, client)
    await lab.run(client, post(web.address, `[${web.address6}]`))
    await lab.run(web, post('127.0.0.1'))
    const planted = (items: Finding[]) =>
      items.filter(({ identifier }) => ['iban', 'email'].includes(identifier))
    const findings = planted(
      await up.until<Finding>(
        'findings?limit=100',
        (items) => planted(items).length >= 14,
        'two findings each at both ends of two connections and on the bridge between, and on the loopback',
      ),
    )
    const of = (node: LabNode) =>
      findings
        .filter(({ workload }) => workload === id(node))
        .map(({ identifier, direction, field }) => `${identifier} ${direction} ${field}`)
    const expected = ['iban to-server http.body $.payee.iban', 'email to-client http.body $.reply.mail']
    assert.deepEqual(of(client).toSorted(), [...expected, ...expected].toSorted())
    assert.deepEqual(of(web).toSorted(), [...expected, ...expected, ...expected].toSorted())
    const flows = await up.get<FlowRecord>('flows?limit=100')
    const sides = flows
      .filter(({ application }) => application === 'HTTP')
      .map(({ workload, side, server: { address } }) => `${workload} ${side} ${address}`)
    assert.deepEqual(
      sides.toSorted(),
      [
        `${id(client)} client ${web.address}`,
        `${id(client)} client ${web.address6}`,
        `${id(web)} client 127.0.0.1`,
        `${id(web)} server ${web.address}`,
        `${id(web)} server ${web.address6}`,
        // The bridge stands in a namespace of its own, and is watched as well.
        `netns:${lab.bridge} transit ${web.address}`,
        `netns:${lab.bridge} transit ${web.address6}`,
      ].toSorted(),
    )
    const stored = JSON.stringify([findings, flows, up.output, up.errors])
    for (const value of [IBAN, EMAIL]) assert.ok(!stored.includes(value), 'no value is told')
  })

  test('a namespace is seen within milliseconds of its beginning, and let go at its end', async (t) => {
    const lab = new NetworkLab(t)
    const web = lab.add('web')
    await lab.start(web, server)
    const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
    await isSeen(up, web)
    const late = lab.add('late')
    const [state] = await isSeen(up, late)
    t.diagnostic(`attached after ${state.attachedAfterMs} ms`)
    assert.ok((state.attachedAfterMs ?? Infinity) < 1_000)
    await lab.run(late, post(web.address))
    await up.until<Finding>(
      'findings?limit=100',
      (items) => items.some(({ workload }) => workload === id(late)),
      'its finding',
    )
    lab.remove(late)
    await up.until<WorkloadState>(
      'workloads',
      (items) =>
        !items.some(({ workload, stoppedAt }) => workload.id === id(late) && stoppedAt === undefined),
      'it is let go',
    )
  })

  test('a connection that lasts is told of while it goes on', async (t) => {
    const lab = new NetworkLab(t)
    const [web, client] = [lab.add('web'), lab.add('client')]
    await lab.start(web, server)
    const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
    await isSeen(up, web, client)
    await lab.start(
      client,
      `const { Agent, request } = require('node:http')
       const agent = new Agent({ keepAlive: true, maxSockets: 1 })
       const ask = () => {
         request({ host: '${web.address}', path: '/?iban=${IBAN}', agent }, (answer) => answer.resume().on('end', () => {
           console.log('answered'); setTimeout(ask, 100) })).end()
       }
       ask()`,
    )
    const count = (items: Finding[]) =>
      items.find(({ workload, identifier }) => workload === id(client) && identifier === 'iban')?.count ?? 0
    await up.until<Finding>('findings?limit=100', (items) => count(items) >= 3, 'it is counted on')
    const flows = await up.get<FlowRecord>(`flows?limit=100&workload=${encodeURIComponent(id(client))}`)
    assert.equal(flows.filter(({ application }) => application === 'HTTP').length, 1, 'it is one flow')
    assert.equal(flows[0].state, 'established')
  })

  test('stopped it leaves no process and no open namespace behind', async (t) => {
    const lab = new NetworkLab(t)
    const web = lab.add('web')
    const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
    await isSeen(up, web)
    const enforcer = up.enforcerPid()
    assert.ok(enforcer !== undefined)
    const rings = readdirSync(`/proc/${enforcer}/fd`).filter((fd) => isPacketSocket(enforcer, fd))
    assert.ok(rings.length > 0)
    const tookMs = await up.stop('SIGTERM')
    assert.equal(up.child.exitCode, 0, up.errors)
    assert.ok(tookMs < 3_000, `${tookMs} ms`)
    assert.deepEqual(up.processes(), [])
    assert.deepEqual(readdirSync(up.folder).toSorted(), [
      ...['captures', 'captures.key', 'certificate.key', 'certificate.pem', 'enforcer'],
      ...['evidence-bodies.keys', 'evidence.key', 'hash.key', 'pavise.db'],
    ])
  })

  test('an enforcer that is killed comes back, and the time without it is a gap that is told', async (t) => {
    const lab = new NetworkLab(t)
    const [web, client] = [lab.add('web'), lab.add('client')]
    await lab.start(web, server)
    const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
    await isSeen(up, web, client)
    await lab.run(client, post(web.address))
    await up.until<Finding>('findings?limit=100', (items) => items.length >= 4, 'the first findings')
    const before = up.enforcerPid()
    assert.ok(before !== undefined)
    process.kill(before, 'SIGKILL')
    await up.until<CoverageRecord>(
      'coverage',
      (items) => items.some(({ reason }) => reason === 'enforcer-ended'),
      'the gap',
    )
    await eventually(() => (up.enforcerPid() ?? before) !== before, 'another enforcer')
    await isSeen(up, web, client)
    await eventually(async () => {
      await lab.run(client, post(web.address))
      return (await up.get<Finding>('findings?limit=100')).length >= 8
    }, 'findings again, the ones before kept')
  })

  test('packets that came faster than they could be read are a gap of that workload', async (t) => {
    const lab = new NetworkLab(t)
    const [web, client] = [lab.add('web'), lab.add('client')]
    const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
    await isSeen(up, web, client)
    const enforcer = up.enforcerPid()
    assert.ok(enforcer !== undefined)
    process.kill(enforcer, 'SIGSTOP')
    const flood = `
      const { createSocket } = require('node:dgram')
      const socket = createSocket('udp4')
      const datagram = Buffer.alloc(1400)
      let left = 60_000
      const send = () => {
        if (left-- === 0) return socket.close()
        socket.send(datagram, 9, '${web.address}', () => send())
      }
      send()`
    await lab.run(client, flood).finally(() => process.kill(enforcer, 'SIGCONT'))
    const gaps = await up.until<CoverageRecord>(
      'coverage',
      (items) => items.some(({ reason, workload }) => reason === 'ring-full' && workload === id(client)),
      'the gap',
    )
    const gap = gaps.find(({ reason, workload }) => reason === 'ring-full' && workload === id(client))
    assert.ok((gap?.packets ?? 0) > 1_000, `${gap?.packets}`)
  })
})

function isPacketSocket(pid: number, fd: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:')
  } catch {
    return false
  }
}
