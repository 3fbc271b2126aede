import type { EvidenceEntry, EvidenceStatus } from '../../../../src/api/contract/types.ts'
import { visible } from '../../api/client.ts'
import { useEntries } from '../../api/evidence-queries.ts'
import { fullNumber } from '../../text.ts'
import { Select } from '../../ui/fields.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Empty, ProblemNote } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { TimeFilter } from '../../ui/time-filter.tsx'
import { useUrlState } from '../../url-state.ts'
import { EntryDrawer } from './entry-drawer.tsx'

/** Kinds of entries, as people say them. */
const kindNames = {
  '': 'Anything',
  run: 'Starts and stops',
  policy: 'Policy',
  quarantine: 'Quarantine',
  findings: 'Personal data',
  violations: 'Not allowed',
  incidents: 'Programs and files',
  coverage: 'Not seen',
  audit: 'Audit log',
  key: 'Signing keys',
  witness: 'Witnesses',
  erasure: 'Erasure',
  case: 'Cases',
  export: 'Bundles and reports',
  check: 'Checks',
} as const

const columns = ['Entry', 'When', 'About', 'Who', 'What', 'Proof']

/** Entries newest first, filtered by the server and asked for page by page. */
export function EntriesPart({ ledger }: { ledger: EvidenceStatus }) {
  const [url, change] = useUrlState()
  const { kind = '', since = '', until = '', entry = '' } = url
  const filters = Object.entries({ kind, since, until }).filter(([, value]) => value !== '')
  const entries = useEntries(Object.fromEntries(filters))
  const items = entries.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="stack">
      <h2 className="quiet">Entries</h2>
      <div className="filters" role="search">
        <Select
          label="About"
          value={kind}
          choices={kindNames}
          choose={(chosen) => change({ kind: chosen })}
        />
        <TimeFilter label="From" value={since} choose={(time) => change({ since: time })} />
        <TimeFilter label="Before" value={until} choose={(time) => change({ until: time })} />
      </div>
      {entries.error ? <ProblemNote error={entries.error} again={() => void entries.refetch()} /> : null}
      {entries.data && items.length === 0 ? (
        <Empty>None of the {fullNumber(ledger.size)} entries is as the filters ask.</Empty>
      ) : null}
      {items.length > 0 ? (
        <Table
          caption="Entries, newest first"
          columns={columns}
          rows={items.map((item) => rowOf(item, (index) => change({ entry: `${index}` })))}
        />
      ) : null}
      {entries.hasNextPage ? (
        <div>
          <button
            type="button"
            onClick={() => void entries.fetchNextPage()}
            disabled={entries.isFetchingNextPage}
          >
            {entries.isFetchingNextPage ? 'Looking …' : 'Older ones'}
          </button>
        </div>
      ) : null}
      {/^\d{1,15}$/.test(entry) ? (
        <EntryDrawer key={entry} index={Number(entry)} ledger={ledger} close={() => change({ entry: '' })} />
      ) : null}
    </section>
  )
}

function rowOf(item: EvidenceEntry, open: (index: number) => void) {
  const { index, time, kind, actor, body } = item
  return {
    key: `${index}`,
    cells: [
      `${index}`,
      <Moment key="time" time={time} />,
      kindNames[kind as keyof typeof kindNames] ?? kind,
      actor,
      body === null ? 'erased: its retention is over' : (visible(excerpt(body)) as string),
      <button
        key="open"
        type="button"
        className="link"
        onClick={() => open(index)}
        aria-label={`Prove entry ${index}`}
      >
        Prove
      </button>,
    ],
  }
}

const excerptLength = 160

/** The beginning of what was recorded, so that one knows it again. */
function excerpt(body: unknown): string {
  const text = leavesOf(body).join(', ')
  return text.length > excerptLength ? `${text.slice(0, excerptLength)} …` : text
}

/** `name: value` for each value in it; names of what is inside of another are left out. */
function leavesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([name, inner]) => {
    const leaves = leavesOf(inner)
    return Array.isArray(value) || typeof inner === 'object' ? leaves : [`${name}: ${leaves.join('')}`]
  })
}
