import type { Difference } from '../../../../../src/api/contract/types.ts'
import { useDifferences } from '../../../api/privacy-queries.ts'
import { Select } from '../../../ui/fields.tsx'
import { Empty, ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import { Table } from '../../../ui/table.tsx'
import type { ViewProps } from '../view-props.ts'
import { DifferenceDrawer } from './difference-drawer.tsx'
import { documentFormats, documentPath, documents, severityTexts, standText } from './difference-model.ts'

const states = { '': 'Open or accepted', open: 'Open', accepted: 'Accepted' }

/** What is otherwise than declared, or than the law asks; each is resolved here. */
export default function DifferencesView({ state, change, choose }: ViewProps) {
  const { data, error, refetch, dataUpdatedAt } = useDifferences()
  const all = data?.items ?? []
  const shown = all.filter((each) => !state.state || each.state === state.state)
  const selected = all.find(({ id }) => id === state.difference)
  return (
    <>
      <ScreenHead title="Data flows" updatedAt={dataUpdatedAt} />
      {choose}
      <div className="filters" role="search">
        <Select
          label="State"
          value={state.state ?? ''}
          choices={states}
          choose={(chosen) => change({ state: chosen })}
        />
      </div>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? <p role="status">{countText(all)}</p> : null}
      {data && shown.length === 0 ? <Empty>Nothing is otherwise than declared.</Empty> : null}
      {shown.length > 0 ? <DifferenceTable items={shown} open={(id) => change({ difference: id })} /> : null}
      <Documents />
      {selected ? (
        <DifferenceDrawer key={selected.id} difference={selected} close={() => change({ difference: '' })} />
      ) : null}
    </>
  )
}

function countText(all: readonly Difference[]): string {
  const open = all.filter(({ state }) => state === 'open').length
  return `${open} open, ${all.length - open} accepted`
}

function DifferenceTable({ items, open }: { items: readonly Difference[]; open: (id: string) => void }) {
  const rows = items.map((difference) => {
    const { id, severity, text, law, persons } = difference
    return {
      key: id,
      cells: [
        text,
        severityTexts[severity],
        law,
        persons === 0 ? '' : `about ${persons}`,
        standText(difference),
        <button key="open" type="button" onClick={() => open(id)} aria-label={`Resolve: ${text}`}>
          Resolve …
        </button>,
      ],
    }
  })
  const columns = ['What', 'Severity', 'Law', 'Persons', 'State', { name: 'Resolve', isQuiet: true }]
  return <Table caption="What is otherwise than declared" columns={columns} rows={rows} />
}

function Documents() {
  const rows = Object.entries(documents).map(([kind, name]) => ({
    key: kind,
    cells: [
      name,
      <span key="files" className="exports">
        {Object.entries(documentFormats).map(([format, title]) => (
          <a key={format} href={documentPath(kind, format)} aria-label={`${name} as ${title}`} download>
            {title}
          </a>
        ))}
      </span>,
    ],
  }))
  return (
    <section aria-label="Drafts">
      <h2>Drafts of what was observed and declared</h2>
      <Table caption="Drafts" columns={['What', 'As a file']} rows={rows} />
    </section>
  )
}
