import { request, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { Accounts } from '../../src/accounts/accounts.ts'
import type { OidcOptions } from '../../src/accounts/oidc.ts'
import type { AutomaticCapture } from '../../src/model/captures.ts'
import type { Grant, Permission } from '../../src/model/permissions.ts'
import type { ControllerOptions } from '../../src/controller/controller.ts'
import { consoleFolder } from '../../src/api/console-files.ts'
import { ApiServer } from '../../src/api/server.ts'
import { silentLog } from '../../src/lib/log.ts'
import type { Store } from '../../src/store/store.ts'
import { startController, type Running } from './fixture.ts'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  json: any // oxlint-disable-line typescript/no-explicit-any -- whatever came; the schemas check it
}

export interface Asking {
  method?: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** A token; nobody's where it is null, the administrator's where it is left out. */
  token?: string | null
}

export interface RunningApi extends Running {
  api: ApiServer
  url: string
  accounts: Accounts
  /** The token of an administrator. */
  token: string
  ask: (path: string, asking?: Asking) => Promise<Answer>
  /** A token of a new account that has these roles. */
  tokenOf: (grants: Grant[], scope?: Permission[]) => Promise<string>
}

export interface ApiChange {
  /** With what was stored there before. */
  folder?: string
  store?: (store: Store) => Store
  now?: () => number
  /** Keeps packets, and has enforcers record this by themselves. */
  captures?: AutomaticCapture
  /** Listens for nodes, too. */
  nodes?: { certificateMs?: number; port?: number }
  /** Whom response rules tell. */
  notify?: NonNullable<ControllerOptions['notify']>
  /** Whether it serves the console. */
  console?: boolean
  oidc?: OidcOptions
  /** Any that is free where it is left out. */
  port?: number
}

/** The API on the loopback with a real store on the disk, and an account that may do everything. */
export async function startApiServer(t: TestContext, change: ApiChange = {}): Promise<RunningApi> {
  const running = await startController(t, change)
  const { controller, folder } = running
  const accounts = new Accounts(controller.store.accounts, change.now, change.oidc)
  const api = await ApiServer.start({
    controller,
    accounts,
    version: '9.9.9',
    port: change.port ?? 0,
    tls: null,
    consoleFolder: change.console === true ? consoleFolder : '',
    socketPath: join(folder, 'api.sock'),
    log: silentLog,
  })
  t.after(() => api.close())
  let made = 0
  const tokenOf = async (grants: Grant[], scope?: Permission[]) => {
    const name = `account-${++made}`
    await controller.store.accounts.add({ id: name, name, grants, createdAt: 0 })
    const expiresAt = (change.now?.() ?? Date.now()) + 3_600_000
    return accounts.signIn.issue({ kind: 'token', account: name, name: 't', scope: scope ?? null, expiresAt })
  }
  const token = await tokenOf([{ role: 'administrator', namespace: null }])
  const ask: RunningApi['ask'] = (path, asking = {}) => askOver(api.url, path, { token, ...asking })
  return { ...running, api, url: api.url, accounts, token, ask, tokenOf }
}

function askOver(
  url: string,
  path: string,
  { method = 'GET', headers, body, token }: Asking,
): Promise<Answer> {
  const content = body === undefined ? '' : JSON.stringify(body)
  const sent = {
    ...(token !== null && token !== undefined && { authorization: `Bearer ${token}` }),
    ...(content !== '' && {
      'content-type': 'application/json',
      'content-length': `${Buffer.byteLength(content)}`,
    }),
    ...headers,
  }
  return new Promise((resolve, reject) => {
    const asked = request(url + path, { agent: false, method, headers: sent }, (response) => {
      const { statusCode: status = 0, headers } = response
      if (headers['content-type']?.startsWith('text/event-stream')) {
        response.destroy() // It has no end.
        return resolve({ status, headers, text: '', json: null })
      }
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        const isJson = /[/+]json/.test(headers['content-type'] ?? '') && text !== ''
        const json: unknown = isJson ? JSON.parse(text) : null
        resolve({ status, headers, text, json })
      })
    })
    asked.on('error', reject)
    asked.end(content)
  })
}
