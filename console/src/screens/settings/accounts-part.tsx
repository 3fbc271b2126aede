import { useState } from 'react'
import type { Account, AccountLink } from '../../../../src/api/contract/types.ts'
import { change } from '../../api/client.ts'
import { queryClient } from '../../api/queries.ts'
import { useAccounts } from '../../api/settings-queries.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Age, Ago, Empty, ProblemNote } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { useUrlState } from '../../url-state.ts'
import { AccountDrawer } from './account-drawer.tsx'
import { InviteDrawer } from './invite-drawer.tsx'

/** What was done about an account, and shown once. */
export type Done = { link: AccountLink } | { text: string }

/** Who may log in, and what each may. */
export function AccountsPart() {
  const accounts = useAccounts()
  const [url, go] = useUrlState()
  const [done, setDone] = useState<Done | null>(null)
  const all = accounts.data ?? []
  const selected = all.find(({ id }) => id === url.account)
  const finish = async (what: Done) => {
    setDone(what)
    go({ account: '', invite: '' })
    await queryClient.invalidateQueries({ queryKey: ['accounts'] })
  }
  return (
    <section className="stack">
      <div className="head">
        <h2>Accounts</h2>
        <Age of={accounts.dataUpdatedAt} />
      </div>
      {accounts.error ? <ProblemNote error={accounts.error} again={() => void accounts.refetch()} /> : null}
      {done === null ? null : <DoneNote done={done} />}
      <div>
        <button type="button" className="main" onClick={() => go({ invite: 'yes' })}>
          Invite somebody
        </button>
      </div>
      {all.length > 0 ? (
        <Table
          caption="Accounts, by name"
          columns={['Account', 'Roles', 'Log-in', 'Made', 'Change']}
          rows={all.map((each) => rowOf(each, () => go({ account: each.id })))}
        />
      ) : null}
      {url.invite === 'yes' ? (
        <InviteDrawer
          invite={async (body) =>
            finish({ link: await change<AccountLink>('POST', '/api/v1/accounts', body) })
          }
          close={() => go({ invite: '' })}
        />
      ) : null}
      {selected ? (
        <AccountDrawer account={selected} finish={finish} close={() => go({ account: '' })} />
      ) : null}
    </section>
  )
}

export function rolesText(grants: Account['grants']): string {
  return grants
    .map(({ role, namespace }) => (namespace === null ? role : `${role} in ${namespace}`))
    .join(', ')
}

function rowOf(account: Account, open: () => void) {
  const { id, name, grants, createdAt } = account
  return {
    key: id,
    cells: [
      name,
      rolesText(grants),
      logInText(account),
      <Ago key="made" time={createdAt} />,
      <button key="change" type="button" className="link" onClick={open} aria-label={`Change: ${name}`}>
        Change
      </button>,
    ],
  }
}

function logInText({ disabled, lockedUntil, hasPassword }: Account): string {
  if (disabled) return '■ disabled'
  if (lockedUntil !== null) return '▲ locked after wrong passwords'
  return hasPassword ? 'password' : 'by link, passkey or provider'
}

/** A link is a secret that is shown once. */
function DoneNote({ done }: { done: Done }) {
  if ('text' in done)
    return (
      <p role="status">
        <span aria-hidden="true">✓</span> {done.text}
      </p>
    )
  const { account, url, expiresAt } = done.link
  return (
    <Empty>
      <p role="status">
        <strong>Give this link to {account.name}.</strong> It logs in once, until{' '}
        {new Date(expiresAt).toLocaleTimeString('sv')}, and is not shown again.
      </p>
      <pre className="recorded">{url}</pre>
      <CopyButton label="Copy the link" text={url} />
    </Empty>
  )
}
