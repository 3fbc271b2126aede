import { useQuery } from '@tanstack/react-query'
import type { EvidenceEntry, EvidenceStatus } from '../../../../src/api/contract/types.ts'
import { visible, visibleLines } from '../../api/client.ts'
import { readEntry, readProof, signedHead } from '../../api/evidence-queries.ts'
import { Moment } from '../../ui/moment.tsx'
import { Drawer, Empty, Facts, ProblemNote } from '../../ui/parts.tsx'
import { type Checkpoint, checkSignature, readCheckpoint, type Signature } from './checkpoint.ts'
import { commitment, fromBase64, hex, leafHash, type Walk, walkInclusion } from './merkle.ts'
import { Check, HeadCheck, WalkShown } from './walk-shown.tsx'

interface Proved {
  entry: EvidenceEntry
  head: Checkpoint
  signature: Signature
  walk: Walk
  isIncluded: boolean
  /** Null where the body was erased. */
  holdsBody: boolean | null
}

interface Props {
  index: number
  ledger: EvidenceStatus
  close: () => void
}

/** An entry, and the proof that it is in the ledger, computed here and not taken from the server. */
export function EntryDrawer({ index, ledger, close }: Props) {
  const proof = useQuery({
    queryKey: ['evidence-proof', index],
    queryFn: ({ signal }) => prove(index, ledger, signal),
    // What is proved stays so; the head that it was proved for is shown.
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Drawer title={`Entry ${index}`} close={close}>
      {proof.isPending ? <p role="status">Computing the proof …</p> : null}
      {proof.error ? <ProblemNote error={proof.error} again={() => void proof.refetch()} /> : null}
      {proof.data === null ? <Empty>The ledger has no entry {index}.</Empty> : null}
      {proof.data ? <ProvedEntry proved={proof.data} /> : null}
    </Drawer>
  )
}

async function prove(index: number, { key, checkpoint }: EvidenceStatus, signal: AbortSignal) {
  const entry = await readEntry(index, signal)
  if (entry === null) return null
  const covers = checkpoint !== null && checkpoint.size > index
  const note = covers ? checkpoint.note : await signedHead(signal)
  const head = readCheckpoint(note)
  if (head === undefined) throw new Error('The head of the ledger is not one.')
  const query = { index: `${index}`, size: `${head.size}` }
  const hashes = await readProof('inclusion', query, signal)
  const place = { index, size: head.size }
  const walk = await walkInclusion(await leafHash(entry.header), place, hashes.map(fromBase64))
  const isIncluded = walk.isWhole && walk.root === hex(head.root)
  const signature = await checkSignature(note, key)
  return { entry, head, signature, walk, isIncluded, holdsBody: await holdsBody(entry) }
}

/** Whether the body is the one that the header was made of. */
async function holdsBody({ header, salt, recorded }: EvidenceEntry): Promise<boolean | null> {
  if (salt === null || recorded === null) return null
  const { body } = JSON.parse(header) as { body: unknown }
  return body === (await commitment(fromBase64(salt), recorded))
}

function ProvedEntry({ proved }: { proved: Proved }) {
  const { entry, head, signature, walk, isIncluded, holdsBody: isBody } = proved
  const { time, kind, actor, header, body } = entry
  return (
    <>
      <Facts
        facts={[
          ['When', <Moment key="time" time={time} />],
          ['About', kind],
          ['Who', actor],
        ]}
      />
      <h3>What this browser checked</h3>
      <ul className="plain">
        <Check
          isTrue={isIncluded}
          yes="The entry is in the signed ledger."
          no="The entry is not in the signed ledger."
        />
        <HeadCheck signature={signature} head={head} />
        {isBody === null ? (
          <li>○ What was recorded is erased; its hash stays.</li>
        ) : (
          <Check
            isTrue={isBody}
            yes="What is shown is what was recorded then."
            no="What is shown is not what was recorded."
          />
        )}
      </ul>
      <h3>The proof, step by step (RFC 9162)</h3>
      <p>
        The leaf is SHA-256 of a zero byte and this header; each step is SHA-256 of a byte 1, the left hash
        and the right one. What comes out at the end has to be the root that was signed.
      </p>
      <pre className="recorded">{visible(header) as string}</pre>
      <WalkShown walk={walk} start="Leaf" target={hex(head.root)} />
      <h3>What was recorded</h3>
      <pre className="recorded">{body === null ? 'erased' : visibleLines(JSON.stringify(body, null, 2))}</pre>
    </>
  )
}
