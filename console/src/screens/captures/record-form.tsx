import { startCapture } from '../../api/capture-queries.ts'
import { useWorkloadNames } from '../../api/queries.ts'
import { Select } from '../../ui/fields.tsx'
import { ActionForm, ChoiceField, SetField, TextField, allIn, textIn } from '../../ui/forms.tsx'

const times = { 10: '10 seconds', 60: '1 minute', 600: '10 minutes', 3600: '1 hour' }

const parts = { headers: 'headers only', masked: 'personal data masked' }

/** Asks for packets of a workload to be recorded, with why. */
export function RecordForm({ workload, choose }: { workload: string; choose: (id: string) => void }) {
  const names = useWorkloadNames()
  const start = async (data: FormData) => {
    const filter = textIn(data, 'filter')
    await startCapture({
      workload,
      ...(filter !== '' && { filter }),
      seconds: Number(textIn(data, 'seconds')),
      headersOnly: allIn(data, 'parts').includes('headers'),
      masked: allIn(data, 'parts').includes('masked'),
      reason: textIn(data, 'reason'),
    })
  }
  return (
    <section aria-label="Record packets">
      <h2>Record packets</h2>
      <div className="filters">
        <Select
          label="Of workload"
          value={workload}
          choices={{ '': 'choose one', ...Object.fromEntries(names) }}
          choose={choose}
        />
      </div>
      {workload === '' ? null : (
        <ActionForm action="Record" send={start} done="It is being recorded.">
          <ChoiceField label="For how long" name="seconds" choices={times} chosen="60" />
          <TextField
            label="Which packets"
            name="filter"
            most={1024}
            hint="As in pcap: tcp port 80 and not host 10.0.0.5. All where it is empty."
          />
          <SetField legend="What of them" name="parts" choices={parts} chosen={[]} />
          <TextField label="Why, for the record" name="reason" isRequired most={500} />
        </ActionForm>
      )}
    </section>
  )
}
