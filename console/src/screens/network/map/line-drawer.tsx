import { Link } from 'wouter'
import { useMay } from '../../../api/policy-queries.ts'
import { useDataFlows } from '../../../api/queries.ts'
import { byCategory, bytesText, fullNumber } from '../../../text.ts'
import { Ago, CategoryChip, Drawer, Facts, TransportMark } from '../../../ui/parts.tsx'
import { queryText } from '../../../url-state.ts'
import { nameOf } from '../../flows/flow-model.ts'
import { newRulePath } from '../rules/rule-model.ts'
import type { NamedLine } from './network-model.ts'

/** What goes along a line: the data flows that it is made of, and what can be done about it. */
export function LineDrawer({
  line: { line, fromName, toName, transport, from, to },
  close,
}: {
  line: NamedLine
  close: () => void
}) {
  const { data = [] } = useDataFlows()
  const shown = data.filter(({ key }) => line.dataFlows.includes(key))
  const isOfGroups = from.startsWith('group ') && to.startsWith('group ')
  const mayWrite = useMay('policy:write')
  return (
    <Drawer title={`${fromName} → ${toName}`} close={close}>
      <Facts
        facts={[
          ['Transport', <TransportMark key="transport" transport={transport} />],
          ['Protocols', line.applications.join(', ')],
          ['Connections', fullNumber(line.flows)],
          ['Bytes', bytesText(line.bytes)],
          ['Latest', <Ago key="last" time={line.last} />],
          [
            'Personal data',
            line.carried.length === 0
              ? 'none found'
              : byCategory(line.carried).map(({ category, count }) => (
                  <CategoryChip key={category} category={category} count={count} />
                )),
          ],
        ]}
      />
      {isOfGroups ? (
        <p className="buttons">
          <Link href={`/network${queryText({ view: 'rules', group: fromName })}`}>Rules of {fromName}</Link>
          {mayWrite ? (
            <Link href={newRulePath({ from: fromName, to: toName, applications: line.applications })}>
              Make a rule for it
            </Link>
          ) : null}
        </p>
      ) : null}
      <h3>Data flows</h3>
      <ul className="plain">
        {shown.map((flow) => (
          <li key={flow.key}>
            <Link href={`/flows${queryText({ selected: flow.key })}`}>{nameOf(flow)}</Link>
          </li>
        ))}
      </ul>
      {shown.length < line.dataFlows.length ? (
        <p className="faint">Others have given way to newer ones.</p>
      ) : null}
    </Drawer>
  )
}
