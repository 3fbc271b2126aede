import { useState } from 'react'
import type { ChangeResult } from '../../../../../src/api/contract/types.ts'
import { change } from '../../../api/client.ts'
import { renewPolicy, type Trial, useMay, usePolicy } from '../../../api/policy-queries.ts'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { Select } from '../../../ui/fields.tsx'
import { ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import { useUrlState } from '../../../url-state.ts'
import { ChangeList } from '../history/change-list.tsx'
import { hoursChoices, hoursOf } from './hours.ts'
import { TrialResult } from './trial-result.tsx'

/** Files of rules, or the policy that holds, held against what was seen; then applied. */
export function SimulateView() {
  const [{ hours = '24' }, changeUrl] = useUrlState()
  const [text, setText] = useState('')
  const [only, setOnly] = useState(false)
  const [trial, setTrial] = useState<Omit<Trial, 'hours'>>({})
  const files = [{ name: 'from the console.yaml', text }]
  const isEmpty = text.trim() === ''
  const read = (chosen: FileList | null) => {
    void Promise.all([...(chosen ?? [])].map((file) => file.text())).then((texts) =>
      setText(texts.join('\n---\n')),
    )
  }
  return (
    <>
      <ScreenHead title="Try a policy" />
      <p>
        What was seen is held against it as if every group were in Protect: what would break, by which rule,
        and whose that is. Without files it is the policy that holds.
      </p>
      <div className="filters">
        <Select
          label="Try on"
          value={`${hoursOf(hours)}`}
          choices={hoursChoices}
          choose={(chosen) => changeUrl({ hours: chosen })}
        />
      </div>
      <label htmlFor="files">Files of rules (YAML, NeuVector’s as they are)</label>
      <input
        id="files"
        type="file"
        accept=".yaml,.yml,.json"
        multiple
        onChange={(event) => read(event.target.files)}
      />
      <label htmlFor="yaml">or written here</label>
      <textarea
        id="yaml"
        rows={8}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <label className="check">
        <input type="checkbox" checked={only} onChange={(event) => setOnly(event.target.checked)} /> These
        alone: what is not in them goes, rules of users too
      </label>
      <div className="buttons">
        <button type="button" className="main" onClick={() => setTrial(isEmpty ? {} : { files, only })}>
          Try {isEmpty ? 'the policy that holds' : 'these files'}
        </button>
      </div>
      <TrialResult trial={{ hours: hoursOf(hours), ...trial }} />
      {isEmpty ? null : <Apply key={`${text} ${only}`} files={files} only={only} />}
    </>
  )
}

interface ApplyProps {
  files: { name: string; text: string }[]
  only: boolean
}

/** What would change is shown before it does. */
function Apply({ files, only }: ApplyProps) {
  const { data: policy } = usePolicy()
  const [shown, setShown] = useState<ChangeResult | Error | null>(null)
  if (!useMay('policy:write')) return null
  const ask = (more: object) =>
    change<ChangeResult>('POST', '/api/v1/policy/changes', { files, only, base: policy?.version, ...more })
  const look = async () => {
    try {
      setShown(await ask({ dryRun: true }))
    } catch (error) {
      setShown(error as Error)
    }
  }
  const apply = async (reason: string) => {
    const { version } = await ask({ reason })
    await renewPolicy()
    return `Version ${version} holds. History takes it back.`
  }
  return (
    <section aria-label="Apply">
      <h2>Apply</h2>
      <button type="button" onClick={() => void look()}>
        Show what would change
      </button>
      {shown instanceof Error ? <ProblemNote error={shown} /> : null}
      {shown && !(shown instanceof Error) ? (
        <>
          <ChangeList changes={shown.changes} />
          {shown.changes.length > 0 ? <ReasonForm action="Apply these files" send={apply} /> : null}
        </>
      ) : null}
    </section>
  )
}
