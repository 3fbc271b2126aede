import { type ComponentType, lazy } from 'react'
import type { Session } from '../../../src/api/contract/types.ts'

type Shown = ComponentType<{ session: Session }>

export interface Screen {
  path: string
  name: string
  /** Whether it stands in the bar; others are reached from where they are spoken of. */
  isInBar: boolean
  /** Permission without which it has nothing to show. */
  needs?: Session['permissions'][number]
  component: Shown
}

/** Loaded when it is looked at: what nobody opens costs nobody anything. */
function later(load: () => Promise<Shown>): Shown {
  return lazy(async () => ({ default: await load() }))
}

/** In the order of work. An address stands in the server's list of them as well (`src/api/server.ts`). */
export const screens: readonly Screen[] = [
  {
    path: '/',
    name: 'Overview',
    isInBar: true,
    component: later(async () => (await import('./overview/overview-screen.tsx')).OverviewScreen),
  },
  {
    path: '/flows',
    name: 'Data flows',
    isInBar: true,
    component: later(async () => (await import('./flows/flows-screen.tsx')).FlowsScreen),
  },
  {
    path: '/network',
    name: 'Network',
    isInBar: true,
    component: later(async () => (await import('./network/network-screen.tsx')).NetworkScreen),
  },
  {
    path: '/events',
    name: 'Events',
    isInBar: true,
    component: later(async () => (await import('./events/events-screen.tsx')).EventsScreen),
  },
  {
    path: '/incidents',
    name: 'Incidents',
    isInBar: true,
    needs: 'cases:read',
    component: later(async () => (await import('./incidents/incidents-screen.tsx')).IncidentsScreen),
  },
  {
    path: '/incidents/:id',
    name: 'Case',
    isInBar: false,
    needs: 'cases:read',
    component: later(async () => (await import('./incidents/case-screen.tsx')).CaseScreen),
  },
  {
    path: '/workload',
    name: 'Workload',
    isInBar: false,
    component: later(async () => (await import('./workload/workload-screen.tsx')).WorkloadScreen),
  },
  {
    path: '/compliance',
    name: 'Compliance',
    isInBar: true,
    needs: 'reports:read',
    component: later(async () => (await import('./compliance/compliance-screen.tsx')).ComplianceScreen),
  },
  {
    path: '/evidence',
    name: 'Evidence',
    isInBar: true,
    needs: 'evidence:read',
    component: later(async () => (await import('./evidence/evidence-screen.tsx')).EvidenceScreen),
  },
  {
    path: '/settings',
    name: 'Settings',
    isInBar: true,
    needs: 'traffic:read',
    component: later(async () => (await import('./settings/settings-screen.tsx')).SettingsScreen),
  },
  {
    path: '/account',
    name: 'Your account',
    isInBar: false,
    component: later(async () => (await import('./account/account-screen.tsx')).AccountScreen),
  },
]

/** Those that somebody has something to see in. */
export function screensFor({ permissions }: Session): Screen[] {
  return screens.filter(({ needs }) => needs === undefined || permissions.includes(needs))
}
