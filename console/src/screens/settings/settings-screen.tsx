import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Session } from '../../../../src/api/contract/types.ts'
import { ScreenHead } from '../../ui/parts.tsx'
import { PartsNav } from '../../ui/parts-nav.tsx'
import { queryText, useUrlState } from '../../url-state.ts'
import { AccountsPart } from './accounts-part.tsx'
import { AuditPart } from './audit-part.tsx'
import { DetectorsPart } from './detectors-part.tsx'
import { ExceptionsPart } from './exceptions-part.tsx'
import { MachinesPart } from './machines-part.tsx'
import { RetentionPart } from './retention-part.tsx'
import { StartedPart } from './started-part.tsx'
import { TrialPart } from './trial-part.tsx'

interface Part {
  name: string
  needs: Session['permissions'][number]
  show: () => ReactNode
}

/** Parts by their name in the address, each for those who may see it. */
const parts: Readonly<Record<string, Part>> = {
  detectors: { name: 'Detectors', needs: 'traffic:read', show: () => <DetectorsPart /> },
  exceptions: { name: 'Exceptions', needs: 'traffic:read', show: () => <ExceptionsPart /> },
  trial: { name: 'Try a text', needs: 'traffic:read', show: () => <TrialPart /> },
  machines: { name: 'Machines', needs: 'status:read', show: () => <MachinesPart /> },
  retention: { name: 'Retention', needs: 'status:read', show: () => <RetentionPart /> },
  accounts: { name: 'Accounts', needs: 'accounts:manage', show: () => <AccountsPart /> },
  audit: { name: 'Audit log', needs: 'audit:read', show: () => <AuditPart /> },
  started: { name: 'Started with', needs: 'audit:read', show: () => <StartedPart /> },
}

/** What Pavise looks for, which machines report, how long it keeps what it saw, who may log in, and who did what. */
export function SettingsScreen({ session }: { session: Session }) {
  const [{ part: named = '' }] = useUrlState()
  const seen = Object.entries(parts).filter(([, { needs }]) => session.permissions.includes(needs))
  const [chosen, part] = seen.find(([id]) => id === named) ?? seen[0]
  return (
    <>
      <ScreenHead title="Settings" />
      <PartsNav
        label="Parts"
        parts={Object.fromEntries(seen.map(([id, { name }]) => [id, name]))}
        chosen={chosen}
        href={(id) => `/settings${queryText({ part: id })}`}
      />
      {part.show()}
      <p className="faint">
        Your own password, passkeys and tokens are in <Link href="/account">your account</Link>.
      </p>
    </>
  )
}
