import type { Layout } from './layout.ts'

/** Globals of the kernel. */
export interface Shared {
  base: number
  layout: Layout
  /** Bounds of the content. */
  low: number
  high: number
  /** Ends of what was written. */
  starts: number
  ends: number
}
