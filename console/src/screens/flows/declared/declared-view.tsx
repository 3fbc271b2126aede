import type { Transfer } from '../../../../../src/api/contract/types.ts'
import { useTransfers } from '../../../api/queries.ts'
import { Search, Select } from '../../../ui/fields.tsx'
import { Empty, ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import type { ViewProps } from '../view-props.ts'
import { TransferDrawer } from './transfer-drawer.tsx'
import { flagTexts, transfersFor } from './transfer-model.ts'
import { TransferTable } from './transfer-table.tsx'

const flagChoices = { '': 'As declared or not', ...flagTexts }

/** Who gets which personal data, in which country, and whether that is declared. */
export default function DeclaredView({ state, change, choose }: ViewProps) {
  const { data, error, refetch, dataUpdatedAt } = useTransfers()
  const shown = transfersFor(data?.items ?? [], state)
  const selected = data?.items.find(({ id }) => id === state.transfer)
  return (
    <>
      <ScreenHead title="Data flows" updatedAt={dataUpdatedAt} />
      {choose}
      <div className="filters" role="search">
        <Select
          label="Declared"
          value={state.flag ?? ''}
          choices={flagChoices}
          choose={(flag) => change({ flag })}
        />
        <Search
          label="Find"
          value={state.find ?? ''}
          placeholder="name, country, category …"
          search={(find) => change({ find })}
        />
      </div>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? <p role="status">{countText(shown, data.items)}</p> : null}
      {data && shown.length === 0 ? <Nothing all={data.items} /> : null}
      {shown.length > 0 ? <TransferTable transfers={shown} open={(id) => change({ transfer: id })} /> : null}
      {data ? (
        <p className="faint">
          Countries by {data.countries.name}
          {data.countries.builtAt === null
            ? ', which could not be loaded'
            : ` of ${data.countries.builtAt.slice(0, 10)}`}
          ; adequate ones by {data.countries.rules} of {data.countries.rulesDate}.
        </p>
      ) : null}
      {selected ? <TransferDrawer transfer={selected} close={() => change({ transfer: '' })} /> : null}
    </>
  )
}

function countText(shown: readonly Transfer[], all: readonly Transfer[]): string {
  const wrong = shown.filter(({ flags }) => flags.length > 0).length
  return `${shown.length} of ${all.length}, ${wrong} not as declared or not as they should be`
}

function Nothing({ all }: { all: readonly Transfer[] }) {
  if (all.length > 0) return <Empty>None of the {all.length} is as the filters ask.</Empty>
  return <Empty>Nobody was seen to send anything to anybody. What runs and is seen is in the overview.</Empty>
}
