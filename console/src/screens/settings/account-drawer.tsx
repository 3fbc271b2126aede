import type { Account, AccountLink } from '../../../../src/api/contract/types.ts'
import { change } from '../../api/client.ts'
import { ActionForm } from '../../ui/forms.tsx'
import { Drawer } from '../../ui/parts.tsx'
import type { Done } from './accounts-part.tsx'
import { GrantsField, grantsIn } from './grants-field.tsx'

interface Props {
  account: Account
  finish: (done: Done) => Promise<void>
  close: () => void
}

/** What can be done about an account; each is in the audit log. */
export function AccountDrawer({ account, finish, close }: Props) {
  const { id, name, grants, disabled } = account
  const path = `/api/v1/accounts/${encodeURIComponent(id)}`
  const patch = async (body: object, text: string) => {
    await change('PATCH', path, body)
    await finish({ text })
  }
  const endSessions = async () => {
    await change('DELETE', `${path}/sessions`)
    await finish({ text: `All sessions of ${name} have ended.` })
  }
  const remove = async () => {
    await change('DELETE', path)
    await finish({ text: `${name} is removed.` })
  }
  const link = async () => finish({ link: await change<AccountLink>('POST', `${path}/link`) })
  return (
    <Drawer title={`Account ${name}`} close={close}>
      <ActionForm
        action="Change the roles"
        send={(data) => patch({ grants: grantsIn(data) }, `The roles of ${name} are changed.`)}
      >
        <GrantsField grants={grants} />
      </ActionForm>
      <h3>Log-in</h3>
      <ActionForm action="Make a new link to log in with" send={link} />
      <ActionForm action="End all sessions" send={endSessions} />
      <ActionForm
        action={disabled ? 'Enable' : 'Disable: ends its sessions, and its tokens work no more'}
        send={() => patch({ disabled: !disabled }, `${name} is ${disabled ? 'enabled' : 'disabled'}.`)}
      />
      <h3>Remove</h3>
      <p className="faint">With its sessions, passkeys and tokens. What it did stays on record.</p>
      <ActionForm action={`Remove ${name}`} send={remove} />
    </Drawer>
  )
}
