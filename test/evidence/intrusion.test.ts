import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { person } from '../../examples/clinic/people.ts'
import { onlyNamespaces, PaviseUp } from '../enforcer/pavise-up.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { type LabNode, needsRoot, NetworkLab } from '../support/network-lab.ts'
import { pavise } from '../support/pavise-command.ts'
import { cannotStartPostgresql, startPostgresql } from '../support/postgresql-server.ts'

/** People in the database, and of them whom the intruder gets: each by two of three statements, with other identifiers in each. */
const people = Array.from({ length: 400 }, (_, number) => person(number))
const stolen = 300
/** Of the intruder: in the United States, by the database of countries; in the lab it leads nowhere else. */
const abroad = '8.8.8.8'

const statements = [
  `SELECT email, phone FROM patient WHERE id <= ${stolen}`,
  `SELECT phone, iban FROM patient WHERE id <= ${stolen}`,
]

/** A search whose author has put the text of a parameter into a statement: what is asked for is not what was meant. */
const service = (database: string, user: string) => `
  const { createServer } = require('node:http')
  const { Pool } = require('pg')
  const pool = new Pool({ host: '${database}', user: '${user}', database: 'postgres' })
  createServer(async (request, response) => {
    const name = new URL(request.url, 'http://web').searchParams.get('name')
    try {
      const { rows } = await pool.query("SELECT email, phone FROM patient WHERE name = '" + name + "'")
      response.setHeader('content-type', 'application/json').end(JSON.stringify(rows))
    } catch (error) { response.writeHead(500).end(error.code) }
  }).listen(80, '0.0.0.0', () => console.log('listening'))`

const fill = (host: string, user: string) => `
  const { Client } = require('pg')
  const client = new Client({ host: '${host}', user: '${user}', database: 'postgres' })
  ;(async () => {
    await client.connect()
    await client.query('CREATE TABLE patient (id serial PRIMARY KEY, name text, email text, phone text, iban text)')
    for (const row of ${JSON.stringify(people.map(({ name, email, phone, iban }) => [name, email, phone, iban]))})
      await client.query('INSERT INTO patient (name, email, phone, iban) VALUES ($1, $2, $3, $4)', row)
    await client.end()
  })()`

/** Asks for each statement by an injection, on a connection of its own. */
const intrude = (web: string) => `
  ;(async () => {
    for (const statement of ${JSON.stringify(statements)}) {
      const name = encodeURIComponent("x' UNION " + statement + ' -- ')
      const answer = await fetch('http://${web}/search?name=' + name, { headers: { connection: 'close' } })
      console.log(answer.status, JSON.parse(await answer.text()).length)
    }
  })()`

interface Attack {
  recordId: string
  class: string
  workload: string
}

interface Case {
  id: string
  scope: {
    persons: number
    recipients: { name: string; country: string | null; persons: number }[]
    reach: { ends: { name: string; how: string; hops: number }[] }
  }
}

/** A node that is out of sight: its namespace has no name any more, and lives by a process in it. */
async function hidden(lab: NetworkLab, node: LabNode): Promise<LabNode> {
  const { pid } = await lab.start(node, 'console.log(); setInterval(() => {}, 1_000_000)')
  lab.remove(node)
  return { ...node, path: `/proc/${pid}/ns/net` }
}

function ip({ path }: LabNode, ...command: string[]): void {
  execFileSync('nsenter', [`--net=${path}`, 'ip', ...command])
}

/** The service with its database, and somebody abroad who gets in; resolves once the service is watched. */
async function startLab(t: TestContext) {
  const lab = new NetworkLab(t)
  const [web, database, named] = ['web', 'database', 'intruder'].map((name) => lab.add(name))
  ip(named, 'address', 'add', `${abroad}/32`, 'dev', 'eth0')
  ip(named, 'route', 'add', `${web.address}/32`, 'dev', 'eth0', 'src', abroad)
  ip(web, 'route', 'add', `${abroad}/32`, 'dev', 'eth0')
  const intruder = await hidden(lab, named)
  const { user } = await startPostgresql(t, database)
  await lab.run(database, fill(database.address, user))
  const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
  await up.until<{ workload: { name: string }; coverage: string }>(
    'workloads',
    (items) => items.some(({ workload, coverage }) => workload.name === 'web' && coverage === 'seen'),
    'the service is seen',
    60_000,
  )
  await lab.start(web, service(database.address, user))
  const intrusion = () => lab.run(intruder, intrude(web.address))
  return { up, intrusion }
}

