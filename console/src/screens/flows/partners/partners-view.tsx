import type { Processor } from '../../../../../src/api/contract/types.ts'
import { useProcessors } from '../../../api/privacy-queries.ts'
import { Ago, Empty, ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import { Table } from '../../../ui/table.tsx'
import type { ViewProps } from '../view-props.ts'
import { PartnerDrawer } from './partner-drawer.tsx'
import { contractText, seenText } from './partner-model.ts'

/** Whom the policy declares to receive personal data, what binds them, and what was seen to go to them. */
export default function PartnersView({ state, change, choose }: ViewProps) {
  const { data, error, refetch, dataUpdatedAt } = useProcessors()
  const selected = data?.items.find(({ name }) => name === state.partner)
  return (
    <>
      <ScreenHead title="Data flows" updatedAt={dataUpdatedAt} />
      {choose}
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data?.items.length === 0 ? (
        <Empty>
          No partner is declared. What goes to somebody outside is among the differences, and can be declared
          there.
        </Empty>
      ) : null}
      {data && data.items.length > 0 ? (
        <PartnerTable items={data.items} open={(partner) => change({ partner })} />
      ) : null}
      {selected ? <PartnerDrawer partner={selected} close={() => change({ partner: '' })} /> : null}
    </>
  )
}

function PartnerTable({ items, open }: { items: readonly Processor[]; open: (name: string) => void }) {
  const rows = items.map((partner) => {
    const { name, displayName, role, country, transferMechanism, categories, observed } = partner
    return {
      key: name,
      cells: [
        <button key="open" type="button" className="link" onClick={() => open(name)}>
          {displayName}
        </button>,
        role,
        country,
        contractText(partner),
        transferMechanism ?? '',
        categories.join(', '),
        seenText(partner),
        observed.last === null ? '' : <Ago key="last" time={observed.last} />,
      ],
    }
  })
  const columns = ['Partner', 'Role', 'Country', 'Contract', 'Transfer by', 'Declared', 'Seen', 'Latest']
  return <Table caption="Declared partners" columns={columns} rows={rows} />
}
