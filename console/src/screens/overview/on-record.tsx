import { Link } from 'wouter'
import { useEvidence } from '../../api/evidence-queries.ts'
import { ageText, fullNumber } from '../../text.ts'
import { useNow } from '../../ui/moment.tsx'
import { ProblemNote } from '../../ui/parts.tsx'
import { Card } from './card.tsx'

/** A head is signed a minute after an entry; after so long something keeps it from that. Milliseconds. */
const lateMs = 5 * 60_000

/** Whether what happens is on record, and how old the head is that was signed last. */
export function OnRecord() {
  const ledger = useEvidence()
  const now = useNow(10_000)
  if (ledger.error) return <ProblemNote error={ledger.error} again={() => void ledger.refetch()} />
  if (ledger.data === undefined) return null
  const { size, checkpoint, witnesses } = ledger.data
  const ageMs = checkpoint === null ? 0 : now - Date.parse(checkpoint.time)
  const unsigned = size - (checkpoint?.size ?? 0)
  const failing = witnesses.filter((witness) => witness.failing !== null)
  const isLate = unsigned > 0 && checkpoint !== null && ageMs > lateMs
  const signed = checkpoint === null ? 'none is signed yet' : `signed ${ageText(ageMs)} ago`
  const answer = `${fullNumber(size)} ${size === 1 ? 'entry' : 'entries'}, ${signed}${isLate ? `; ${fullNumber(unsigned)} are not` : ''}.`
  return (
    <Card question="Is it on record?" answer={answer} isBad={isLate || failing.length > 0}>
      <ul className="plain">
        {failing.map(({ name, failing: problem }) => (
          <li key={name}>
            Witness {name} fails: {problem?.why}
          </li>
        ))}
      </ul>
      <Link href="/evidence">The evidence</Link>
    </Card>
  )
}
