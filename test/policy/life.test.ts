import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { PolicyRule, PolicyStatus } from '../../src/api/contract/policy-schemas.ts'
import { LocalApi } from '../../src/cli/local-api.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'
import { onlyNamespaces, PaviseUp } from '../enforcer/pavise-up.ts'
import { needsRoot, NetworkLab } from '../support/network-lab.ts'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))

/** From a connection to the rule that is learned of it: ten seconds, and what a busy machine adds. */
const learnedWithinMs = 60_000

/** HTTP on 8080; on 7000 and on 7500 something that has no name. */
const server = `
  const echo = (socket) => socket.on('data', (data) => socket.end(data)).on('error', () => {})
  const { createServer } = require('node:net')
  require('node:http').createServer((request, response) => response.end('hello')).listen(8080, '::', () =>
    createServer(echo).listen(7000, '::', () => createServer(echo).listen(7500, '::', () => console.log('listening'))))`

/** What comes of some words that begin as no protocol does: what was answered, or why nothing was. */
const words = (host: string, port: number) => `
  const socket = require('node:net').connect(${port}, '${host}', () => socket.write('\\0\\x01 words'))
  const say = (text) => { console.log(text); process.exit() }
  socket.on('data', (data) => say(String(data))).on('error', ({ code }) => say(code))
  setTimeout(() => say('silence'), 3000)`

/** Answers every question for an address with the same one (RFC 1035 section 4.1). */
const nameServer = (address: string) => `
  const socket = require('node:dgram').createSocket('udp4')
  socket.on('message', (query, from) => {
    const question = query.subarray(12)
    const header = Buffer.from([query[0], query[1], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0])
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4, ${address.split('.').join(', ')}])
    socket.send(Buffer.concat([header, question, answer]), from.port, from.address)
  })
  socket.bind(53, () => console.log('listening'))`

const visits = (api: string, dns: string) => `
  const { Resolver } = require('node:dns').promises
  const get = (host) => fetch('http://' + host + ':8080/', { headers: { connection: 'close' } }).then((answer) => answer.text())
  const say = (host) => new Promise((resolve, reject) => {
    const socket = require('node:net').connect(7000, host, () => socket.write('some words that have no protocol of a name'))
    socket.on('data', () => socket.end()).on('close', resolve).on('error', reject)
  })
  ;(async () => {
    const resolver = new Resolver()
    resolver.setServers(['${dns}'])
    const [partner] = await resolver.resolve4('results.lab.example')
    await get('${api}')
    await say('${api}')
    await get(partner)
    console.log('done')
  })()`

/** Tries doors that are closed, and one that is open. */
const scan = (api: string) => `
  const knock = (port) => new Promise((resolve) => {
    const socket = require('node:net').connect(port, '${api}', () => socket.write('who is there, I am only looking around'))
    socket.on('data', () => socket.end()).on('close', resolve).on('error', resolve)
  })
  ;(async () => {
    for (let port = 6970; port <= 7010; port++) await knock(port)
    console.log('done')
  })()`

/** `pavise policy …` against a Pavise that runs. */
function policyOf(up: PaviseUp) {
  return (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [launcher, 'policy', ...words, '--state-dir', up.folder],
      { encoding: 'utf8', timeout: 60_000, env: { ...process.env, NO_COLOR: '1', SUDO_USER: 'ada' } },
    )
    return { status, stdout, stderr }
  }
}

async function learnedRules(up: PaviseUp): Promise<string[]> {
  const rules = await up.get<PolicyRule>('policy/rules?tier=learned')
  return rules
    .map(({ from, to, applications, ports }) => [from, to, ...applications, ports].join(' ').trim())
    .toSorted()
}

