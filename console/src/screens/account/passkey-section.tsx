import { type FormEvent, useState } from 'react'
import { change } from '../../api/client.ts'
import { makePasskey } from '../../api/passkeys.ts'
import { queryClient, usePasskeys } from '../../api/queries.ts'
import { timeText } from '../../text.ts'
import { ProblemNote } from '../../ui/parts.tsx'

/** One's own passkeys: a device or a password manager that signs in one's place, and cannot be talked out of it. */
export function PasskeySection() {
  const { data = [] } = usePasskeys()
  const [error, setError] = useState<Error | null>(null)
  const changed = async (work: Promise<unknown>) => {
    try {
      await work
      setError(null)
      await queryClient.invalidateQueries({ queryKey: ['passkeys'] })
    } catch (failed) {
      setError(failed as Error)
    }
  }
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void changed(makePasskey(new FormData(event.currentTarget).get('passkey') as string))
  }
  const remove = (id: string) => changed(change('DELETE', `/api/v1/passkeys/${encodeURIComponent(id)}`))
  return (
    <section>
      <h2>Passkeys</h2>
      {error ? <ProblemNote error={error} /> : null}
      <ul className="plain">
        {data.map(({ id, name, usedAt }) => (
          <li key={id}>
            {name}, last used {timeText(usedAt)}{' '}
            <button
              type="button"
              className="link"
              onClick={() => void remove(id)}
              aria-label={`Remove ${name}`}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      <form className="narrow" onSubmit={add}>
        <label htmlFor="passkey">Name of a new passkey, such as laptop</label>
        <input id="passkey" name="passkey" required maxLength={64} />
        <button type="submit">Add a passkey</button>
      </form>
    </section>
  )
}
