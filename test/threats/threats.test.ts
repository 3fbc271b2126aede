import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import type { CaptureList } from '../../src/api/contract/capture-operations.ts'
import type { AuditEntry } from '../../src/store/audit-store.ts'
import { LocalApi } from '../../src/cli/local-api.ts'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { ThreatRecord } from '../../src/model/records.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'
import { onlyNamespaces, PaviseUp } from '../enforcer/pavise-up.ts'
import { type LabNode, needsRoot, NetworkLab } from '../support/network-lab.ts'

/** How long anything is waited for: what takes a second here takes many on a machine that has other work. */
const patienceMs = 60_000

/** Real tools in namespaces of the test's own, seen by `pavise up` as a user runs it. */

const server = `
  require('node:http').createServer((request, response) => response.end('ok'))
    .listen(80, () => console.log('listening'))`

/** Keeps connections open with a piece of a header now and then, as slowloris does. */
const slowloris = (address: string) => `
  const { connect } = require('node:net')
  const sockets = Array.from({ length: 15 }, () => connect(80, '${address}'))
  for (const socket of sockets) {
    socket.on('error', () => undefined)
    socket.write('GET / HTTP/1.1\\r\\nHost: a\\r\\n')
  }
  let pieces = 0
  const timer = setInterval(() => {
    for (const socket of sockets) socket.write('X-Piece: a\\r\\n')
    if (++pieces === 6) {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      console.log('done')
    }
  }, 2200)`

/** Twelve hundred requests, each on a connection of its own: a busy minute, and no flood. */
const busy = (address: string) => `
  ;(async () => {
    for (let i = 0; i < 1200; i += 40)
      await Promise.all(Array.from({ length: 40 }, () =>
        fetch('http://${address}/', { headers: { connection: 'close' } }).then((answer) => answer.text())))
    console.log('done')
  })()`

/** Sends what is a person's, in a body and in a target. */
const asksOfAnna = (address: string) => `
  const person = { name: 'Anna Meier', email: 'anna.meier@example.org', iban: 'DE89370400440532013000' }
  ;(async () => {
    await fetch('http://${address}/?email=anna.meier%40example.org').then((answer) => answer.text())
    await fetch('http://${address}/', {
      method: 'POST', body: JSON.stringify(person), headers: { 'content-type': 'application/json' },
    }).then((answer) => answer.text())
  })()`

async function tool(node: LabNode, command: string, ...args: string[]): Promise<void> {
  const child = spawn('nsenter', [`--net=${node.path}`, command, ...args], {
    stdio: 'ignore',
    timeout: 60_000,
  })
  await once(child, 'close')
}

const id = ({ name }: LabNode) => `netns:${name}`

async function watch(t: TestContext, ...options: string[]) {
  const lab = new NetworkLab(t)
  const [web, guest, attacker] = [lab.add('web'), lab.add('guest'), lab.add('attacker')]
  await lab.start(web, server)
  const up = await PaviseUp.start(t, [...onlyNamespaces(lab.folder), ...options])
  await up.until<WorkloadState>(
    'workloads',
    (items) => items.filter(({ coverage }) => coverage === 'seen').length >= 4,
    'the namespaces are seen',
    patienceMs,
  )
  const seenAt = (node: LabNode, name: string) =>
    up.until<ThreatRecord>(
      'threats?limit=500',
      (items) => items.some((each) => each.name === name && each.workload === id(node)),
      `${name} at ${node.name}`,
      patienceMs,
    )
  return { lab, up, web, guest, attacker, seenAt }
}

