import { type FormEvent, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { Session } from '../../../../src/api/contract/types.ts'
import { change } from '../../api/client.ts'
import { queryClient, useLogInMethods } from '../../api/queries.ts'
import { signedChallenge } from '../../api/passkeys.ts'
import { ProblemNote } from '../../ui/parts.tsx'
import { useUrlState } from '../../url-state.ts'

/** Log-in by the link behind `#`, which no server sees, or by name and password. */
export function LoginScreen() {
  const [link] = useState(() => location.hash.slice(1))
  const [{ to = '', failed }] = useUrlState()
  const [error, setError] = useState<Error | null>(null)
  const [, navigate] = useLocation()
  useEffect(() => {
    document.title = 'Log in · Pavise'
    // Not to be kept in the history: it works once, but it is a secret all the same.
    if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
  }, [])
  const enter = async (path: string, body: object) => {
    try {
      const session = await change<Session>('POST', path, body)
      queryClient.setQueryData(['session'], session)
      navigate(session.hasPassword ? ownPath(to) : '/account', { replace: true })
    } catch (failed) {
      setError(failed as Error)
    }
  }
  const enterByPasskey = async () => {
    try {
      await enter('/api/v1/session/passkey', { answer: await signedChallenge() })
    } catch (failed) {
      setError(failed as Error)
    }
  }
  return (
    <main className="login">
      <h1>Pavise</h1>
      {error ? <ProblemNote error={error} /> : null}
      {failed === 'provider' && !error ? (
        <div className="note problem" role="alert">
          The log-in with the provider did not work, or it gives you no role here. An administrator finds why
          in the audit log.
        </div>
      ) : null}
      {link === '' || error ? (
        <PasswordForm
          submit={(name, password) => enter('/api/v1/session', { name, password })}
          usePasskey={enterByPasskey}
        />
      ) : (
        <LinkForm submit={() => enter('/api/v1/session/link', { link })} />
      )}
    </main>
  )
}

/** Only this very site: an address that someone else put there must not lead away. */
function ownPath(to: string): string {
  return to.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\') ? to : '/'
}

/** A click, not the mere opening, uses the link up: programs that look at links open them too. */
function LinkForm({ submit }: { submit: () => Promise<void> }) {
  return (
    <form action={submit}>
      <p>This link logs you in, once.</p>
      <button type="submit" className="main">
        Log in
      </button>
    </form>
  )
}

interface PasswordFormProps {
  submit: (name: string, password: string) => Promise<void>
  usePasskey: () => Promise<void>
}

function PasswordForm({ submit, usePasskey }: PasswordFormProps) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    void submit(data.get('name') as string, data.get('password') as string)
  }
  return (
    <form onSubmit={send}>
      <label htmlFor="name">Name</label>
      <input id="name" name="name" autoComplete="username" required />
      <label htmlFor="password">Password</label>
      <input id="password" name="password" type="password" autoComplete="current-password" required />
      <button type="submit" className="main">
        Log in
      </button>
      <button type="button" onClick={() => void usePasskey()}>
        Log in with a passkey
      </button>
      <ProviderLink />
      <p className="hint">
        Without a password, <code>sudo pavise accounts link</code> on the machine where Pavise runs gives a
        link.
      </p>
    </form>
  )
}

function ProviderLink() {
  const { data } = useLogInMethods()
  if (typeof data?.provider !== 'string') return null
  return <a href="/api/v1/session/provider">Log in with {data.provider}</a>
}
