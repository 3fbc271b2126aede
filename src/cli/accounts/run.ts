import type { Static } from 'typebox'
import type { accountItem, linkItem } from '../../api/contract/account-schemas.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { Grant } from '../../model/permissions.ts'
import { LocalApi } from '../local-api.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

export interface AccountsFlags {
  stateDir: string
  json: boolean
}

type Account = Static<typeof accountItem>
type Link = Static<typeof linkItem>

const path = '/api/v1/accounts'

class AccountsError extends PaviseError<'NO_SUCH_ACCOUNT'> {}

/** @throws LocalApiError, as all here do */
export async function listAccounts({ stateDir, json }: AccountsFlags): Promise<void> {
  const accounts = await all(new LocalApi(stateDir))
  await print(json ? accounts.map((account) => toJsonText(account)) : tableLines(accounts))
}

export async function addAccount(flags: AccountsFlags, name: string, grants: Grant[]): Promise<void> {
  await printLink(flags, await new LocalApi(flags.stateDir).send<Link>('POST', path, { name, grants }))
}

/** @throws AccountsError */
export async function linkAccount(flags: AccountsFlags, name: string): Promise<void> {
  const api = new LocalApi(flags.stateDir)
  await printLink(flags, await api.send<Link>('POST', `${path}/${(await find(api, name)).id}/link`))
}

/** @throws AccountsError */
export async function removeAccount({ stateDir, json }: AccountsFlags, name: string): Promise<void> {
  const api = new LocalApi(stateDir)
  const account = await find(api, name)
  await api.send('DELETE', `${path}/${account.id}`)
  await print(json ? [toJsonText(account)] : [`${account.name} is removed.`])
}

async function all(api: LocalApi): Promise<Account[]> {
  return (await api.get<{ items: Account[] }>(path)).items
}

async function find(api: LocalApi, name: string): Promise<Account> {
  const accounts = await all(api)
  const found = accounts.find((account) => account.name.toLowerCase() === name.toLowerCase())
  if (found) return found
  throw new AccountsError('NO_SUCH_ACCOUNT', `There is no account ${name}.`, {
    nextStep: `There are: ${accounts.map((account) => account.name).join(', ')}.`,
    exitCode: ExitCode.usage,
  })
}

async function printLink({ json }: AccountsFlags, link: Link): Promise<void> {
  const until = new Date(link.expiresAt).toTimeString().slice(0, 5)
  await print(json ? [toJsonText(link)] : [link.url, `Logs ${link.account.name} in, once, until ${until}.`])
}

function tableLines(accounts: Account[]): string[] {
  const style = styleFor(process.stdout.isTTY, process.env)
  const columns = [
    { title: 'NAME', least: 8 },
    { title: 'ROLES', least: 12 },
    { title: 'LOG-IN', least: 6 },
  ]
  const rows = accounts.map((account) => [
    { text: printable(account.name) },
    { text: account.grants.map(grantText).join(', ') },
    { text: stateOf(account), ...(account.disabled && { style: style.warn }) },
  ])
  return layoutTable(columns, rows, process.stdout.columns ?? Number.POSITIVE_INFINITY)
}

function grantText({ role, namespace }: Grant): string {
  return namespace === null ? role : `${role} in ${printable(namespace)}`
}

function stateOf({ disabled, hasPassword, lockedUntil }: Account): string {
  if (disabled) return 'disabled'
  if (lockedUntil !== null) return `locked until ${new Date(lockedUntil).toTimeString().slice(0, 5)}`
  return hasPassword ? 'password' : 'by link only'
}

async function print(lines: readonly string[]): Promise<void> {
  const output = new LineOutput(process.stdout)
  for (const line of lines) output.line(line)
  await output.end()
}
