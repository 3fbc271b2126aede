import type { Static } from 'typebox'
import type { Accounts } from '../../accounts/accounts.ts'
import { accountLimits } from '../../accounts/limits.ts'
import type { StoredAccount, StoredSecret } from '../../store/account-store.ts'
import type {
  accountItem,
  AccountChange,
  IdParameter,
  linkItem,
  NewAccount,
  NewToken,
  tokenItem,
} from '../contract/account-schemas.ts'
import { operations } from '../contract/operations.ts'
import { heldRoute } from '../listed-route.ts'
import { HttpProblem } from '../problem.ts'
import type { Call, Route } from '../route.ts'

const dayMs = 24 * 60 * 60 * 1000

/** @param url where people log in, without a slash at its end */
export function accountRoutes(accounts: Accounts, url: () => string): Route[] {
  return [...managementRoutes(accounts, url), ...tokenRoutes(accounts)]
}

function managementRoutes(accounts: Accounts, url: () => string): Route[] {
  return [
    heldRoute(operations.accounts, async () => (await accounts.list()).map(showAccount)),
    {
      operation: operations.addAccount,
      answer: async ({ body, identity, audited }) => {
        const { name, grants } = body as NewAccount
        Object.assign(audited, { target: name, detail: { grants } })
        return showLink(await accounts.add(identity.caller, name, grants), url())
      },
    },
    {
      operation: operations.changeAccount,
      answer: async ({ params, body, identity, audited }) => {
        const change = body as AccountChange
        audited.detail = change
        const account = await accounts.change(identity.caller, (params as IdParameter).id, change)
        audited.target = account.name
        return showAccount(account)
      },
    },
    {
      operation: operations.removeAccount,
      answer: async ({ params, identity, audited }) => {
        audited.target = (await accounts.remove(identity.caller, (params as IdParameter).id)).name
        return {}
      },
    },
    {
      operation: operations.endSessions,
      answer: async ({ params, identity, audited }) => {
        audited.target = (await accounts.endSessions(identity.caller, (params as IdParameter).id)).name
        return {}
      },
    },
    {
      operation: operations.addLink,
      answer: async ({ params, identity, audited }) => {
        const made = await accounts.link(identity.caller, (params as IdParameter).id)
        audited.target = made.account.name
        return showLink(made, url())
      },
    },
  ]
}

function tokenRoutes(accounts: Accounts): Route[] {
  return [
    heldRoute(operations.tokens, async ({ identity }) =>
      (await accounts.tokens(identity.caller.accountId)).map(showToken),
    ),
    {
      operation: operations.addToken,
      answer: async ({ body, identity, audited }) => {
        const { name, scope, days } = body as NewToken
        Object.assign(audited, { target: name, detail: { scope, days } })
        if (identity.identified?.secret.kind !== 'session')
          throw new HttpProblem(403, 'A token is made by an account that is logged in, not by another token.')
        const token = await accounts.addToken(identity.caller, { name, scope, ms: days * dayMs })
        return { type: 'new-token', token }
      },
    },
    {
      operation: operations.removeToken,
      answer: async (call) => {
        await removeToken(accounts, call)
        return {}
      },
    },
  ]
}

async function removeToken(accounts: Accounts, { params, identity }: Call): Promise<void> {
  if (await accounts.removeToken(identity.caller.accountId, (params as IdParameter).id)) return
  throw new HttpProblem(404, 'There is no such token among yours.')
}

function showAccount(account: StoredAccount): Static<typeof accountItem> {
  const { id, name, grants, disabled, password, lockedUntil, createdAt } = account
  return {
    type: 'account',
    id,
    name,
    grants,
    disabled,
    hasPassword: password !== null,
    lockedUntil: lockedUntil > Date.now() ? new Date(lockedUntil).toISOString() : null,
    createdAt: new Date(createdAt).toISOString(),
  }
}

/** The secret stands behind `#`: browsers send that to nobody, so that it is in no log and no Referer. */
function showLink(
  { account, link }: { account: StoredAccount; link: string },
  url: string,
): Static<typeof linkItem> {
  const expiresAt = new Date(Date.now() + accountLimits.linkMs).toISOString()
  return { type: 'link', account: showAccount(account), link, url: `${url}/login#${link}`, expiresAt }
}

function showToken({
  id,
  name,
  scope,
  createdAt,
  usedAt,
  expiresAt,
}: StoredSecret): Static<typeof tokenItem> {
  const time = (ms: number) => new Date(ms).toISOString()
  return {
    type: 'token',
    id,
    name,
    scope,
    createdAt: time(createdAt),
    usedAt: time(usedAt),
    expiresAt: time(expiresAt),
  }
}
