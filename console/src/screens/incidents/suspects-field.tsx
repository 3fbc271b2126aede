import { useId } from 'react'

interface Props {
  addresses: readonly string[]
  credentials: readonly string[]
}

/** What else is suspicious: where the scope of a case begins. */
export function SuspectsField({ addresses, credentials }: Props) {
  return (
    <>
      <LinesField
        label="Suspicious addresses, one a line"
        name="addresses"
        value={addresses}
        hint="IP addresses. What went to them is counted, and whom they spoke with was reached."
      />
      <LinesField
        label="Suspicious credentials, one a line"
        name="credentials"
        value={credentials}
        hint="user: and the name of a database user, or the keyed hash that a finding has. Never the secret itself."
      />
    </>
  )
}

interface LinesProps {
  label: string
  name: string
  value: readonly string[]
  hint: string
}

function LinesField({ label, name, value, hint }: LinesProps) {
  const id = useId()
  return (
    <div className="entry">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={2}
        defaultValue={value.join('\n')}
        aria-describedby={`${id}-hint`}
      />
      <small id={`${id}-hint`}>{hint}</small>
    </div>
  )
}

/** What such fields hold, each once. */
export function suspectsIn(data: FormData): { addresses: string[]; credentials: string[] } {
  return { addresses: linesIn(data, 'addresses'), credentials: linesIn(data, 'credentials') }
}

function linesIn(data: FormData, name: string): string[] {
  const text = data.get(name)
  const lines = typeof text === 'string' ? text.split('\n') : []
  return [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))]
}