const isAlert = ({ class: name, workload }: Attack): boolean =>
  name === 'sql-injection' && workload === 'netns:web'

test(
  'an intrusion that is seen becomes a case, a draft of what was lost, and a bundle that holds',
  {
    skip: needsRoot || cannotStartPostgresql,
    timeout: 240_000,
  },
  async (t) => {
    const { up, intrusion } = await startLab(t)
    assert.equal(await intrusion(), `200 ${stolen}\n`.repeat(statements.length))
    const alerts = await up.until<Attack>(
      'attacks?limit=100',
      (items) => items.some(isAlert),
      'the alert',
      60_000,
    )
    // What the service answered, and not what its database told it.
    const values = (items: { count: number; field: string }[]) =>
      items.reduce((sum, { count, field }) => sum + (field.startsWith('http.body') ? count : 0), 0)
    await up.until<Parameters<typeof values>[0][number]>(
      'findings?workload=netns:web&limit=200',
      (items) => values(items) >= stolen * 2 * statements.length,
      'what was lost is seen',
      60_000,
    )
    const ask = async (...parameters: string[]): Promise<string> => {
      const { code, output, errors } = await pavise(...parameters, '--state-dir', up.folder)
      assert.equal(code, 0, errors)
      return output
    }
    const event = alerts.find(isAlert)?.recordId ?? ''
    const { id, scope } = JSON.parse(
      await ask('case', 'open', 'Database read', '--event', event, '--json'),
    ) as Case
    const recipient = scope.recipients.find(({ name }) => name === abroad)
    assert.equal(recipient?.country, 'US')
    for (const persons of [scope.persons, recipient.persons])
      assert.ok(Math.abs(persons - stolen) <= stolen * 0.05, `${persons} of ${stolen}`)

    const draft = await ask('case', 'draft', id, 'authority')
    const year = new Date().getUTCFullYear()
    for (const said of [
      /netns:web/,
      /contact data \(.*email.*phone/,
      /financial data \(.*iban/,
      new RegExp(`about ${scope.persons}`),
      /8\.8\.8\.8 \(outside: United States, a third country without an adequacy decision for all\): \d connections? in the clear/,
      new RegExp(`Observed from ${year}-.* UTC to ${year}-.* UTC`),
      /nv\.web.*: Discover; nothing is stopped in this mode/,
      /attacks: sql-injection, seen and not stopped \(\d+\)/,
      /encryption: none on the way to 8\.8\.8\.8 \(connections: \d\)/,
    ])
      assert.match(draft, said)
    for (const { email, iban } of people)
      assert.ok(!draft.includes(email) && !draft.includes(iban), 'no value')

    const suspected = ['case', 'open', 'The same', '--address', abroad, '--json']
    const { scope: from } = JSON.parse(await ask(...suspected)) as Case
    assert.ok(Math.abs(from.persons - stolen) <= stolen * 0.05, `${from.persons} went to the address`)
    const came = from.reach.ends.filter(({ how }) => how !== 'reachable')
    assert.deepEqual(
      came.map(({ name, hops }) => `${hops} ${name}`),
      [`0 ${abroad}`, '1 web', '2 database'],
    )

    const timeline = await up.get<{ intrusion: { technique: string } | null }>(`cases/${id}/timeline`)
    assert.ok(
      timeline.some(({ intrusion: step }) => step?.technique === 'T1190'),
      'how the intruder got in',
    )
    const bundle = join(temporaryFolder(t), 'case.zip')
    const { key } = JSON.parse(await ask('evidence', 'status', '--json')) as { key: string }
    await ask('evidence', 'export', '--case', id, '-o', bundle)
    await up.stop('SIGTERM')
    assert.match(await checked(t, bundle, key), /All fits/)
    const bytes = readFileSync(bundle)
    bytes[bytes.length >> 1] ^= 1
    writeFileSync(bundle, bytes)
    assert.match(await checked(t, bundle, key), /does not fit/)
  },
)

/** What a copy of `pavise` alone says of a bundle, in an empty folder, with no state and no network. */
function checked(t: TestContext, bundle: string, key: string): Promise<string> {
  const folder = temporaryFolder(t)
  const root = new URL('../../', import.meta.url).pathname
  for (const part of ['bin', 'src', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const command = [process.execPath, join(folder, 'src/main.ts'), 'evidence', 'verify', bundle, '--key', key]
  return new Promise((resolve) => {
    execFile('unshare', ['--net', ...command], { cwd: folder, env: {} }, (_error, output, errors) =>
      resolve(output + errors),
    )
  })
}
