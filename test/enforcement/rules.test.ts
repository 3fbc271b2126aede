import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import { onlyNamespaces } from '../enforcer/pavise-up.ts'
import { needsRoot, NetworkLab, type LabNode } from '../support/network-lab.ts'
import { EnforcedLab } from './enforced-lab.ts'

const id = ({ name }: LabNode) => `netns:${name}`

/** HTTP on 80 and 8080, on both families. */
const web = `
  const { createServer } = require('node:http')
  const answer = (request, response) => request.resume().on('end', () => response.end('welcome'))
  createServer(answer).listen(8080, '::')
  createServer(answer).listen(80, '::', () => console.log('listening'))`

/** Asks each URL, and prints the answer or why there was none, and the milliseconds that took. */
function ask(...urls: string[]): string {
  return `
    const http = require('node:http')
    const get = (url) => new Promise((resolve) => {
      const request = http.get(url, { agent: false, timeout: 3000 }, (response) => {
        let text = ''
        response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
      })
      request.on('timeout', () => request.destroy({ code: 'silence' })).on('error', ({ code }) => resolve(code))
    })
    ;(async () => {
      for (const url of ${JSON.stringify(urls)}) console.log(await get(url))
    })()`
}

async function answers(lab: NetworkLab, from: LabNode, ...urls: string[]): Promise<string[]> {
  return (await lab.run(from, ask(...urls))).trim().split('\n')
}

async function labOfTwo(t: TestContext) {
  const lab = new NetworkLab(t)
  const [server, client] = [lab.add('server'), lab.add('client')]
  await lab.start(server, web)
  const enforced = await EnforcedLab.start(t, onlyNamespaces(lab.folder))
  return { lab, server, client, enforced }
}

/** Rules of what the client's group may say to the server's. */
function toServer(...rules: string[]): string {
  const service = (name: string) =>
    `{name: nv.${name}.default, criteria: [{key: service, op: =, value: ${name}.default}, {key: domain, op: =, value: default}]}`
  return `apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: {name: nv.client.default, namespace: default}
spec:
  target:
    selector: ${service('client')}
  egress:
${rules.map((rule, i) => `  - {name: rule-${i}, ${rule}, selector: ${service('server')}}`).join('\n')}
`
}

suite('rules of a namespace', { skip: needsRoot }, () => {
  test('in Protect what is allowed passes, what is not is refused, and the record says why', async (t) => {
    const { lab, server, client, enforced } = await labOfTwo(t)
    await enforced.apply(toServer('action: allow, ports: tcp/80'))
    await enforced.mode('Protect')
    await enforced.protected(id(client), 'held')
    const urls = [`http://${server.address}`, `http://[${server.address6}]`]
    assert.deepEqual(await answers(lab, client, ...urls), ['welcome', 'welcome'])
    const denied = urls.map((url) => `${url}:8080`)
    assert.deepEqual(await answers(lab, client, ...denied), ['ECONNREFUSED', 'ECONNREFUSED'])
    const violations = await enforced.violations((all) => all.length >= 2)
    for (const { action, criterion, server: end, workload, client: from } of violations)
      assert.deepEqual(
        [action, criterion, end.port, workload, from.groups.includes('nv.client.default')],
        ['blocked', 'no-rule', 8080, id(client), true],
      )
  })
})
