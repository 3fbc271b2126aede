import { useState } from 'react'
import type { CaptureList } from '../../../../src/api/contract/types.ts'
import { useCaptures } from '../../api/capture-queries.ts'
import { useMay } from '../../api/policy-queries.ts'
import { ProblemNote } from '../../ui/parts.tsx'
import { CaptureFiles } from './capture-files.tsx'
import { filesOf, type Happened } from './capture-model.ts'
import { PacketsPanel } from './packets-panel.tsx'

const shown = 5

/** Packets that were recorded because of an event, or when it happened. */
export function EventPackets({ workload, happened }: { workload: string; happened: Happened }) {
  const mayOpen = useMay('captures:manage')
  const { data, error, refetch } = useCaptures(workload)
  const [file, setFile] = useState<string | null>(null)
  if (!mayOpen)
    return (
      <section aria-label="Packets">
        <h3>Packets</h3>
        <p className="faint">
          What is shown here is masked. Where packets were recorded, who has the right{' '}
          <code>captures:manage</code> can open them, with a reason.
        </p>
      </section>
    )
  const files = filesOf(data?.files ?? [], happened).slice(0, shown)
  return (
    <section aria-label="Packets">
      <h3>Packets</h3>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data && files.length === 0 ? <p className="faint">{noneText(data.automatic)}</p> : null}
      {files.length > 0 ? <CaptureFiles files={files} open={setFile} /> : null}
      {file === null ? null : <PacketsPanel key={file} file={file} />}
    </section>
  )
}

function noneText(automatic: CaptureList['automatic']): string {
  if (automatic === 'off')
    return 'None was recorded: nothing is recorded by itself here (--captures off). Recording can be asked for in Network, Captures.'
  return 'None was recorded then, or it is let go already: packets are kept for seven days. By itself recording begins at threats of medium severity and at connections that are not allowed.'
}
