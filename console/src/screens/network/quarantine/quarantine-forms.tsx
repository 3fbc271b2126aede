import { change } from '../../../api/client.ts'
import { renewPolicy } from '../../../api/policy-queries.ts'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { queryText } from '../../../url-state.ts'

export function QuarantineForm({ workload }: { workload: string }) {
  const quarantine = async (reason: string) => {
    await change('POST', '/api/v1/quarantine', { workload, reason })
    await renewPolicy()
    return 'It is cut off as soon as its enforcer has done it, which is said here.'
  }
  return (
    <ReasonForm action="Cut it off" needsReason send={quarantine}>
      <p>
        All its connections end, and none begins, in either direction, until somebody lets it go again. It
        goes on running: nothing in it is lost, and whoever needs it gets no answer.
      </p>
    </ReasonForm>
  )
}

export function ReleaseForm({ workload }: { workload: string }) {
  const release = async (reason: string) => {
    await change('DELETE', `/api/v1/quarantine/${encodeURIComponent(workload)}${queryText({ reason })}`)
    await renewPolicy()
    return 'It is let go.'
  }
  return (
    <ReasonForm action="Let it go" needsReason send={release}>
      <p>What the rules and modes of its groups allow passes again.</p>
    </ReasonForm>
  )
}
