import type { Detector } from '../../../../src/api/contract/types.ts'
import { useDetectors } from '../../api/settings-queries.ts'
import { categories } from '../../text.ts'
import { Search, Select } from '../../ui/fields.tsx'
import { CategoryChip, Empty, ProblemNote } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { useUrlState } from '../../url-state.ts'

const categoryNames = { '': 'Any', ...Object.fromEntries(categories.map((each) => [each, each])) }

/** What is looked for: recognisers and rules, with where each comes from. */
export function DetectorsPart() {
  const detectors = useDetectors()
  const [{ category = '', find = '' }, change] = useUrlState()
  const all = detectors.data ?? []
  const shown = all.filter((each) => (category === '' || each.category === category) && matches(each, find))
  return (
    <section className="stack">
      <h2>What is looked for</h2>
      <p>
        All of them are on. Your own are YAML files: <code>pavise sensors add FILE</code> takes one in, and{' '}
        <code>pavise sensors remove</code> takes it out, at the next start.
      </p>
      <div className="filters" role="search">
        <Select
          label="Category"
          value={category}
          choices={categoryNames}
          choose={(chosen) => change({ category: chosen })}
        />
        <Search
          label="Find"
          value={find}
          placeholder="iban, tax, de …"
          search={(value) => change({ find: value })}
        />
      </div>
      {detectors.isPending ? <p role="status">Asking the recognisers …</p> : null}
      {detectors.error ? (
        <ProblemNote error={detectors.error} again={() => void detectors.refetch()} />
      ) : null}
      {detectors.data ? (
        <p role="status">
          {shown.length} of {all.length} detectors
        </p>
      ) : null}
      {detectors.data && shown.length === 0 ? <Empty>None is as the filters ask.</Empty> : null}
      {shown.length > 0 ? (
        <Table
          caption="Detectors"
          columns={['Detector', 'Category', 'Country', 'Whose', 'Where it comes from']}
          rows={shown.map(rowOf)}
        />
      ) : null}
    </section>
  )
}

function matches({ id, name, country }: Detector, find: string): boolean {
  const text = find.toLowerCase()
  return text === '' || [id, name, country ?? ''].some((each) => each.toLowerCase().includes(text))
}

function rowOf({ id, name, category, country, source, isOwn }: Detector) {
  return {
    key: `${isOwn} ${id}`,
    cells: [
      <>
        {name}
        <small>{id}</small>
      </>,
      <CategoryChip key="category" category={category} />,
      country?.toUpperCase() ?? '',
      isOwn ? 'your own' : 'built in',
      source,
    ],
  }
}
