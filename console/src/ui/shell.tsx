import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Session } from '../../../src/api/contract/types.ts'
import { useLive, type LiveState } from '../api/live.ts'
import { change } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import { screensFor } from '../screens/screens.ts'
import { Select } from './fields.tsx'
import { chooseTheme, chosenTheme, type Theme } from './theme.ts'

/** What every screen stands in: where one is, whether it is live, who one is. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [path] = useLocation()
  const [isPaused, setPaused] = useState(false)
  const live = useLive(['data-flows', 'status', 'listing'], isPaused)
  return (
    <>
      <a className="skip" href="#content">
        To the content
      </a>
      <header className="bar">
        <Link className="brand" href="/">
          Pavise
        </Link>
        <nav aria-label="Screens">
          {screensFor(session)
            .filter(({ isInBar }) => isInBar)
            .map(({ path: target, name }) => (
              <Link key={target} href={target} aria-current={isUnder(path, target) ? 'page' : undefined}>
                {name}
              </Link>
            ))}
        </nav>
        <div className="bar-end">
          <LiveButton live={live} pause={setPaused} />
          <ThemeSelect />
          <Link href="/account" aria-current={path === '/account' ? 'page' : undefined}>
            {session.name}
          </Link>
          <button type="button" onClick={() => void logOut()}>
            Log out
          </button>
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}

/** Whether an address is that of a screen, or of something in it. */
function isUnder(path: string, screen: string): boolean {
  return path === screen || (screen !== '/' && path.startsWith(`${screen}/`))
}

const liveText: Record<LiveState, string> = {
  live: '● Live: pause',
  waiting: '○ Connecting: pause',
  paused: '‖ Paused: go on',
}

function LiveButton({ live, pause }: { live: LiveState; pause: (isPaused: boolean) => void }) {
  return (
    <button type="button" className={`live ${live}`} onClick={() => pause(live !== 'paused')}>
      {liveText[live]}
    </button>
  )
}

function ThemeSelect() {
  const [theme, setTheme] = useState(chosenTheme)
  const choose = (chosen: string) => {
    setTheme(chosen as Theme)
    chooseTheme(chosen as Theme)
  }
  const choices = { system: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' }
  return <Select label="Theme" value={theme} choices={choices} choose={choose} isQuiet />
}

async function logOut(): Promise<void> {
  await change('DELETE', '/api/v1/session')
  queryClient.clear()
  location.assign('/login')
}
