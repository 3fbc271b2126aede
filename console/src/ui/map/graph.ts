import type { Transport } from '../../text.ts'

/** What can be opened at a place besides itself: what it sends to itself, mostly. */
export interface GraphAction {
  label: string
  description: string
  open: () => void
}

export interface GraphNode {
  id: string
  name: string
  /** Where it stands, in words. */
  place: string
  /** Of its look: `server`, `outside` and `folded` differ. */
  kind: string
  /** More about it, in a line. */
  detail?: string
  action?: GraphAction | undefined
}

export interface GraphEdge {
  id: string
  from: string
  to: string
  label: string
  transport: Transport
  /** Whether personal data goes along it. */
  carries: boolean
  /** In words, for those who do not see a line. */
  description: string
}
