import type { PolicyChange } from '../../../../../src/api/contract/types.ts'

const marks = { added: '+', removed: '−', changed: '~' } as const

/** What changes, or did: what was, and what is instead. */
export function ChangeList({ changes }: { changes: readonly PolicyChange[] }) {
  if (changes.length === 0) return <p>Nothing changes by it.</p>
  return (
    <ul className="changes">
      {changes.map(({ change, kind, name, details, moreDetails }) => (
        <li key={`${kind} ${name}`} className={change}>
          <strong>
            {marks[change]} {kind} {name}
          </strong>{' '}
          <span className="faint">{change}</span>
          {details.length > 0 ? (
            <ul>
              {details.map(({ path, before, after }) => (
                <li key={path}>
                  {path === '' ? '' : `${path}: `}
                  {before === undefined ? null : <del>{textOf(before)}</del>}
                  {before !== undefined && after !== undefined ? ' → ' : ''}
                  {after === undefined ? null : <ins>{textOf(after)}</ins>}
                </li>
              ))}
              {moreDetails > 0 ? <li>and {moreDetails} more</li> : null}
            </ul>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
