import { windowFrequency } from '../automaton/byte-model.ts'
import type { ByteSet } from '../expression/byte-set.ts'
import { costs } from './costs.ts'
import type { ConfirmationGroup, PlannedGroup } from './groups.ts'

/**
 * What a candidate's window is held against, byte by byte, before an automaton runs. The vectors have room for a few buckets,
 * in which branches stand together that look nothing alike; here each group has a bit of its own, as far as there are enough.
 */
export interface Slots {
  count: number
  /** For each position of the window 256 entries: the slots that a byte belongs to there, a bit each. */
  windows: BigUint64Array<ArrayBuffer>
}

/** The kernel holds the slots of a candidate in 64 bits. */
const mostSlots = 64

interface Slot {
  groups: readonly PlannedGroup[]
  window: readonly ByteSet[]
  /** What its candidates take at a position, on average, in nanoseconds. */
  cost: number
}

interface Pair {
  a: Slot
  b: Slot
  both: Slot
}

/**
 * Gives each group of each bucket its slot. Returns the groups in the order of their slots, and of each slot those last that have an
 * approach.
 */
export function planSlots(buckets: readonly (readonly PlannedGroup[])[]): {
  slots: Slots
  groups: ConfirmationGroup[]
} {
  const slots = mergeSlots(buckets.map((groups) => groups.map((group) => slotOf([group], group.window))))
  const groups = slots.flatMap(({ groups: members }, slot) =>
    members
      .toSorted((a, b) => Number(a.approach !== undefined) - Number(b.approach !== undefined))
      .map((group) => withSlot(group, slot)),
  )
  return { slots: { count: slots.length, windows: entriesOf(slots) }, groups }
}

function withSlot(planned: PlannedGroup, slot: number): ConfirmationGroup {
  const { word, onlyLongest, forward, backward, approach, branches } = planned
  return { slot, word, onlyLongest, forward, backward, approach, branches }
}

/** Merges two of one bucket that cost least together, as long as there are too many slots or it is cheaper than both apart. */
function mergeSlots(buckets: readonly (readonly Slot[])[]): Slot[] {
  let pairs = buckets.flatMap((slots) => slots.flatMap((a, i) => slots.slice(0, i).map((b) => pairOf(a, b))))
  let slots = buckets.flat()
  for (;;) {
    const best = cheapest(pairs)
    if (best === undefined || (slots.length <= mostSlots && addedBy(best) >= 0)) return slots
    const isMerged = (slot: Slot): boolean => slot === best.a || slot === best.b
    const neighbours = new Set(pairs.flatMap(({ a, b }) => (isMerged(a) ? [b] : isMerged(b) ? [a] : [])))
    slots = [...slots.filter((slot) => !isMerged(slot)), best.both]
    pairs = pairs.filter(({ a, b }) => !isMerged(a) && !isMerged(b))
    for (const slot of neighbours) if (!isMerged(slot)) pairs.push(pairOf(slot, best.both))
  }
}

function slotOf(groups: readonly PlannedGroup[], window: readonly ByteSet[]): Slot {
  const runs = groups.filter(({ approach }) => approach === undefined).length
  const asks = runs < groups.length ? costs.ask : 0
  return { groups, window, cost: windowFrequency(window) * (costs.slot + runs * costs.run + asks) }
}

function pairOf(a: Slot, b: Slot): Pair {
  const window = a.window.map((set, i) => set.union(b.window[i]))
  return { a, b, both: slotOf([...a.groups, ...b.groups], window) }
}

/** What the two take more together than apart. */
function addedBy({ a, b, both }: Pair): number {
  return both.cost - a.cost - b.cost
}

function cheapest(pairs: readonly Pair[]): Pair | undefined {
  let best: Pair | undefined
  for (const pair of pairs) if (best === undefined || addedBy(pair) < addedBy(best)) best = pair
  return best
}

function entriesOf(slots: readonly Slot[]): BigUint64Array<ArrayBuffer> {
  const entries = new BigUint64Array(slots[0].window.length * 256)
  for (const [slot, { window }] of slots.entries()) {
    const bit = 1n << BigInt(slot)
    for (const [position, set] of window.entries()) {
      for (const byte of set) entries[position * 256 + byte] |= bit
    }
  }
  return entries
}
