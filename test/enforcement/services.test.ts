import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { temporaryFolder } from '../controller/fixture.ts'
import { onlyNamespaces } from '../enforcer/pavise-up.ts'
import { folderWith } from '../support/named-folder.ts'
import { type LabNode, needsRoot, NetworkLab } from '../support/network-lab.ts'
import { cannotStartPostgresql, startPostgresql } from '../support/postgresql-server.ts'
import { EnforcedLab } from './enforced-lab.ts'
import { toServer, web, workloadId } from './lab-scripts.ts'

/* Whole services under rules: a partner outside, a sidecar that encrypts, a database, and many connections. */

const IBAN = 'DE89370400440532013000'
const clean = '{"note":"nothing to see here"}'
const personal = JSON.stringify({ payee: { iban: IBAN } })

/** How long connections come and go; longer in a long run. */
const churnSeconds = Number(process.env.PAVISE_TEST_CHURN_SECONDS ?? 5)

interface Partnership {
  lab: NetworkLab
  app: LabNode
  /** Nobody watches it: HTTP on 80, the same over TLS on 443. */
  partner: LabNode
  enforced: EnforcedLab
}

/** @param rule - what an EgressRule from the workload to the partner says besides */
async function withPartner(t: TestContext, rule: string): Promise<Partnership> {
  const lab = new NetworkLab(t)
  const [app, partner] = [lab.add('app'), lab.add('partner')]
  await lab.start(partner, partnerScript(t))
  const enforced = await EnforcedLab.start(t, onlyNamespaces(folderWith(t, app)))
  await enforced.apply(`apiVersion: neuvector.com/v1
kind: NvGroupDefinition
metadata: {name: partner}
spec: {selector: {name: partner, criteria: [{key: address, op: =, value: ${partner.address}}]}}
---
apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: to-the-partner}
spec: {from: nv.app.default, toGroup: partner, ${rule}}
`)
  await enforced.mode('Protect')
  await enforced.protected(workloadId(app), 'held')
  return { lab, app, partner, enforced }
}

function partnerScript(t: TestContext): string {
  const folder = temporaryFolder(t)
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const subject = ['-subj', '/CN=partner.example', '-days', '1', '-nodes', '-newkey', 'rsa:2048']
  execFileSync('openssl', ['req', '-x509', ...subject, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  })
  return `
    const { readFileSync } = require('node:fs')
    const answer = (request, response) => request.resume().on('end', () => response.end('welcome'))
    require('node:http').createServer(answer).listen(80, '::')
    const pair = { key: readFileSync('${key}'), cert: readFileSync('${certificate}') }
    require('node:https').createServer(pair, answer).listen(443, '::', () => console.log('listening'))`
}

/** Posts a document, and says what was answered or why nothing was. */
async function post({ lab, app }: Partnership, url: string, body: string): Promise<string> {
  const [, scheme = 'http'] = /^(https?):/.exec(url) ?? []
  const output = await lab.run(
    app,
    `const options = { method: 'POST', rejectUnauthorized: false, agent: false, timeout: 3000, headers: { 'content-type': 'application/json' } }
     const request = require('node:${scheme}').request('${url}', options, (response) => {
       let text = ''
       response.on('data', (chunk) => (text += chunk)).on('end', () => console.log(text))
     })
     request.on('timeout', () => request.destroy({ code: 'silence' })).on('error', ({ code }) => console.log(code))
     request.end(${JSON.stringify(body)})`,
  )
  return output.trim()
}

