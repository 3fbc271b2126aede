import { useState } from 'react'
import type { ChangeResult, PolicyGroup } from '../../../../../src/api/contract/types.ts'
import { change } from '../../../api/client.ts'
import { renewPolicy, usePolicy, useSimulation } from '../../../api/policy-queries.ts'
import { fullNumber } from '../../../text.ts'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { Select } from '../../../ui/fields.tsx'
import { ProblemNote } from '../../../ui/parts.tsx'
import { betweenText, denialsOf, type Mode, modes, networkMeaning, processMeaning } from './mode-model.ts'

const choices = Object.fromEntries(modes.map((mode) => [mode, mode]))

/** Another mode, of the network and of processes apart; what it means, and what it would have blocked, is said first. */
export function ModeForm({ group }: { group: PolicyGroup }) {
  const { name, mode: now, profileMode: processesNow, modeFrom } = group
  const [mode, setMode] = useState<Mode>(now ?? 'Discover')
  const [processes, setProcesses] = useState<Mode>(processesNow ?? 'Discover')
  const { data: policy } = usePolicy()
  // That of processes follows the network's unless it is said: what stands here is what will be.
  const changed = {
    ...(mode !== now && { mode }),
    ...((mode !== now || processes !== processesNow) && { profileMode: processes }),
  }
  const isSame = Object.keys(changed).length === 0
  const send = async (reason: string) => {
    const path = `/api/v1/policy/groups/${encodeURIComponent(name)}/mode`
    const { version } = await change<ChangeResult>('PUT', path, { ...changed, reason })
    await renewPolicy()
    return `Version ${version} holds. History takes it back.`
  }
  return (
    <section aria-label="Modes">
      <h3>Change its modes</h3>
      <div className="filters">
        <Select label="Network" value={mode} choices={choices} choose={(chosen) => setMode(chosen as Mode)} />
        <Select
          label="Processes and files"
          value={processes}
          choices={choices}
          choose={(chosen) => setProcesses(chosen as Mode)}
        />
      </div>
      <ReasonForm action={`Set ${labelOf(changed)}`} isDisabled={isSame} send={send}>
        <p>
          <strong>Network in {mode}:</strong> {networkMeaning[mode]}{' '}
          {policy ? betweenText(policy.settings) : ''}
        </p>
        <p>
          <strong>Processes in {processes}:</strong> {processMeaning[processes]}
        </p>
        {modeFrom === 'file' ? <p>▲ A file says its mode: whoever applies that again sets it back.</p> : null}
        {mode === 'Protect' && now !== 'Protect' ? <WouldBlock group={name} /> : null}
      </ReasonForm>
    </section>
  )
}

/** `network to Protect, processes to Discover`. */
function labelOf({ mode, profileMode }: { mode?: Mode; profileMode?: Mode }): string {
  if (mode !== undefined && mode === profileMode) return `both to ${mode}`
  const parts = [
    ...(mode ? [`network to ${mode}`] : []),
    ...(profileMode ? [`processes to ${profileMode}`] : []),
  ]
  return parts.length === 0 ? 'another mode' : parts.join(', ')
}

const named = 5

/** Of the last day, as the rules are now. */
function WouldBlock({ group }: { group: string }) {
  const { data, error } = useSimulation({ hours: 24 })
  if (error) return <ProblemNote error={error} />
  if (data === undefined) return <p role="status">Holding what was seen against it …</p>
  const denials = denialsOf(data.denials, group)
  if (denials.length === 0)
    return <p role="status">✓ Of its connections of the last 24 hours it would have blocked none.</p>
  const flows = denials.reduce((sum, denial) => sum + denial.flows, 0)
  return (
    <div role="status">
      <p className="result bad">
        ▲ Of its connections of the last 24 hours it would have blocked {fullNumber(flows)}:
      </p>
      <ul className="plain">
        {denials.slice(0, named).map(({ from, to, application, port, flows: count, explanation }) => (
          <li key={`${from} ${to} ${application} ${port}`}>
            {from} → {to}, {application} on port {port}, {fullNumber(count)} times: {explanation.reason}
          </li>
        ))}
        {denials.length > named ? <li>and {fullNumber(denials.length - named)} kinds more</li> : null}
      </ul>
    </div>
  )
}
