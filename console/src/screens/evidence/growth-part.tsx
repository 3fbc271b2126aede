import { useQuery } from '@tanstack/react-query'
import type { EvidenceCheckpoint, EvidenceStatus } from '../../../../src/api/contract/types.ts'
import { readProof, useCheckpoints } from '../../api/evidence-queries.ts'
import { fullNumber, timeText } from '../../text.ts'
import { Select } from '../../ui/fields.tsx'
import { Empty, ProblemNote } from '../../ui/parts.tsx'
import { useUrlState } from '../../url-state.ts'
import { type Checkpoint, checkSignature, readCheckpoint, type Signature } from './checkpoint.ts'
import { fromBase64, type Growth, hex, walkConsistency } from './merkle.ts'
import { Check, HeadCheck, WalkShown } from './walk-shown.tsx'

/** Between two heads that were signed: whether the later ledger is the earlier one with entries added. */
export function GrowthPart({ ledger }: { ledger: EvidenceStatus }) {
  const heads = useCheckpoints()
  const items = heads.data?.pages.flatMap((page) => page.items) ?? []
  const [{ first: firstSize = '', second: secondSize = '' }, change] = useUrlState()
  const bySize = new Map(items.map((head) => [`${head.size}`, head]))
  const second = bySize.get(secondSize) ?? items.at(0)
  const first = bySize.get(firstSize) ?? items.at(-1)
  // Sizes as names of an object stand in the order of their number: the earliest first.
  const choices = Object.fromEntries([...bySize].map(([size, head]) => [size, headText(head)]))
  return (
    <section className="stack">
      <h2>Did it only grow?</h2>
      <p>
        Of two heads that were signed, this browser computes whether the later ledger holds all of the earlier
        one, unchanged and in its order (RFC 9162, section 2.1.4).
      </p>
      {heads.error ? <ProblemNote error={heads.error} again={() => void heads.refetch()} /> : null}
      {heads.data && items.length === 0 ? (
        <Empty>No head has been signed yet: one is a minute after an entry.</Empty>
      ) : null}
      {heads.data && items.length === 1 ? (
        <Empty>One head has been signed so far: there is none to compare.</Empty>
      ) : null}
      {first && second ? (
        <>
          <div className="filters">
            <Select
              label="Earlier head"
              value={`${first.size}`}
              choices={choices}
              choose={(size) => change({ first: size })}
            />
            <Select
              label="Later head"
              value={`${second.size}`}
              choices={choices}
              choose={(size) => change({ second: size })}
            />
            {heads.hasNextPage ? (
              <button type="button" onClick={() => void heads.fetchNextPage()}>
                Earlier heads
              </button>
            ) : null}
          </div>
          <GrowthProof first={first} second={second} ledgerKey={ledger.key} />
        </>
      ) : null}
    </section>
  )
}

function headText({ size, time }: EvidenceCheckpoint): string {
  return `${timeText(time)}: ${fullNumber(size)} entries`
}

interface ProofProps {
  first: EvidenceCheckpoint
  second: EvidenceCheckpoint
  ledgerKey: string
}

function GrowthProof({ first, second, ledgerKey }: ProofProps) {
  const isOrdered = first.size <= second.size
  const proof = useQuery({
    queryKey: ['evidence-growth', first.note, second.note],
    queryFn: ({ signal }) => prove({ first, second, ledgerKey }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isOrdered,
  })
  if (!isOrdered)
    return <Empty>The earlier head has more entries than the later one: choose them the other way.</Empty>
  return (
    <>
      {proof.isPending ? <p role="status">Computing the proof …</p> : null}
      {proof.error ? <ProblemNote error={proof.error} again={() => void proof.refetch()} /> : null}
      {proof.data ? <Grown proved={proof.data} /> : null}
    </>
  )
}

interface Proved {
  heads: readonly [Checkpoint, Checkpoint]
  signatures: readonly [Signature, Signature]
  growth: Growth
}

async function prove({ first, second, ledgerKey }: ProofProps, signal: AbortSignal): Promise<Proved> {
  const [before, after] = [readCheckpoint(first.note), readCheckpoint(second.note)]
  if (before === undefined || after === undefined) throw new Error('A head of the ledger is not one.')
  const query = { first: `${before.size}`, second: `${after.size}` }
  const hashes = await readProof('consistency', query, signal)
  const growth = await walkConsistency(before, after, hashes.map(fromBase64))
  const signatures = await Promise.all([first, second].map(({ note }) => checkSignature(note, ledgerKey)))
  return { heads: [before, after], signatures: [signatures[0], signatures[1]], growth }
}

function Grown({ proved: { heads, signatures, growth } }: { proved: Proved }) {
  const [before, after] = heads
  const [was, is] = [hex(before.root), hex(after.root)]
  const isGrown = growth.after.isWhole && growth.before.root === was && growth.after.root === is
  return (
    <>
      <ul className="plain">
        <Check
          isTrue={isGrown}
          yes={`It only grew: of ${fullNumber(after.size)} entries, the first ${fullNumber(before.size)} are those of the earlier head.`}
          no="The later ledger is not the earlier one with entries added."
        />
        <HeadCheck signature={signatures[0]} head={before} />
        <HeadCheck signature={signatures[1]} head={after} />
      </ul>
      <h3>To the earlier root</h3>
      <WalkShown walk={growth.before} start="Beginning with" target={was} />
      <h3>To the later root</h3>
      <WalkShown walk={growth.after} start="Beginning with" target={is} />
    </>
  )
}
