import { Link } from 'wouter'
import type { Carried, DataFlow, Party } from '../../../../src/api/contract/types.ts'
import { bytesText, fullNumber, partyPlace, timeText } from '../../text.ts'
import { useGroupOf, useMay } from '../../api/policy-queries.ts'
import { Ago, CategoryChip, Drawer, Facts, PartyName, TransportMark } from '../../ui/parts.tsx'
import { queryText } from '../../url-state.ts'
import { newRulePath } from '../network/rules/rule-model.ts'
import { transportOf } from './flow-model.ts'

/** Why a data flow is what the list says: what was found in it, where it stood, masked. */
export function FlowDrawer({ flow, close }: { flow: DataFlow; close: () => void }) {
  const { client, server, application, flows, bytesToServer, bytesToClient, first, last, carried } = flow
  return (
    <Drawer title={`${client.name} → ${server.name}`} close={close}>
      <Facts
        facts={[
          ['From', <End key="from" party={client} />],
          ['To', <End key="to" party={server} />],
          ['Protocol', application],
          ['Transport', <TransportMark key="transport" transport={transportOf(flow)} />],
          ['Connections', fullNumber(flows)],
          ['Sent', `${bytesText(bytesToServer)} to ${server.name}, ${bytesText(bytesToClient)} back`],
          [
            'Persons',
            flow.dataSubjects > 0 && `data of about ${fullNumber(flow.dataSubjects)}, each counted once`,
          ],
          ['First seen', timeText(first)],
          ['Last seen', timeText(last)],
        ]}
      />
      <MakeRule flow={flow} />
      <h3>Personal data in it</h3>
      {carried.length === 0 ? (
        <p>{flow.encrypted ? 'It is encrypted: what it carries is not readable here.' : 'None was found.'}</p>
      ) : (
        carried.map((data) => (
          <CarriedData key={`${data.direction} ${data.identifier}`} data={data} flow={flow} />
        ))
      )}
    </Drawer>
  )
}

function End({ party }: { party: Party }) {
  return (
    <>
      <PartyName party={party} /> ({partyPlace(party)})
    </>
  )
}

/** To where a rule for it is written, tried and applied, with what is known of it filled in. */
function MakeRule({ flow: { client, server, application, carried } }: { flow: DataFlow }) {
  const [from, to] = [useGroupOf(client), useGroupOf(server)]
  const mayWrite = useMay('policy:write')
  if (!mayWrite || from === undefined || to === undefined || from === to) return null
  const path = newRulePath({ from, to, applications: [application] })
  return (
    <p className="buttons">
      <Link href={path}>Make a rule for it</Link>
      {carried.length > 0 ? <Link href={`${path}&tls=any`}>Allow it encrypted only</Link> : null}
      <Link href={`/network${queryText({ view: 'rules', group: to })}`}>Rules of {to}</Link>
    </p>
  )
}

function CarriedData({ data, flow }: { data: Carried; flow: DataFlow }) {
  const { identifier, category, direction, count, distinct, masked, field, last } = data
  const receiver = direction === 'to-server' ? flow.server : flow.client
  const workload = [flow.client, flow.server].find(({ kind }) => kind === 'workload')
  const events = queryText({ identifier, workload: workload?.id ?? '' })
  return (
    <section className="carried">
      <h4>
        <CategoryChip category={category} /> {identifier}
      </h4>
      <Facts
        facts={[
          ['Sent to', receiver.name],
          ['Values', `${fullNumber(count)}, at least ${fullNumber(distinct)} different`],
          ['Latest, masked', <code key="masked">{masked}</code>],
          ['Stood in', <code key="field">{field}</code>],
          ['Latest', <Ago key="last" time={last} />],
        ]}
      />
      <Link href={`/events${events}`}>All findings of this kind</Link>
    </section>
  )
}
