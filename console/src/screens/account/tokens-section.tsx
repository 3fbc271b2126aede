import { useState } from 'react'
import type { Session } from '../../../../src/api/contract/types.ts'
import { change } from '../../api/client.ts'
import { queryClient } from '../../api/queries.ts'
import { useTokens } from '../../api/settings-queries.ts'
import { timeText } from '../../text.ts'
import { ActionForm, allIn, SetField, TextField, textIn } from '../../ui/forms.tsx'
import { Empty, ProblemNote } from '../../ui/parts.tsx'

/** One's own API tokens: each may do no more than is in its scope, and than one may oneself. */
export function TokensSection({ session }: { session: Session }) {
  const tokens = useTokens()
  const [made, setMade] = useState<string | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const renew = () => queryClient.invalidateQueries({ queryKey: ['tokens'] })
  const add = async (data: FormData) => {
    const body = {
      name: textIn(data, 'name'),
      scope: allIn(data, 'scope'),
      days: Number(textIn(data, 'days')),
    }
    setMade((await change<{ token: string }>('POST', '/api/v1/tokens', body)).token)
    await renew()
  }
  const remove = async (id: string) => {
    try {
      await change('DELETE', `/api/v1/tokens/${encodeURIComponent(id)}`)
      await renew()
    } catch (failed) {
      setError(failed as Error)
    }
  }
  return (
    <section className="stack">
      <h2>API tokens</h2>
      {error ? <ProblemNote error={error} /> : null}
      <ul className="plain">
        {(tokens.data ?? []).map(({ id, name, scope, expiresAt }) => (
          <li key={id}>
            {name}, until {timeText(expiresAt)}, may {scope === null ? 'all that you may' : scope.join(', ')}{' '}
            <button
              type="button"
              className="link"
              onClick={() => void remove(id)}
              aria-label={`End the token ${name}`}
            >
              End it
            </button>
          </li>
        ))}
      </ul>
      {made === null ? null : (
        <Empty>
          <p role="status">
            <strong>The token is shown this once:</strong> for <code>Authorization: Bearer …</code>
          </p>
          <pre className="recorded">{made}</pre>
        </Empty>
      )}
      <ActionForm action="Make a token" send={add}>
        <TextField label="Name of a new token, such as ci" name="name" most={64} isRequired />
        <TextField label="Days that it is good for, 366 at most" name="days" value="30" isRequired />
        <SetField
          legend="What it may do"
          name="scope"
          choices={Object.fromEntries(session.permissions.map((each) => [each, each]))}
          chosen={[]}
        />
      </ActionForm>
    </section>
  )
}
