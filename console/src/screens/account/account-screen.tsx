import { type FormEvent, useState } from 'react'
import type { Session } from '../../../../src/api/contract/types.ts'
import { change } from '../../api/client.ts'
import { queryClient } from '../../api/queries.ts'
import { Facts, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { PasskeySection } from './passkey-section.tsx'
import { TokensSection } from './tokens-section.tsx'
import { timeText } from '../../text.ts'

/** Who one is, what one may, and one's password. */
export function AccountScreen({ session }: { session: Session }) {
  const { name, grants, permissions, expiresAt, hasPassword } = session
  const roles = grants.map(({ role, namespace }) => (namespace === null ? role : `${role} in ${namespace}`))
  return (
    <>
      <ScreenHead title="Your account" />
      <Facts
        facts={[
          ['Name', name],
          ['Roles', roles.join(', ')],
          ['May', permissions.join(', ')],
          ['Logged in until', expiresAt === null ? null : timeText(expiresAt)],
        ]}
      />
      <h2>{hasPassword ? 'Change your password' : 'Set a password'}</h2>
      {hasPassword ? null : <p>The link has been used up: with a password you come in again.</p>}
      <PasswordForm name={name} hasPassword={hasPassword} />
      <PasskeySection />
      <TokensSection session={session} />
    </>
  )
}

function PasswordForm({ name, hasPassword }: { name: string; hasPassword: boolean }) {
  const [state, setState] = useState<Error | 'set' | null>(null)
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const old = data.get('old') as string | null
    const body = { password: data.get('password') as string, ...(old && { old }) }
    try {
      await change('PUT', '/api/v1/session/password', body)
      setState('set')
      form.reset()
      await queryClient.invalidateQueries({ queryKey: ['session'] })
    } catch (error) {
      setState(error as Error)
    }
  }
  return (
    <form className="narrow" onSubmit={(event) => void send(event)}>
      {/* For password managers, which keep a password with its name. */}
      <input name="username" autoComplete="username" value={name} readOnly hidden />
      {state instanceof Error ? <ProblemNote error={state} /> : null}
      {state === 'set' ? <p role="status">The password is set. All other sessions have ended.</p> : null}
      {hasPassword ? (
        <>
          <label htmlFor="old">Old password (not asked for after a log-in by link)</label>
          <input id="old" name="old" type="password" autoComplete="current-password" />
        </>
      ) : null}
      <label htmlFor="password">New password, 15 characters or more</label>
      <input
        id="password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={15}
        required
      />
      <button type="submit" className="main">
        Set password
      </button>
    </form>
  )
}
