import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { ProblemNote } from './parts.tsx'

interface ReasonFormProps {
  /** What the button does, as it stands on it. */
  action: string
  /** What is asked besides, and what it means. */
  children?: ReactNode
  /** Whether nobody should do it without a reason. */
  needsReason?: boolean
  isDisabled?: boolean
  /** @returns what came of it, in words @throws Error */
  send: (reason: string) => Promise<string>
}

/** A change that goes into the audit log, with why it is made. What came of it is said where it was asked for. */
export function ReasonForm({
  action,
  children,
  needsReason = false,
  isDisabled = false,
  send,
}: ReasonFormProps) {
  const id = useId()
  const [reason, setReason] = useState('')
  const [outcome, setOutcome] = useState<Error | string | null>(null)
  const [isSending, setSending] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    try {
      setOutcome(await send(reason.trim()))
      setReason('')
    } catch (error) {
      setOutcome(error as Error)
    }
    setSending(false)
  }
  return (
    <form className="action" onSubmit={(event) => void submit(event)}>
      {children}
      <label htmlFor={id}>Why{needsReason ? '' : ' (may be empty)'}: it goes into the audit log</label>
      <input
        id={id}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        required={needsReason}
        maxLength={500}
        autoComplete="off"
      />
      {outcome instanceof Error ? <ProblemNote error={outcome} /> : null}
      <div className="buttons">
        <button type="submit" className="main" disabled={isSending || isDisabled}>
          {isSending ? 'Doing it …' : action}
        </button>
        {typeof outcome === 'string' ? <span role="status">✓ {outcome}</span> : null}
      </div>
    </form>
  )
}
