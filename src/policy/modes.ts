import { type Mode, modes } from './definition.ts'

const order: Readonly<Record<Mode, number>> = { Discover: 0, Monitor: 1, Protect: 2 }

/**
 * The mode of a conversation between two peers, of which one or both may have none (an external partner). The least
 * restrictive of both, or with `strict` the most restrictive, as in NeuVector; undefined where neither has one.
 */
export function conversationMode(
  from: Mode | undefined,
  to: Mode | undefined,
  strict: boolean,
): Mode | undefined {
  if (from === undefined || to === undefined) return from ?? to
  const isFromLess = order[from] < order[to]
  return isFromLess === strict ? to : from
}

/** How long a group stays in a mode before the next; absent: for good. */
export interface Promotion {
  discoverMs?: number
  monitorMs?: number
}

/** The mode that a group is due to be in at `now`, having been in `mode` since `since` (ms since 1970). One step at a time. */
export function promotedMode(mode: Mode, since: number, now: number, promotion: Promotion): Mode {
  const stays =
    mode === 'Discover' ? promotion.discoverMs : mode === 'Monitor' ? promotion.monitorMs : undefined
  if (stays === undefined || now - since < stays) return mode
  return modes[modes.indexOf(mode) + 1]
}