suite('services under rules', { skip: needsRoot }, () => {
  test('a partner that asks for encryption is reached over TLS, and in the clear not', async (t) => {
    const partnership = await withPartner(t, 'encryption: {required: true, minimumTlsVersion: TLSv1.2}')
    const { partner, enforced } = partnership
    assert.equal(await post(partnership, `https://${partner.address}`, personal), 'welcome')
    assert.equal(await post(partnership, `http://${partner.address}`, clean), 'ECONNRESET')
    const [{ criterion, action }] = await enforced.violations((all) => all.length > 0)
    assert.deepEqual([criterion, action], ['encryption', 'blocked'])
  })

  test('a partner gets in the clear what it may, and no category that it may not', async (t) => {
    const partnership = await withPartner(t, 'personalData: {forbidden: [financial]}')
    const { partner, enforced } = partnership
    assert.equal(await post(partnership, `http://${partner.address}`, clean), 'welcome')
    assert.match(await post(partnership, `http://${partner.address}`, personal), /403 Forbidden/)
    const [{ criterion, finding, server }] = await enforced.violations((all) => all.length > 0)
    assert.deepEqual(
      [criterion, finding?.identifier, server.groups.includes('partner')],
      ['personal-data', 'iban', true],
    )
  })

  test('what a sidecar would encrypt on the way out is seen before, and the rule holds', async (t) => {
    const partnership = await withPartner(t, 'personalData: {forbidden: [financial]}')
    const { lab, app, partner, enforced } = partnership
    await lab.start(app, sidecar(partner))
    const redirect = `add table ip mesh { chain out { type nat hook output priority -100; ip daddr ${partner.address} tcp dport 80 redirect to :15001; }; }`
    execFileSync('nsenter', [`--net=${app.path}`, 'nft', redirect], { stdio: 'ignore' })
    assert.equal(await post(partnership, `http://${partner.address}`, clean), 'welcome')
    assert.match(await post(partnership, `http://${partner.address}`, personal), /403 Forbidden/)
    const [{ finding, server }] = await enforced.violations((all) => all.length > 0)
    assert.deepEqual([finding?.identifier, server.address, server.port], ['iban', partner.address, 80])
    const flows = await enforced.flows((all) => all.some(({ encrypted }) => encrypted))
    assert.ok(flows.some((flow) => flow.encrypted && flow.server.port === 443))
  })

  test(
    'a database is spoken to as a database, and gives out no category that may not leave it',
    { skip: cannotStartPostgresql },
    async (t) => {
      const lab = new NetworkLab(t)
      const [server, client] = [lab.add('server'), lab.add('client')]
      const { user } = await startPostgresql(t, server)
      const enforced = await EnforcedLab.start(t, onlyNamespaces(lab.folder))
      await enforced.apply(
        toServer('action: deny, ports: tcp/1') +
          `---
apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: to-the-database}
spec:
  from: nv.client.default
  toGroup: nv.server.default
  ports: tcp/5432
  applications: [PostgreSQL]
  personalData: {forbidden: [financial]}
`,
      )
      await enforced.mode('Protect')
      await enforced.protected(workloadId(client), 'held')
      await enforced.protected(workloadId(server), 'held')
      assert.match(query(client, server, user, 'SELECT 40 + 2 AS answer'), /42/)
      assert.match(
        query(client, server, user, `SELECT 'DE' || '89370400440532013000' AS iban`),
        /connection|closed/,
      )
      const [{ criterion, application }] = await enforced.violations((all) => all.length > 0)
      assert.deepEqual([criterion, application], ['personal-data', 'PostgreSQL'])
    },
  )

  test('connections that come and go by the thousand get the right verdict, each, and leave nothing behind', async (t) => {
    const lab = new NetworkLab(t)
    const [server, client] = [lab.add('server'), lab.add('client')]
    await lab.start(server, web)
    const enforced = await EnforcedLab.start(t, onlyNamespaces(folderWith(t, server, client)))
    await enforced.apply(toServer('action: allow, ports: tcp/80'))
    await enforced.mode('Protect')
    await enforced.protected(workloadId(client), 'held')
    await enforced.protected(workloadId(server), 'held')
    const rulesOf = (node: LabNode) =>
      execFileSync('nsenter', [`--net=${node.path}`, 'nft', 'list', 'chains'], { encoding: 'utf8' })
    const before = rulesOf(client)
    await lab.run(client, churn(server, 1, 200))
    const memory = residentBytes(enforced.pid)
    const { allowed, denied, wrong } = JSON.parse(
      await lab.run(client, churn(server, churnSeconds, 1_000)),
    ) as Record<string, number>
    const grown = (residentBytes(enforced.pid) - memory) / 2 ** 20
    t.diagnostic(
      `${(allowed + denied) / churnSeconds} connections/s, ${wrong} wrong, ${grown.toFixed(0)} MiB more`,
    )
    assert.equal(wrong, 0)
    assert.ok(allowed > 0 && denied > 0)
    assert.ok(grown < 128, `${grown} MiB`)
    assert.equal(rulesOf(client), before)
  })
})

/** Takes what is redirected to it, and says it to the partner over TLS. */
function sidecar({ address }: LabNode): string {
  return `
    require('node:net').createServer((socket) => {
      const out = require('node:tls').connect({ host: '${address}', port: 443, rejectUnauthorized: false })
      socket.pipe(out).pipe(socket)
      for (const end of [socket, out]) end.on('error', () => { socket.destroy(); out.destroy() })
    }).listen(15001, '127.0.0.1', () => console.log('listening'))`
}

function query(from: LabNode, { address }: LabNode, user: string, sql: string): string {
  const [version] = readdirSync('/usr/lib/postgresql')
  const psql = `/usr/lib/postgresql/${version}/bin/psql`
  const connection = `host=${address} user=${user} dbname=postgres connect_timeout=5 sslmode=disable gssencmode=disable`
  try {
    return execFileSync('nsenter', [`--net=${from.path}`, psql, '-At', '-c', sql, connection], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    return (error as { stderr: string }).stderr
  }
}

/** Opens so many connections a second, one in ten to a port that is denied, and counts what became of them. */
function churn({ address }: LabNode, seconds: number, perSecond: number): string {
  return `
    const net = require('node:net')
    const counts = { allowed: 0, denied: 0, wrong: 0 }
    let opened = 0
    let open = 0
    const began = performance.now()
    const one = () => {
      const isDenied = opened++ % 10 === 9
      open++
      const socket = net.connect({ port: isDenied ? 8080 : 80, host: '${address}' }, () => socket.write('GET / HTTP/1.1\\r\\nhost: s\\r\\nconnection: close\\r\\n\\r\\n'))
      let text = ''
      let code = ''
      socket.setTimeout(5000, () => socket.destroy())
      socket.on('data', (data) => (text += data)).on('error', (error) => (code = error.code)).on('close', () => {
        open--
        if (isDenied ? code === 'ECONNREFUSED' || code === 'ECONNRESET' : text.includes('welcome')) counts[isDenied ? 'denied' : 'allowed']++
        else { counts.wrong++; console.error(isDenied, code, text.slice(0, 40)) }
      })
    }
    const timer = setInterval(() => {
      const elapsed = performance.now() - began
      if (elapsed > ${seconds * 1000}) {
        clearInterval(timer)
        return setInterval(() => { if (open === 0) { console.log(JSON.stringify(counts)); process.exit() } }, 10)
      }
      while (opened < elapsed * ${perSecond / 1000} && open < 200) one()
    }, 2)`
}

function residentBytes(pid: number | undefined): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
