import { useEffect, useId, useState } from 'react'

interface SelectProps {
  label: string
  value: string
  /** Names by value. */
  choices: Readonly<Record<string, string>>
  choose: (value: string) => void
  /** Its label is for those who do not see what it is by its choices. */
  isQuiet?: boolean
}

export function Select({ label, value, choices, choose, isQuiet = false }: SelectProps) {
  const id = useId()
  return (
    <span className="field">
      <label htmlFor={id} className={isQuiet ? 'quiet' : undefined}>
        {label}
      </label>
      <select id={id} value={value} onChange={(event) => choose(event.target.value)}>
        {Object.entries(choices).map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}

interface SearchProps {
  label: string
  value: string
  placeholder?: string
  /** What one may mean. */
  suggestions?: readonly string[]
  search: (value: string) => void
}

/** How long one has to stop typing, in ms: each letter would be a place to go back to. */
const typingMs = 300

export function Search({ label, value, placeholder, suggestions = [], search }: SearchProps) {
  const id = useId()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return undefined
    const timer = setTimeout(() => search(typed.trim()), typingMs)
    return () => clearTimeout(timer)
  }, [typed, value, search])
  return (
    <span className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        value={typed}
        placeholder={placeholder}
        onChange={(event) => setTyped(event.target.value)}
        list={`${id}-known`}
      />
      <datalist id={`${id}-known`}>
        {suggestions.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </span>
  )
}

interface TextInputProps {
  label: string
  value: string
  set: (value: string) => void
  placeholder?: string
  suggestions?: readonly string[]
  isRequired?: boolean
}

/** What is typed counts at once: of a form, which is sent as a whole. */
export function TextInput({
  label,
  value,
  set,
  placeholder,
  suggestions = [],
  isRequired = false,
}: TextInputProps) {
  const id = useId()
  return (
    <span className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        placeholder={placeholder}
        required={isRequired}
        autoComplete="off"
        list={`${id}-known`}
        onChange={(event) => set(event.target.value)}
      />
      <datalist id={`${id}-known`}>
        {suggestions.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </span>
  )
}

interface ChecksProps {
  legend: string
  choices: readonly string[]
  chosen: readonly string[]
  choose: (chosen: string[]) => void
}

/** Any number of several. */
export function Checks({ legend, choices, chosen, choose }: ChecksProps) {
  return (
    <fieldset className="checks">
      <legend>{legend}</legend>
      {choices.map((each) => (
        <label key={each}>
          <input
            type="checkbox"
            checked={chosen.includes(each)}
            onChange={(event) =>
              choose(event.target.checked ? [...chosen, each] : chosen.filter((other) => other !== each))
            }
          />
          {each}
        </label>
      ))}
    </fieldset>
  )
}
