import type { LabNode } from '../support/network-lab.ts'
import { type NetworkLab } from '../support/network-lab.ts'

/** Of a bare namespace. */
export const workloadId = ({ name }: LabNode) => `netns:${name}`

/** HTTP on 80 and 8080, on both families. */
export const web = `
  const { createServer } = require('node:http')
  const answer = (request, response) => request.resume().on('end', () => response.end('welcome'))
  createServer(answer).listen(8080, '::')
  createServer(answer).listen(80, '::', () => console.log('listening'))`

/** Asks each URL over a connection of its own. @returns the answers, or why there was none */
export async function answers(lab: NetworkLab, from: LabNode, ...urls: string[]): Promise<string[]> {
  return (await lab.run(from, ask(urls))).trim().split('\n')
}

function ask(urls: string[]): string {
  return `
    const http = require('node:http')
    const get = (url) => new Promise((resolve) => {
      const request = http.get(url, { agent: false, timeout: 2000 }, (response) => {
        let text = ''
        response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
      })
      request.on('timeout', () => request.destroy({ code: 'silence' })).on('error', ({ code }) => resolve(code))
    })
    ;(async () => {
      for (const url of ${JSON.stringify(urls)}) console.log(await get(url))
    })()`
}

/** Rules of what the client's group may say to the server's: `action: allow, ports: tcp/80`. */
export function toServer(...rules: string[]): string {
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
