import { useLocation } from 'wouter'
import { openCase } from '../../api/case-queries.ts'
import { useWorkloadNames } from '../../api/queries.ts'
import { ActionForm, TextField, textIn, TimeField } from '../../ui/forms.tsx'
import { fromLocalInput, toLocalInput } from '../../ui/moment.tsx'
import { Drawer } from '../../ui/parts.tsx'
import type { UrlState } from '../../url-state.ts'
import { SuspectsField, suspectsIn } from './suspects-field.tsx'
import { WorkloadField, workloadsIn } from './workload-field.tsx'

/** A new case; from an event it has the workload and the time of that. */
export function OpenCase({ seed }: { seed: UrlState }) {
  const [path, navigate] = useLocation()
  const names = useWorkloadNames()
  const send = async (data: FormData) => {
    const detected = fromLocalInput(textIn(data, 'detected'))
    const began = fromLocalInput(textIn(data, 'began'))
    const opened = await openCase({
      title: textIn(data, 'title'),
      workloads: workloadsIn(data, names),
      ...suspectsIn(data),
      times: { ...(detected && { detected }), ...(began && { began }) },
      description: textIn(data, 'description'),
      reason: textIn(data, 'reason'),
    })
    navigate(`/incidents/${opened.id}`)
  }
  return (
    <Drawer title="Open a case" close={() => navigate(path)}>
      <p className="faint">
        What was seen to leave what is suspicious is computed at once, and how far it came from there: from
        when it began, or from a day before it was detected.
      </p>
      <ActionForm action="Open the case" send={send}>
        <TextField
          label="What happened, in a few words"
          name="title"
          value={seed.title ?? ''}
          most={200}
          isRequired
        />
        <TimeField label="Detected" name="detected" value={localTime(seed.detected)} />
        <TimeField label="Began, if that is known" name="began" />
        <WorkloadField value={seed.workload === undefined ? [] : [seed.workload]} names={names} />
        <SuspectsField addresses={[]} credentials={[]} />
        <TextField label="What is known so far" name="description" rows={4} most={20_000} />
        <TextField label="Why it is opened, for the record" name="reason" most={500} />
      </ActionForm>
    </Drawer>
  )
}

/** An address may say anything. */
function localTime(time = ''): string {
  return Number.isNaN(Date.parse(time)) ? toLocalInput(new Date().toISOString()) : toLocalInput(time)
}