suite('the life of a policy', { skip: needsRoot }, () => {
  test('what is seen in Discover is learned, exported, applied elsewhere, tried, enforced and taken back', async (t) => {
    const lab = new NetworkLab(t)
    const [web, api, dns, partner, scanner] = ['web', 'api', 'dns', 'partner', 'scanner'].map((name) =>
      lab.add(name),
    )
    await lab.start(api, server)
    await lab.start(partner, server)
    await lab.start(dns, nameServer(partner.address))
    lab.remove(partner) // It runs on, as somebody outside.
    const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
    const policy = policyOf(up)
    const isSeen = async () =>
      (await up.get<{ coverage: string }>('workloads?running=true')).filter(
        ({ coverage }) => coverage === 'seen',
      ).length
    await eventually(async () => (await isSeen()) === 5, 'the namespaces are seen', learnedWithinMs)
    await lab.run(web, visits(api.address, dns.address))
    await lab.run(scanner, scan(api.address))
    const expected = [
      'nv.web.default host.results.lab.example HTTP',
      'nv.web.default nv.api.default HTTP',
      'nv.web.default nv.api.default tcp/7000',
      'nv.web.default nv.dns.default DNS',
    ]
    await eventually(async () => (await learnedRules(up)).length >= 4, 'rules are learned', learnedWithinMs)
    assert.deepEqual(await learnedRules(up), expected, 'nothing of the scanner')
    assert.match(policy('rules').stdout, /learned: 1 connection, last/)

    const exported = policy('export')
    assert.equal(exported.status, 0, exported.stderr)
    const folder = temporaryFolder(t)
    const file = join(folder, 'learned.yaml')
    writeFileSync(file, exported.stdout)
    assert.match(policy('diff', file).stdout, /\+ NvSecurityRule default\/nv\.web\.default/)

    await t.test('elsewhere it is applied as it is', async (inner) => {
      const elsewhere = await PaviseUp.start(inner, onlyNamespaces(join(folder, 'none')))
      const there = policyOf(elsewhere)
      const applied = there('apply', file, '--reason', 'from the test system')
      assert.equal(applied.status, 0, applied.stderr)
      assert.match(applied.stdout, /Version 1 holds/)
      assert.equal(there('diff', file).status, 0, 'what was applied is no difference')
      assert.equal(there('export').stdout, exported.stdout)
      assert.match(there('history').stdout, /1 +\S.* ada +apply +\+\d+ ~0 -0 +from the test system/)
    })

    await t.test(
      'it is tried on what was seen: what was learned blocks the scanner alone, without a rule something breaks',
      () => {
        const tried = policy('simulate', '--policy', file, '--only', '--since', '1h')
        assert.equal(tried.status, 1, tried.stdout + tried.stderr)
        const blocked = tried.stdout.split('\n').filter((line) => /^ +\d/.test(line))
        assert.match(blocked.join('\n'), /^ +1 +nv\.scanner\.default +nv\.api\.default +tcp\/7000 [^\n]+$/)
        const less = join(folder, 'less.yaml')
        writeFileSync(less, exported.stdout.replaceAll('tcp/7000', 'tcp/7001'))
        const broken = policy('simulate', '--policy', less, '--only', '--since', '1h', '--json')
        assert.equal(broken.status, 1, broken.stdout + broken.stderr)
        const denials = broken.stdout.split('\n').map((line) => (line === '' ? null : JSON.parse(line)))
        const denial = denials.find((each) => each?.from === 'nv.web.default')
        assert.deepEqual(
          [denial.from, denial.to, denial.transport, denial.port, denial.flows, denial.workloads],
          ['nv.web.default', 'nv.api.default', 'tcp', 7000, 1, ['web', 'api']],
        )
      },
    )

    await t.test('a mode is set, reaches the enforcer, and is undone', async () => {
      const local = new LocalApi(up.folder)
      const isCurrent = async () =>
        (await local.get<PolicyStatus>('/api/v1/policy')).enforcers.every((each) => each.policyIsCurrent)
      assert.match(
        policy('mode', 'nv.api.default', 'Monitor').stdout,
        /\+ Mode nv\.api\.default: default → Monitor/,
      )
      await eventually(isCurrent, 'the enforcer goes by it')
      assert.match(policy('mode').stdout, /nv\.api\.default +Monitor +Monitor +set/)
      assert.equal(policy('undo', '--dry-run').status, 0)
      assert.match(policy('undo').stdout, /Version 2 holds/)
      assert.match(policy('mode').stdout, /nv\.api\.default +Discover +Discover +default/)
    })

    await t.test(
      'in Protect what was learned passes, the rest is cut and told of, until it is undone',
      async () => {
        const protection = async (wanted: string) => {
          const states = await up.get<{ workload: { id: string }; protection?: { kind: string } }>(
            'workloads?running=true',
          )
          return states.some(
            ({ workload, protection: is }) => workload.id === 'netns:api' && (is?.kind ?? 'none') === wanted,
          )
        }
        assert.equal((await lab.run(web, words(api.address, 7500))).trim().slice(-5), 'words')
        for (const group of ['nv.web.default', 'nv.api.default']) policy('mode', group, 'Protect')
        await eventually(() => protection('held'), 'its packets are held', learnedWithinMs)
        assert.equal((await lab.run(web, words(api.address, 7000))).trim().slice(-5), 'words')
        assert.match(await lab.run(web, words(api.address, 7500)), /ECONN|silence/)
        const blocked = await up.until<{ action: string; server: { port: number } }>(
          'violations?action=blocked',
          (items) => items.length > 0,
          'it is told of',
        )
        assert.equal(blocked[0].server.port, 7500)
        for (const _ of ['api', 'web']) policy('undo')
        await eventually(() => protection('none'), 'its packets are let go', learnedWithinMs)
        assert.equal((await lab.run(web, words(api.address, 7500))).trim().slice(-5), 'words')
      },
    )

    await t.test('what is wrong is refused as a whole, with where and what to write instead', () => {
      const wrong = join(folder, 'wrong.yaml')
      writeFileSync(wrong, exported.stdout.replace('tcp/7000', 'tcp/70000'))
      const { status, stderr } = policy('apply', wrong)
      assert.equal(status, 2)
      assert.match(stderr, /wrong\.yaml:\d+: NvSecurityRule nv\.web\.default: .*is no port/)
    })

    await t.test('a workload is cut off and let go again', async () => {
      assert.match(
        policy('quarantine', 'netns:scanner', '--reason', 'it scans').stdout,
        /netns:scanner .* it scans/,
      )
      const isDone = () => !policy('quarantine').stdout.includes('nobody yet')
      await eventually(isDone, 'the enforcer has said it', learnedWithinMs)
      assert.equal(policy('quarantine', 'netns:nobody').status, 2)
      assert.match(policy('release', 'netns:scanner').stdout, /No workload is in quarantine/)
    })

    await t.test('a learned rule is forgotten', async () => {
      const [rule] = await up.get<PolicyRule>('policy/rules?tier=learned&group=nv.dns.default')
      assert.match(policy('forget', rule.id).stdout, /is forgotten/)
      assert.deepEqual(await up.get('policy/rules?tier=learned&group=nv.dns.default'), [])
    })
  })

  test('where nothing runs, that is said, with exit code 4', (t) => {
    const state = temporaryFolder(t)
    for (const words of [
      ['history'],
      ['export'],
      ['mode'],
      ['undo'],
      ['rules'],
      ['simulate', '--since', '1h'],
    ]) {
      const { status, stderr } = spawnSync(
        process.execPath,
        [launcher, 'policy', ...words, '--state-dir', state],
        { encoding: 'utf8', timeout: 60_000 },
      )
      assert.equal(status, 4, words.join())
      assert.match(stderr, /NOT_RUNNING/)
    }
  })
})
