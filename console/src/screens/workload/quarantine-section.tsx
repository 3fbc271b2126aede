import { useState } from 'react'
import { useMay, useQuarantine } from '../../api/policy-queries.ts'
import { timeText } from '../../text.ts'
import { Facts } from '../../ui/parts.tsx'
import { QuarantineForm, ReleaseForm } from '../network/quarantine/quarantine-forms.tsx'
import { enforcedText } from '../network/quarantine/quarantine-view.tsx'

/** Whether it is cut off; to do so, and to let it go again. */
export function QuarantineSection({ workload, isRunning }: { workload: string; isRunning: boolean }) {
  const { data } = useQuarantine()
  const mayWrite = useMay('policy:write')
  const [isAsked, setAsked] = useState(false)
  const held = data?.find((each) => each.workload === workload)
  if (held)
    return (
      <section aria-label="Quarantine" className="note problem">
        <h2>■ It is cut off</h2>
        <Facts
          facts={[
            ['Since', timeText(held.since)],
            ['Why', held.reason],
            ['Done by', enforcedText(held.enforcedBy)],
          ]}
        />
        {mayWrite ? <ReleaseForm workload={workload} /> : null}
      </section>
    )
  if (!mayWrite || !isRunning || !data) return null
  return (
    <section aria-label="Quarantine">
      {isAsked ? (
        <QuarantineForm workload={workload} />
      ) : (
        <button type="button" onClick={() => setAsked(true)}>
          Cut it off …
        </button>
      )}
    </section>
  )
}
