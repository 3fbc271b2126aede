import { useId } from 'react'

interface Props {
  /** Ids. */
  value: readonly string[]
  /** By id. */
  names: ReadonlyMap<string, string>
}

/** Workloads one under the other, by name or id; those that are known are suggested below. */
export function WorkloadField({ value, names }: Props) {
  const id = useId()
  return (
    <div className="entry">
      <label htmlFor={id}>Workloads that it is about, one a line</label>
      <textarea
        id={id}
        name="workloads"
        rows={2}
        // Names come after the field is there.
        key={names.size}
        defaultValue={value.map((each) => names.get(each) ?? each).join('\n')}
        aria-describedby={`${id}-hint`}
      />
      <small id={`${id}-hint`}>By name or id. All that are watched where there are none.</small>
    </div>
  )
}

/** Ids of what such a field holds; what has no such name is taken for an id. */
export function workloadsIn(data: FormData, names: ReadonlyMap<string, string>): string[] {
  const text = data.get('workloads')
  const lines = typeof text === 'string' ? text.split('\n') : []
  const given = new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))
  return [...given].flatMap((each) => {
    const named = [...names].filter(([id, name]) => id === each || name === each).map(([id]) => id)
    return named.length === 0 ? [each] : named
  })
}
