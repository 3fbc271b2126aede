import { useId } from 'react'
import { fromLocalInput, toLocalInput } from './moment.tsx'

interface Props {
  label: string
  /** RFC 3339; '' where it is not set. */
  value: string
  choose: (time: string) => void
}

/** A time to filter by, in the reader's zone. It is taken when one has left the field, not while it is typed. */
export function TimeFilter({ label, value, choose }: Props) {
  const id = useId()
  const shown = Number.isNaN(Date.parse(value)) ? '' : toLocalInput(value)
  return (
    <span className="field">
      <label htmlFor={id}>{label}</label>
      <input
        key={shown}
        id={id}
        type="datetime-local"
        step={1}
        defaultValue={shown}
        onBlur={({ target }) => target.value !== shown && choose(fromLocalInput(target.value) ?? '')}
      />
    </span>
  )
}
