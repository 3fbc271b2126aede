import { Link } from 'wouter'
import { fullNumber } from '../../text.ts'
import { Ago, Drawer } from '../../ui/parts.tsx'
import { queryText } from '../../url-state.ts'
import { type Control, daysText, evidencePath, type Objective } from './control-model.ts'
import { StateMark } from './state-mark.tsx'

/** A control: what it comes to, what each part of it rests on, and what a person has to show. */
export function ControlDrawer({ control, close }: { control: Control; close: () => void }) {
  const { id, title, state, objectives, equivalents } = control
  return (
    <Drawer title={`${id}: ${title}`} close={close}>
      <p>
        <StateMark state={state} />
      </p>
      {objectives.map((objective) => (
        <ObjectivePart key={objective.id} objective={objective} />
      ))}
      {equivalents.length === 0 ? null : (
        <>
          <h3>The same is asked by</h3>
          <ul className="plain">
            {equivalents.map(({ framework, id: other }) => (
              <li key={`${framework} ${other}`}>
                <Link href={`/compliance${queryText({ framework, control: other })}`}>
                  {framework}: {other}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Drawer>
  )
}

function ObjectivePart({ objective }: { objective: Objective }) {
  const { title, state, says, evidence, evidenceCount, ageDays, person } = objective
  const more = evidenceCount - evidence.length
  return (
    <section className="carried">
      <h3>{title}</h3>
      <p>
        <StateMark state={state} />: {says}
      </p>
      {ageDays === null ? null : <p className="faint">Newest evidence: {daysText(ageDays)}</p>}
      <ul className="plain">
        {evidence.map((each) => (
          <li key={`${each.kind} ${each.id}`}>
            <EvidenceName evidence={each} />{' '}
            <span className="faint">
              <Ago time={each.at} />
            </span>
          </li>
        ))}
        {more > 0 ? <li className="faint">and {fullNumber(more)} more</li> : null}
      </ul>
      {person === '' ? null : (
        <p>
          <strong>A person has to show:</strong> {person}
        </p>
      )}
    </section>
  )
}

function EvidenceName({ evidence }: { evidence: Objective['evidence'][number] }) {
  const path = evidencePath(evidence)
  return path === undefined ? evidence.what : <Link href={path}>{evidence.what}</Link>
}
