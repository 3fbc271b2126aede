import { ActionForm, TextField, textIn } from '../../ui/forms.tsx'
import { Drawer } from '../../ui/parts.tsx'
import { GrantsField, grantsIn } from './grants-field.tsx'

interface Props {
  invite: (body: object) => Promise<void>
  close: () => void
}

/** A new account; the answer is the link by which its owner comes in first. */
export function InviteDrawer({ invite, close }: Props) {
  return (
    <Drawer title="Invite somebody" close={close}>
      <ActionForm
        action="Make the account"
        send={(data) => invite({ name: textIn(data, 'name'), grants: grantsIn(data) })}
      >
        <TextField label="Name" name="name" most={64} hint="Letters, digits and . _ @ + -" isRequired />
        <GrantsField grants={[]} />
      </ActionForm>
    </Drawer>
  )
}
