import { Link } from 'wouter'
import type { Processor } from '../../../../../src/api/contract/types.ts'
import { fullNumber, timeText } from '../../../text.ts'
import { Drawer, Facts } from '../../../ui/parts.tsx'
import { queryText } from '../../../url-state.ts'
import { contractText, groundText, seenText, subProcessorText } from './partner-model.ts'

/** A declared partner: what binds it, and what was seen to go to it. */
export function PartnerDrawer({ partner, close }: { partner: Processor; close: () => void }) {
  const { displayName, role, country, contact, purposes, categories, securityMeasures, observed } = partner
  const { subProcessors = [], addresses, groups } = partner
  return (
    <Drawer title={displayName} close={close}>
      <Facts
        facts={[
          ['Role', role],
          ['Country', country],
          ['Contract', contractText(partner)],
          ['Transfer by', groundText(partner)],
          ['Contact', contact],
          ['Purposes', purposes?.join(', ')],
          ['Declared to receive', categories.join(', ')],
          ['Security measures', securityMeasures?.join(', ')],
          ['Known by', [...addresses, ...groups].join(', ')],
          ['Seen', seenText(partner)],
          ['Countries seen', observed.countries.join(', ')],
          ['Persons', observed.persons > 0 && `data of about ${fullNumber(observed.persons)}`],
          ['First seen', observed.first === null ? '' : timeText(observed.first)],
          ['Last seen', observed.last === null ? '' : timeText(observed.last)],
        ]}
      />
      {subProcessors.length === 0 ? null : (
        <>
          <h3>Sub-processors</h3>
          <ul className="plain">
            {subProcessors.map((each) => (
              <li key={each.name}>{subProcessorText(each)}</li>
            ))}
          </ul>
        </>
      )}
      <h3>What goes to it</h3>
      <ul className="plain">
        {observed.transfers.map((transfer) => (
          <li key={transfer}>
            <Link href={`/flows${queryText({ view: 'declared', transfer })}`}>Flow {transfer}</Link>
          </li>
        ))}
      </ul>
    </Drawer>
  )
}
