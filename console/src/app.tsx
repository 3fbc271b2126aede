import { Redirect, Route, Switch, useLocation } from 'wouter'
import { useSession } from './api/queries.ts'
import { AccountScreen } from './screens/account/account-screen.tsx'
import { EventsScreen } from './screens/events/events-screen.tsx'
import { FlowsScreen } from './screens/flows/flows-screen.tsx'
import { LoginScreen } from './screens/login/login-screen.tsx'
import { OverviewScreen } from './screens/overview/overview-screen.tsx'
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
  if (session.data === null) {
    const here = encodeURIComponent(location.pathname + location.search)
    return <Redirect to={`/login?to=${here}`} />
  }
  return (
    <Shell session={session.data}>
      <Switch>
        <Route path="/" component={OverviewScreen} />
        <Route path="/flows" component={FlowsScreen} />
        <Route path="/events" component={EventsScreen} />
        <Route path="/account">
          <AccountScreen session={session.data} />
        </Route>
        <Route>
          <Empty>There is no such screen.</Empty>
        </Route>
      </Switch>
    </Shell>
  )
}
