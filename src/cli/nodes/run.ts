import { hostname } from 'node:os'
import type { NewJoinToken, NodeItem, NodeList } from '../../api/contract/node-operations.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { shortAge } from '../../lib/quantity.ts'
import { hostPortText } from '../host-port.ts'
import { LocalApi } from '../local-api.ts'
import { byOf, print, type RunningFlags } from '../running.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

export type NodesFlags = RunningFlags

export interface TokenFlags extends RunningFlags {
  /** How long it can be used, in ms. */
  valid: number
}

/** @throws LocalApiError, as all here do */
export async function printJoinToken({ stateDir, json, valid }: TokenFlags): Promise<void> {
  const body = { seconds: Math.max(1, Math.round(valid / 1_000)), ...byOf({}) }
  const made = await new LocalApi(stateDir).send<NewJoinToken>('POST', '/api/v1/join-tokens', body)
  await print(json ? [toJsonText(made)] : tokenLines(made))
}

export async function listNodes({ stateDir, json }: NodesFlags): Promise<void> {
  const { listening, items } = await new LocalApi(stateDir).get<NodeList>('/api/v1/nodes')
  if (json) return print(items.map((node) => toJsonText(node)))
  if (!listening)
    return print(['This Pavise watches its own machine only: nodes report to pavise controller.'])
  await print(
    items.length === 0 ? ['No machine has joined yet: pavise controller join-token.'] : tableLines(items),
  )
}

export async function removeNode(
  { stateDir, json }: NodesFlags,
  name: string,
  reason: string,
): Promise<void> {
  const path = `/api/v1/nodes/${encodeURIComponent(name)}/remove`
  const node = await new LocalApi(stateDir).send<NodeItem>('POST', path, byOf({ reason }))
  await print(json ? [toJsonText(node)] : [`${printable(node.name)} is removed; it is let in no more.`])
}

function tokenLines({ token, expiresAt, port }: NewJoinToken): string[] {
  const place = hostPortText({ host: hostname(), port })
  const until = new Date(expiresAt).toTimeString().slice(0, 5)
  return [
    `Lets one machine join, once, until ${until}. On that machine, with an address of this one that it reaches:`,
    `sudo pavise enforcer --controller ${place} --join ${token}`,
  ]
}

function tableLines(nodes: readonly NodeItem[]): string[] {
  const style = styleFor(process.stdout.isTTY, process.env)
  const columns = [
    { title: 'NODE', least: 8 },
    { title: 'STATE', least: 16 },
    { title: 'POLICY', least: 7 },
    { title: 'CERTIFICATE UNTIL', least: 10 },
    { title: 'VERSION', least: 7 },
  ]
  const rows = nodes.map((node) => [
    { text: printable(node.name) },
    { text: stateOf(node), ...(!node.connected && { style: style.warn }) },
    { text: policyOf(node) },
    { text: node.certificateUntil.slice(0, 10) },
    { text: printable(node.version ?? '-') },
  ])
  return layoutTable(columns, rows, process.stdout.columns ?? Number.POSITIVE_INFINITY)
}

function stateOf({ connected, since }: NodeItem): string {
  const age = since === null ? '' : ` for ${shortAge(Date.now() - Date.parse(since))}`
  return `${connected ? 'connected' : 'not connected'}${age}`
}

function policyOf({ policyIsCurrent }: NodeItem): string {
  if (policyIsCurrent === undefined) return '-'
  return policyIsCurrent ? 'current' : 'behind'
}
