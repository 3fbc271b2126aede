import { useState } from 'react'
import type { JoinTokenItem, NewJoinToken } from '../../../../src/api/contract/types.ts'
import { makeJoinToken, removeJoinToken, useJoinTokens } from '../../api/node-queries.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ActionForm, TextField, textIn } from '../../ui/forms.tsx'
import { Ago, Empty, ProblemNote } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { timeText } from '../../text.ts'

/** How another machine joins: a token that is shown once, as the command that is run there. */
export function JoinTokens() {
  const tokens = useJoinTokens()
  const [made, setMade] = useState<NewJoinToken | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const make = async (data: FormData) => setMade(await makeJoinToken(Number(textIn(data, 'minutes')) * 60))
  const remove = async (id: string) => {
    try {
      await removeJoinToken(id)
      setError(null)
    } catch (failed) {
      setError(failed as Error)
    }
  }
  const waiting = tokens.data ?? []
  return (
    <>
      <h3>Let a machine join</h3>
      {error ? <ProblemNote error={error} /> : null}
      {made === null ? null : <MadeToken made={made} />}
      <ActionForm action="Make a token" send={make}>
        <TextField
          label="Minutes that it can be used"
          name="minutes"
          value="60"
          isRequired
          hint="For one machine, once; a day at most."
        />
      </ActionForm>
      {waiting.length > 0 ? (
        <Table
          caption="Tokens that wait to be used"
          columns={['Made', 'By', 'Until', 'End']}
          rows={waiting.map((token) => rowOf(token, () => void remove(token.id)))}
        />
      ) : null}
    </>
  )
}

function rowOf({ id, createdAt, createdBy, expiresAt }: JoinTokenItem, end: () => void) {
  return {
    key: id,
    cells: [
      <Ago key="made" time={createdAt} />,
      createdBy,
      timeText(expiresAt),
      <button
        key="end"
        type="button"
        className="link"
        onClick={end}
        aria-label={`End the token of ${createdBy}`}
      >
        End it
      </button>,
    ],
  }
}

function MadeToken({ made: { token, port, expiresAt } }: { made: NewJoinToken }) {
  const command = `sudo pavise enforcer --controller ${location.hostname}:${port} --join ${token}`
  return (
    <Empty>
      <p role="status">
        <strong>Run this on the machine that is to join, until {timeText(expiresAt)}.</strong> It is not shown
        again. In place of {location.hostname} goes an address of the controller that the machine reaches.
      </p>
      <pre className="recorded">{command}</pre>
      <CopyButton label="Copy the command" text={command} />
    </Empty>
  )
}
