import type { ListingSummary } from '../../../src/api/contract/types.ts'
import { shortNumber } from '../text.ts'

interface Props {
  facets: ListingSummary['facets']
  /** Names of filters, in the order in which they are shown; others are left out. */
  labels: Readonly<Record<string, string>>
  /** What is chosen of each filter. */
  chosen: Readonly<Record<string, string | undefined>>
  choose: (filter: string, value: string) => void
  nameOf: (filter: string, value: string) => string
}

/** Values that a filter shows at once; the filter itself takes any. */
const shown = 6

/** Of what there are how many, each a way to see only those, or all again. */
export function Facets({ facets, labels, chosen, choose, nameOf }: Props) {
  return (
    <div className="facets">
      {Object.entries(labels).map(([filter, label]) => {
        const values = facets.find((facet) => facet.filter === filter)?.values ?? []
        if (values.length === 0) return null
        return (
          <section key={filter} aria-label={`By ${label.toLowerCase()}`}>
            <h2>{label}</h2>
            <ul className="plain">
              {values.slice(0, shown).map(({ value, count }) => {
                const isChosen = chosen[filter] === value
                return (
                  <li key={value}>
                    <button
                      type="button"
                      className="link"
                      aria-pressed={isChosen}
                      onClick={() => choose(filter, isChosen ? '' : value)}
                    >
                      {isChosen ? '✓ ' : ''}
                      {nameOf(filter, value)}
                    </button>{' '}
                    <span className="faint">{shortNumber(count)}</span>
                  </li>
                )
              })}
              {values.length > shown ? <li className="faint">and others</li> : null}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
