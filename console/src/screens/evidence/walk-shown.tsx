import { fullNumber } from '../../text.ts'
import { Table } from '../../ui/table.tsx'
import type { Checkpoint, Signature } from './checkpoint.ts'
import type { Walk } from './merkle.ts'

/** Something that was checked: said by a mark and in words. */
export function Check({ isTrue, yes, no }: { isTrue: boolean; yes: string; no: string }) {
  return <li className={isTrue ? 'checked good' : 'checked bad'}>{isTrue ? `✓ ${yes}` : `✕ ${no}`}</li>
}

/** Whether the head that something was proved for is signed with the key of the ledger. */
export function HeadCheck({ signature, head }: { signature: Signature; head: Checkpoint }) {
  const what = `the head of ${fullNumber(head.size)} entries, of ${head.time}`
  switch (signature) {
    case 'valid':
    case 'invalid':
      return (
        <Check
          isTrue={signature === 'valid'}
          yes={`The signature of ${what}, is that of the public key (Ed25519).`}
          no={`The signature of ${what}, is not that of the public key.`}
        />
      )
    case 'other':
      return <li>○ An earlier key signed {what}: pavise evidence verify checks it with the hand-over.</li>
    case 'unsupported':
      return <li>○ This browser has no Ed25519: it cannot check the signature of {what}.</li>
  }
}

interface Props {
  walk: Walk
  /** What the first hash is. */
  start: string
  /** The root that has to come out. */
  target: string
}

/** Each step from a hash up to a root, with what it was put together of. */
export function WalkShown({ walk, start, target }: Props) {
  const steps = walk.steps.map(({ side, sibling, result }, i) => ({
    key: `${i}`,
    cells: [`${i + 1}`, side, <code key="sibling">{sibling}</code>, <code key="result">{result}</code>],
  }))
  return (
    <>
      <p>
        {start}: <code>{walk.start}</code>
      </p>
      {steps.length === 0 ? null : (
        <Table
          caption="Steps of the proof"
          columns={['Step', 'Hash of the proof stands', 'Hash of the proof', 'Together']}
          rows={steps}
        />
      )}
      <p className={walk.root === target && walk.isWhole ? 'checked good' : 'checked bad'}>
        {walk.root === target && walk.isWhole
          ? '✓ That is the signed root: '
          : '✕ That is not the signed root: '}
        <code>{target}</code>
      </p>
    </>
  )
}
