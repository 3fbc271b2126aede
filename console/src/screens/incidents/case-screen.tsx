import type { ReactNode } from 'react'
import { useParams } from 'wouter'
import type { Case, Session } from '../../../../src/api/contract/types.ts'
import { useCase } from '../../api/case-queries.ts'
import { Empty, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { PartsNav } from '../../ui/parts-nav.tsx'
import { queryText, useUrlState } from '../../url-state.ts'
import { CaseClocks } from './case-clocks.tsx'
import { CaseDrafts } from './case-drafts.tsx'
import { CaseHistory } from './case-history.tsx'
import { CaseScopePart } from './case-scope.tsx'
import { CaseSeverity } from './case-severity.tsx'
import { CaseState } from './case-state.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { CaseWords } from './case-words.tsx'
import { LevelMark } from './severity-mark.tsx'

export interface PartProps {
  breach: Case
  /** Whether the reader may change it, and it is open. */
  mayChange: boolean
}

interface Part {
  name: string
  show: (props: PartProps) => ReactNode
}

/** Parts of a case's page by their name in the address; the first where none is named. */
const parts: Readonly<Record<string, Part>> = {
  clocks: { name: 'Clocks and times', show: (props) => <CaseClocks {...props} /> },
  scope: { name: 'Scope', show: (props) => <CaseScopePart {...props} /> },
  severity: { name: 'Severity', show: (props) => <CaseSeverity {...props} /> },
  words: { name: 'What is said', show: (props) => <CaseWords {...props} /> },
  drafts: { name: 'Drafts', show: (props) => <CaseDrafts {...props} /> },
  timeline: { name: 'Timeline', show: (props) => <CaseTimeline {...props} /> },
  history: { name: 'History', show: (props) => <CaseHistory {...props} /> },
}

const partNames = Object.fromEntries(Object.entries(parts).map(([part, { name }]) => [part, name]))

/** A breach case: its clocks, its scope, its severity, what has to be said, and what it rests on. */
export function CaseScreen({ session }: { session: Session }) {
  const { id = '' } = useParams()
  const { data: breach, error, refetch, dataUpdatedAt } = useCase(id)
  const [{ part: named = '' }] = useUrlState()
  const chosen = Object.hasOwn(parts, named) ? named : 'clocks'
  const mayWrite = session.permissions.includes('cases:write')
  return (
    <>
      <ScreenHead title={breach?.title ?? id} updatedAt={dataUpdatedAt} />
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {breach ? (
        <>
          <Summary
            breach={breach}
            mayWrite={mayWrite}
            mayExport={session.permissions.includes('evidence:read')}
          />
          <PartsNav
            label="Parts of the case"
            parts={partNames}
            chosen={chosen}
            href={(part) => `/incidents/${id}${queryText({ part: part === 'clocks' ? '' : part })}`}
          />
          {parts[chosen].show({ breach, mayChange: mayWrite && breach.state === 'open' })}
        </>
      ) : null}
      {error ? <Empty>The list of incidents has those that there are.</Empty> : null}
    </>
  )
}

interface SummaryProps {
  breach: Case
  mayWrite: boolean
  mayExport: boolean
}

function Summary({ breach, mayWrite, mayExport }: SummaryProps) {
  const { id, state, severity } = breach
  return (
    <div className="note summary">
      <p>
        <strong>{id}</strong>, {state === 'open' ? '● open' : '■ closed'}. <LevelMark severity={severity} />:{' '}
        {severity.dutyText}.
      </p>
      <div className="actions">
        {mayExport ? (
          <a href={`/api/v1/evidence/bundle?case=${encodeURIComponent(id)}`} download>
            Evidence of this case (ZIP)
          </a>
        ) : null}
        {mayWrite ? <CaseState breach={breach} /> : null}
      </div>
    </div>
  )
}
