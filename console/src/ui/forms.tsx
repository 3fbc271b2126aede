import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { ProblemNote } from './parts.tsx'

interface FormProps {
  /** What the button says. */
  action: string
  /** Does it. What it throws is shown, and the form stays as it is. */
  send: (data: FormData) => Promise<unknown>
  /** Said where it was done and the form stays. */
  done?: string
  children?: ReactNode
}

/** A form that says what went wrong, and cannot be sent twice at once. */
export function ActionForm({ action, send, done, children }: FormProps) {
  const [state, setState] = useState<'ready' | 'sending' | 'done' | Error>('ready')
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    setState('sending')
    try {
      await send(data)
      setState('done')
    } catch (error) {
      setState(error as Error)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      {children}
      {state instanceof Error ? <ProblemNote error={state} /> : null}
      {state === 'done' && done !== undefined ? <p role="status">✓ {done}</p> : null}
      <div>
        <button type="submit" className="main" disabled={state === 'sending'}>
          {action}
        </button>
      </div>
    </form>
  )
}

interface TextProps {
  label: string
  name: string
  value?: string
  /** Rows; one line where it is left out. */
  rows?: number
  isRequired?: boolean
  most?: number
  hint?: string
}

export function TextField({ label, name, value = '', rows = 1, isRequired = false, most, hint }: TextProps) {
  const id = useId()
  const common = { id, name, required: isRequired, maxLength: most, defaultValue: value }
  const described = hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }
  return (
    <div className="entry">
      <label htmlFor={id}>{label}</label>
      {rows > 1 ? <textarea {...common} {...described} rows={rows} /> : <input {...common} {...described} />}
      {hint === undefined ? null : <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}

interface TimeProps {
  label: string
  name: string
  /** As `toLocalInput` writes it. */
  value?: string
  isRequired?: boolean
}

/** A time in the reader's zone, which it names. */
export function TimeField({ label, name, value = '', isRequired = false }: TimeProps) {
  const id = useId()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <div className="entry">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="datetime-local"
        step={1}
        required={isRequired}
        defaultValue={value}
        aria-describedby={`${id}-zone`}
      />
      <small id={`${id}-zone`}>Time zone: {zone}</small>
    </div>
  )
}

interface ChoiceProps {
  label: string
  name: string
  /** Names by value. */
  choices: Readonly<Record<string, string>>
  chosen: string
}

/** One of several, sent with its form. */
export function ChoiceField({ label, name, choices, chosen }: ChoiceProps) {
  const id = useId()
  return (
    <div className="entry">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} defaultValue={chosen}>
        {Object.entries(choices).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

interface SetProps {
  legend: string
  name: string
  choices: Readonly<Record<string, string>>
  chosen: readonly string[]
}

/** Any of several, sent with its form. */
export function SetField({ legend, name, choices, chosen }: SetProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {Object.entries(choices).map(([value, text]) => (
        <label key={value} className="tick">
          <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} /> {text}
        </label>
      ))}
    </fieldset>
  )
}

/** What a field of a form holds, without blanks around it. */
export function textIn(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

export function allIn(data: FormData, name: string): string[] {
  return data.getAll(name).filter((value) => typeof value === 'string')
}
