import { Link } from 'wouter'
import type { Transfer } from '../../../../../src/api/contract/types.ts'
import { bytesText, fullNumber, timeText } from '../../../text.ts'
import { Ago, CategoryChip, Drawer, Facts, TransportMark, WorkloadName } from '../../../ui/parts.tsx'
import { queryText } from '../../../url-state.ts'
import { countriesText, flagTexts, frequencyText, roleText } from './transfer-model.ts'

/** One transfer: who gets what, where, what is declared of it, and what it was told by. */
export function TransferDrawer({ transfer, close }: { transfer: Transfer; close: () => void }) {
  const { sender, recipient, application, encrypted, tlsVersions, persons, flows, bytes, first, last } =
    transfer
  return (
    <Drawer title={`${sender.name} → ${recipient.name}`} close={close}>
      {transfer.flags.map((flag) => (
        <p key={flag} className="result bad">
          ▲ {flagTexts[flag]}
          {flag === 'beyond-declaration' ? `: ${transfer.beyond.join(', ')}` : ''}
        </p>
      ))}
      <Facts
        facts={[
          ['Sender', <PartyText key="sender" party={sender} />],
          ['Recipient', <PartyText key="recipient" party={recipient} />],
          ['Role', roleText(recipient)],
          ['Country', countriesText(recipient, true)],
          ['Transfer by', recipient.processor?.mechanism],
          ['Purpose', sender.purpose ?? recipient.purpose],
          ['Owner', sender.owner],
          ['Names of it', recipient.dnsNames.join(', ')],
          ['Protocol', application],
          ['Transport', <TransportMark key="transport" transport={encrypted ? 'encrypted' : 'clear'} />],
          ['TLS', tlsVersions.join(', ')],
          ['Persons', persons > 0 && `data of about ${fullNumber(persons)}`],
          ['Connections', fullNumber(flows)],
          ['How often', frequencyText(transfer)],
          ['Bytes', bytesText(bytes)],
          ['First seen', timeText(first)],
          ['Last seen', timeText(last)],
        ]}
      />
      <h3>Personal data in it</h3>
      {transfer.categories.length === 0 ? (
        <p>
          {transfer.contents === 'unreadable' ? 'It is encrypted: not readable here.' : 'None was found.'}
        </p>
      ) : (
        transfer.categories.map((category) => <Carried key={category.category} carried={category} />)
      )}
      <h3>What it was told by</h3>
      <p>
        <Link href={`/events${queryText({ transfer: transfer.id })}`}>All findings of it that are kept</Link>
      </p>
      <ul className="plain">
        {transfer.flowIds.map((flow) => (
          <li key={flow}>
            <Link href={`/events${queryText({ flow })}`}>Findings of flow {flow}</Link>
          </li>
        ))}
      </ul>
    </Drawer>
  )
}

function Carried({ carried }: { carried: Transfer['categories'][number] }) {
  const { category, identifiers, values, masked, field, last } = carried
  return (
    <section className="carried">
      <h4>
        <CategoryChip category={category} count={values} />
      </h4>
      <Facts
        facts={[
          ['Kinds', identifiers.join(', ')],
          ['Latest, masked', <code key="masked">{masked}</code>],
          ['Stood in', <code key="field">{field}</code>],
          ['Latest', <Ago key="last" time={last} />],
        ]}
      />
    </section>
  )
}

/** The latest of its workloads leads to all about it. */
function PartyText({ party: { name, workloads } }: { party: Transfer['sender'] }) {
  const id = workloads.at(-1)
  return id === undefined ? name : <WorkloadName id={id} name={name} />
}
