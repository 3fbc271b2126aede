import { Suspense } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { useSession } from './api/queries.ts'
import { LoginScreen } from './screens/login/login-screen.tsx'
import { screensFor } from './screens/screens.ts'
import { Empty, ProblemNote } from './ui/parts.tsx'
import { Shell } from './ui/shell.tsx'

export function App() {
  const [path] = useLocation()
  return path === '/login' ? <LoginScreen /> : <Inside />
}

/** Who is not logged in is asked to; then a screen for each address. */
function Inside() {
  const session = useSession()
  if (session.isPending) return null
  if (session.error) return <ProblemNote error={session.error} again={() => void session.refetch()} />
  const known = session.data
  if (known === null) {
    const here = encodeURIComponent(location.pathname + location.search)
    return <Redirect to={`/login?to=${here}`} />
  }
  return (
    <Shell session={known}>
      <Suspense fallback={<p role="status">Opening …</p>}>
        <Switch>
          {screensFor(known).map(({ path, component: Screen }) => (
            <Route key={path} path={path}>
              <Screen session={known} />
            </Route>
          ))}
          <Route>
            <Empty>There is no such screen, or none that you may see.</Empty>
          </Route>
        </Switch>
      </Suspense>
    </Shell>
  )
}