suite('threats are seen as real tools make them', { skip: needsRoot }, () => {
  test('a busy server is none; scans, floods, malformed packets and slow requests are', async (t) => {
    const { lab, up, web, guest, attacker, seenAt } = await watch(t)
    await lab.run(guest, busy(web.address))
    const early = await up.get<ThreatRecord>('threats?limit=500')
    assert.deepEqual(
      early.map(({ name }) => name),
      [],
      'nothing is wrong with being busy',
    )
    const slow = lab.run(attacker, slowloris(web.address))
    await tool(attacker, 'nmap', '-n', '-Pn', '-sS', '-p', '1-300', '-T4', '--max-retries', '0', web.address)
    await seenAt(web, 'TCP.Port.Scan')
    for (const [flag, name] of [
      ['-sN', 'TCP.Null.Scan'],
      ['-sX', 'TCP.Xmas.Scan'],
      ['-sF', 'TCP.FIN.Scan'],
    ]) {
      await tool(attacker, 'nmap', '-n', '-Pn', flag, '-p', '80-90', '--max-retries', '0', web.address)
      await seenAt(web, name)
    }
    await tool(
      attacker,
      'hping3',
      '-q',
      '-S',
      '-p',
      '80',
      '-i',
      'u500',
      '-c',
      '3000',
      '--rand-source',
      web.address,
    )
    await seenAt(web, 'TCP.SYN.Flood')
    await tool(attacker, 'hping3', '-q', '-1', '-i', 'u1000', '-c', '400', web.address)
    await seenAt(web, 'ICMP.Flood')
    await tool(
      attacker,
      'hping3',
      '-q',
      '-S',
      '-p',
      '80',
      '-s',
      '80',
      '-k',
      '-c',
      '2',
      '-a',
      web.address,
      web.address,
    )
    await seenAt(web, 'TCP.Land')
    await slow
    const all = await seenAt(web, 'HTTP.Request.Slowloris')
    const scan = all.find(({ name, workload }) => name === 'TCP.Port.Scan' && workload === id(web))
    assert.equal(scan?.source?.address, attacker.address)
    assert.equal(scan?.target?.address, web.address)
    assert.ok((scan?.measured.value ?? 0) >= 20)
    assert.ok(!all.some(({ source }) => source?.address === guest.address), 'nobody else is accused')
  })

  test('packets are kept around a finding, recorded when asked for, and opened with a reason', async (t) => {
    const { lab, up, web, guest, attacker, seenAt } = await watch(t)
    const api = new LocalApi(up.folder)
    const order = await api.send<{ id: string }>('POST', '/api/v1/captures', {
      ...{ workload: id(web), filter: `tcp port 80 and host ${guest.address}`, reason: 'a test of it' },
    })
    await lab.run(guest, busy(web.address))
    await lab.run(guest, asksOfAnna(web.address))
    await tool(attacker, 'nmap', '-n', '-Pn', '-sX', '-p', '80-90', '--max-retries', '0', web.address)
    await seenAt(web, 'TCP.Xmas.Scan')
    await api.send('POST', `/api/v1/captures/${order.id}/stop`, {})
    const isWhole = (list: CaptureList, wanted: (file: CaptureList['files'][number]) => boolean) =>
      list.files.filter((file) => wanted(file) && file.workload === id(web) && file.state === 'whole')
    let list: CaptureList = { automatic: 'off', orders: [], files: [] }
    await eventually(
      async () => {
        list = await api.get<CaptureList>('/api/v1/captures')
        const found = isWhole(list, ({ finding }) => finding?.name === 'TCP.Xmas.Scan')
        return found.length > 0 && isWhole(list, ({ capture }) => capture === order.id).length > 0
      },
      'both files are whole',
      patienceMs,
    )
    const output = temporaryFolder(t)
    const get = async (file: string, name: string, ...options: string[]) => {
      const path = join(output, name)
      const why = ['--reason', 'read by the test', '--state-dir', up.folder]
      await pavise('capture', 'get', file, '-o', path, ...why, ...options)
      return path
    }
    const [automatic] = isWhole(list, ({ finding }) => finding?.name === 'TCP.Xmas.Scan')
    const found = await get(automatic.file, 'found.pcapng')
    assert.ok(tshark(found, 'tcp.flags == 0x029').length > 0, 'the packets that were found are in it')
    assert.match(execFileSync('capinfos', ['-k', found], { encoding: 'utf8' }), /TCP\.Xmas\.Scan/)
    const asked = await Promise.all(
      isWhole(list, ({ capture }) => capture === order.id).map(({ file }, i) =>
        get(file, `asked-${i}.pcapng`),
      ),
    )
    assert.ok(asked.some((path) => tshark(path, 'http.request').length > 0))
    assert.ok(
      asked.every(
        (path) => tshark(path, `not (tcp.port == 80 and ip.addr == ${guest.address})`).length === 0,
      ),
    )
    const masked = await Promise.all(
      isWhole(list, ({ capture }) => capture === order.id).map(({ file }, i) =>
        get(file, `masked-${i}.pcapng`, '--masked'),
      ),
    )
    assertMasked(asked, masked)
    const audit = await up.get<AuditEntry>('audit?action=openCapture')
    assert.equal(audit.length, asked.length + masked.length + 1)
    assert.ok(audit.every(({ reason }) => reason === 'read by the test'))
  })
})

/** What stood in the clear in some files is covered in the others, with right checksums, and their packets are as long. */
function assertMasked(clear: readonly string[], masked: readonly string[]): void {
  const text = (paths: readonly string[]) =>
    Buffer.concat(paths.map((path) => readFileSync(path))).toString('latin1')
  const frames = (paths: readonly string[], filter: string) => paths.flatMap((path) => tshark(path, filter))
  assert.match(text(clear), /anna\.meier/)
  assert.doesNotMatch(text(masked), /anna\.meier|anna\.m|Meier/)
  const covered = 'tcp.payload contains "****"'
  assert.ok(frames(masked, `${covered} and tcp.checksum.status == "Good"`).length > 0)
  assert.deepEqual(frames(masked, `${covered} and tcp.checksum.status == "Bad"`), [])
  assert.equal(frames(masked, 'ip').length, frames(clear, 'ip').length)
  assert.ok(frames(masked, 'http.request.method == "POST"').length > 0, 'it is still HTTP')
}

async function pavise(...args: string[]): Promise<void> {
  const launcher = new URL('../../bin/pavise.mjs', import.meta.url).pathname
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 0)
}

const checked = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE']

/** Lines that tshark shows of the packets that a filter takes. */
function tshark(path: string, filter: string): string[] {
  const shown = execFileSync('tshark', ['-n', '-r', path, ...checked, '-Y', filter], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return shown.split('\n').filter((line) => line !== '')
}
