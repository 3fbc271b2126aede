import { type ComponentType, lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { useMay } from '../../api/policy-queries.ts'
import { Empty } from '../../ui/parts.tsx'
import { queryText, useUrlState } from '../../url-state.ts'
import { CapturesView } from '../captures/captures-view.tsx'
import { GroupsView } from './groups/groups-view.tsx'
import { HistoryView } from './history/history-view.tsx'
import { isNetworkView, type NetworkView, networkViews } from './network-views.ts'
import { QuarantineView } from './quarantine/quarantine-view.tsx'
import { ResponsesView } from './responses/responses-view.tsx'
import { ReviewView } from './rules/review-view.tsx'
import { RulesView } from './rules/rules-view.tsx'
import { SimulateView } from './simulate/simulate-view.tsx'

/** Loaded when it is looked at: the library that draws it is most of the console's script. */
const MapView = lazy(() => import('./map/map-view.tsx'))

const shown: Record<NetworkView, ComponentType> = {
  '': MapView,
  groups: GroupsView,
  rules: RulesView,
  review: ReviewView,
  simulate: SimulateView,
  history: HistoryView,
  quarantine: QuarantineView,
  responses: ResponsesView,
  captures: CapturesView,
}

/** Who may speak with whom: what there is, in which mode, by which rules; tried, changed, and taken back. */
export function NetworkScreen() {
  const [{ view = '' }] = useUrlState()
  const chosen = isNetworkView(view) ? view : ''
  const [mayRead, mayCapture] = [useMay('policy:read'), useMay('captures:manage')]
  const maySee = (name: NetworkView) => name === '' || (name === 'captures' ? mayCapture : mayRead)
  const View = shown[chosen]
  return (
    <>
      <nav className="tabs" aria-label="Of the network">
        {(Object.keys(networkViews) as NetworkView[]).filter(maySee).map((name) => (
          <Link
            key={name}
            href={`/network${queryText({ view: name })}`}
            aria-current={name === chosen ? 'page' : undefined}
          >
            {networkViews[name]}
          </Link>
        ))}
      </nav>
      {maySee(chosen) ? (
        <Suspense fallback={<p role="status">Drawing the map …</p>}>
          <View />
        </Suspense>
      ) : (
        <Empty>
          Your role does not show you {chosen === 'captures' ? 'packets' : 'the policy'}. An administrator can
          give you one that does.
        </Empty>
      )}
    </>
  )
}
