import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Session } from '../../../src/api/contract/types.ts'
import { useLive, type LiveState } from '../api/live.ts'
import { change } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import { screensFor } from '../screens/screens.ts'
import { Select } from './fields.tsx'
import { chooseTheme, chosenTheme, type Theme } from './theme.ts'

/** Loaded once the first screen is there, so that what is typed right after the keys finds it. */
const loadPalette = () => import('./palette/palette.tsx')
const Palette = lazy(loadPalette)

/** What every screen stands in: where one is, whether it is live, who one is. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [path] = useLocation()
  const [isPaused, setPaused] = useState(false)
  const live = useLive(['data-flows', 'status', 'listing', 'network'], isPaused)
  const [theme, setTheme] = useTheme()
  const [isPaletteOpen, setPalette] = useState(false)
  useShortcut(() => setPalette(true))
  useEffect(() => void loadPalette(), [])
  const actions = {
    [isPaused ? 'Go on with live updates' : 'Pause live updates']: () => setPaused(!isPaused),
    'Theme: light': () => setTheme('light'),
    'Theme: dark': () => setTheme('dark'),
    'Theme: system': () => setTheme('system'),
    'Log out': () => void logOut(),
  }
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
          <button type="button" onClick={() => setPalette(true)} aria-keyshortcuts="Control+K Meta+K">
            Go to … <kbd>Ctrl K</kbd>
          </button>
          <LiveButton live={live} pause={setPaused} />
          <ThemeSelect theme={theme} setTheme={setTheme} />
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
      {isPaletteOpen ? (
        <Suspense fallback={null}>
          <Palette session={session} actions={actions} close={() => setPalette(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** Whether an address is that of a screen, or of something in it. */
function isUnder(path: string, screen: string): boolean {
  return path === screen || (screen !== '/' && path.startsWith(`${screen}/`))
}

/** Ctrl-K, and Cmd-K where there is one; not while a key is held. */
function useShortcut(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.repeat) return
      event.preventDefault()
      open()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [open])
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

function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(chosenTheme)
  const choose = (chosen: Theme) => {
    setTheme(chosen)
    chooseTheme(chosen)
  }
  return [theme, choose]
}

function ThemeSelect({ theme, setTheme }: { theme: Theme; setTheme: (theme: Theme) => void }) {
  const choices = { system: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' }
  return (
    <Select
      label="Theme"
      value={theme}
      choices={choices}
      choose={(chosen) => setTheme(chosen as Theme)}
      isQuiet
    />
  )
}

async function logOut(): Promise<void> {
  await change('DELETE', '/api/v1/session')
  queryClient.clear()
  location.assign('/login')
}
