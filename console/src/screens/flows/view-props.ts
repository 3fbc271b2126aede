import type { ReactNode } from 'react'
import type { UrlState } from '../../url-state.ts'

/** What each view of the data flows is given. */
export interface ViewProps {
  state: UrlState
  change: (changed: Record<string, string>) => void
  /** Where another view is chosen. */
  choose: ReactNode
}
