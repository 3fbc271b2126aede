import { useState } from 'react'
import type { Case } from '../../../../src/api/contract/types.ts'
import { changeCase } from '../../api/case-queries.ts'
import { ActionForm, TextField, textIn } from '../../ui/forms.tsx'
import { Drawer } from '../../ui/parts.tsx'

/** Closes a case, or opens it again; why is on record. */
export function CaseState({ breach: { id, state } }: { breach: Case }) {
  const [isAsking, setAsking] = useState(false)
  const action = state === 'open' ? 'Close the case' : 'Open it again'
  const send = async (data: FormData) => {
    await changeCase(id, { state: state === 'open' ? 'closed' : 'open', reason: textIn(data, 'reason') })
    setAsking(false)
  }
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        {action} …
      </button>
      {isAsking ? (
        <Drawer title={action} close={() => setAsking(false)}>
          <ActionForm action={action} send={send}>
            <TextField label="Why, for the record" name="reason" most={500} isRequired />
          </ActionForm>
        </Drawer>
      ) : null}
    </>
  )
}
