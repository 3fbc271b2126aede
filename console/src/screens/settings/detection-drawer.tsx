import { useId, useState } from 'react'
import { changeDetection } from '../../api/settings-queries.ts'
import { Select } from '../../ui/fields.tsx'
import { Drawer } from '../../ui/parts.tsx'
import { ReasonForm } from '../../ui/reason-form.tsx'
import type { Switched } from './detector-model.ts'

/** From which confidence on values count, as they are offered; the address of none of them is a rule. */
const confidences = { '': 'as usual', '0.6': '0.6', '0.7': '0.7', '0.8': '0.8', '0.9': '0.9', '0.95': '0.95' }

/** Switches a detector, with a reason: a change of the policy, which can be taken back. */
export function DetectionDrawer({ item, close }: { item: Switched; close: () => void }) {
  const { kind, name, title, isOn, confidence } = item
  const id = useId()
  const [on, setOn] = useState(isOn)
  const [from, setFrom] = useState(confidence === null ? '' : `${confidence}`)
  const send = async (reason: string) => {
    const asked = kind === 'personal-data' ? { confidence: from === '' ? null : Number(from) } : {}
    await changeDetection([{ kind, name, on, ...asked }], reason)
    return on ? 'It counts.' : 'It is off.'
  }
  const choices = from === '' || from in confidences ? confidences : { ...confidences, [from]: from }
  return (
    <Drawer title={title} close={close}>
      <ReasonForm action="Change it" send={send}>
        <label htmlFor={id} className="check">
          <input id={id} type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} />
          It counts: what it finds is told of, and rules about it decide
        </label>
        {kind === 'personal-data' ? (
          <Select label="From which confidence on" value={from} choices={choices} choose={setFrom} />
        ) : null}
        <p className="faint">
          The enforcers have it within seconds. Switched off, it goes on masking what it finds in what others
          show. It is a version of the policy: the history has it, and takes it back.
        </p>
      </ReasonForm>
    </Drawer>
  )
}
