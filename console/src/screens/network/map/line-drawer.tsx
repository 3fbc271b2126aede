import { Link } from 'wouter'
import { useMay } from '../../../api/policy-queries.ts'
import { bytesText, fullNumber } from '../../../text.ts'
import { Ago, CategoryChips, Drawer, Facts, TransportMark } from '../../../ui/parts.tsx'
import { queryText } from '../../../url-state.ts'
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
          ['Personal data', <CategoryChips key="carried" carried={line.carried} none="none found" />],
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
        {line.parts.map(({ key, client, server, application }) => (
          <li key={key}>
            <Link href={`/flows${queryText({ selected: key })}`}>
              {client} to {server}, {application}
            </Link>
          </li>
        ))}
      </ul>
    </Drawer>
  )
}
