import { useId, useState } from 'react'
import type { Difference, Resolution } from '../../../../../src/api/contract/types.ts'
import { useMay } from '../../../api/policy-queries.ts'
import {
  acceptDifference,
  applyResolution,
  useResolution,
  withdrawAcceptance,
} from '../../../api/privacy-queries.ts'
import { timeText } from '../../../text.ts'
import { Drawer, Facts, ProblemNote } from '../../../ui/parts.tsx'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { severityTexts, standText } from './difference-model.ts'

const howTexts = { declare: 'Declare it', forbid: 'Forbid it by a rule' } as const

/** One difference: what it is about, and what can be done about it. */
export function DifferenceDrawer({ difference, close }: { difference: Difference; close: () => void }) {
  const { text, law, severity, certainty, senders, recipient, country, categories, acceptance } = difference
  const mayWrite = useMay('policy:write')
  const mayAccept = useMay('privacy:write')
  const writable = (['declare', 'forbid'] as const).filter((how) => difference.resolutions.includes(how))
  return (
    <Drawer title={text} close={close}>
      <Facts
        facts={[
          ['State', standText(difference)],
          ['Severity', severityTexts[severity]],
          ['Law', law],
          ['Seen', certainty === 'seen' ? 'yes' : 'possible: it is encrypted'],
          ['Of', senders.join(', ')],
          ['Recipient', recipient?.name],
          ['Country', country],
          ['Personal data', categories.join(', ')],
          ['First seen', difference.first === null ? '' : timeText(difference.first)],
          ['Last seen', difference.last === null ? '' : timeText(difference.last)],
          ['Accepted by', acceptance && `${acceptance.by}: ${acceptance.reason}`],
        ]}
      />
      {mayWrite ? writable.map((how) => <Resolve key={how} id={difference.id} how={how} />) : null}
      {mayAccept ? <Accept difference={difference} /> : null}
    </Drawer>
  )
}

function Resolve({ id, how }: { id: string; how: 'declare' | 'forbid' }) {
  const { data, error } = useResolution(id, how)
  return (
    <section aria-label={howTexts[how]}>
      <h3>{howTexts[how]}</h3>
      {error ? <ProblemNote error={error} /> : null}
      {data ? <Write resolution={data} name={`${how} ${id}`} action={howTexts[how]} /> : null}
    </section>
  )
}

function Write({ resolution, name, action }: { resolution: Resolution; name: string; action: string }) {
  const id = useId()
  const [text, setText] = useState(resolution.yaml)
  const apply = async (reason: string) =>
    `Version ${await applyResolution(name, text, reason)} of the policy holds. History takes it back.`
  return (
    <ReasonForm action={action} send={apply}>
      {resolution.missing.length > 0 ? <p>Still to be written: {resolution.missing.join(', ')}.</p> : null}
      <label htmlFor={id}>What is applied to the policy</label>
      <textarea
        id={id}
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={12}
        spellCheck={false}
      />
    </ReasonForm>
  )
}

/** As the API has it: then it is to be looked at again. */
const longestDays = 400
const dayMs = 86_400_000

function Accept({ difference: { id, state, resolutions } }: { difference: Difference }) {
  const field = useId()
  const [until, setUntil] = useState('')
  const dayIn = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)
  const accept = async (reason: string) => {
    await acceptDifference(id, until, reason)
    return `It is accepted until ${until}, and open again then.`
  }
  const withdraw = async () => {
    await withdrawAcceptance(id)
    return 'It is no longer accepted.'
  }
  if (state === 'accepted') return <ReasonForm action="Accept it no longer" send={withdraw} />
  if (!resolutions.includes('accept')) return null
  return (
    <section aria-label="Accept it">
      <h3>Accept it until a day</h3>
      <ReasonForm action="Accept it" needsReason isDisabled={until === ''} send={accept}>
        <label htmlFor={field}>Until</label>
        <input
          id={field}
          type="date"
          value={until}
          min={dayIn(1)}
          max={dayIn(longestDays - 1)}
          onChange={(event) => setUntil(event.target.value)}
          required
        />
      </ReasonForm>
    </section>
  )
}
