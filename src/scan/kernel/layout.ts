import type { TableAutomaton } from '../automaton/table-automaton.ts'
import { wordBytes } from '../expression/byte-set.ts'
import { limits } from '../limits.ts'
import { approachBytes } from '../compile/approach.ts'
import type { Prefilter } from '../compile/prefilter.ts'
import type { ConfirmationGroup } from '../compile/groups.ts'
import type { Slots } from '../compile/slots.ts'

/**
 * Where the kernel finds its tables, as addresses relative to the set's region of the memory. Everything is little-endian;
 * addresses inside the tables are absolute.
 */
export interface Layout {
  /** 256 bytes: 1 for letters and digits. */
  wordTable: number
  /** Two addresses: ends of what was written to `starts` and `ends`. */
  written: number
  /** Vectors of 16 bytes: see `vectorCount`. */
  vectors: number
  /** `Slots.windows`. */
  windows: number
  /** For each slot the fields of `slotField`. */
  slots: number
  /** For each slot a bitmap of `approach.ts`. */
  approaches: number
  groups: number
  tables: number
  /** Records of `candidateRecord`: what the prefilter found and is not confirmed. */
  candidates: number
  /** From here on they are confirmed before more are looked for. */
  candidatesLimit: number
  /** Records of `startRecordBytes`: what `scan` found, one a start. */
  starts: number
  startsLimit: number
  /** Records of `endRecordBytes`, each start's in ascending order. */
  ends: number
  endsLimit: number
  sizeBytes: number
}

/** Anchor and slots, in bytes; `shift` is the base 2 logarithm of the size. */
export const candidateRecord = { anchor: 0, slots: 8, sizeBytes: 16, shift: 4 } as const

/** Candidates of so many bytes are collected at once, and no more before they are confirmed than these and as many. */
const stretchBytes = 64

/** Start, group << 16 | row of the backward automaton, first and last address of its ends. */
export const startRecordBytes = 16
/** End, row of the forward automaton. */
export const endRecordBytes = 8

/** Fields of a group's descriptor, in bytes from its beginning. */
export const descriptor = {
  index: 0,
  /** 1 when letters and digits may not stand next to a match. */
  word: 4,
  /** 0 when matches begin at the anchor; else the fields of an automaton. */
  backward: 8,
  forward: 24,
  /** Address of the bitmap of what may stand before the anchor; only where one is asked for. */
  approach: 40,
  /** 1 when of the ends of a match only the last counts. */
  onlyLongest: 44,
  sizeBytes: 48,
} as const

/** Fields of a slot, in bytes: addresses. */
export const slotField = {
  /** Descriptor of its first group. */
  first: 0,
  /** The first of those that what stands before the anchor tells about; they come last. */
  approached: 4,
  /** After the last. */
  end: 8,
  /** Bitmap of what may stand before any of these. */
  approach: 12,
} as const

/** Base 2 logarithm of the size of a slot's fields. */
export const slotFieldShift = 4

/** Bytes of what one position of the window has in `Layout.windows`. */
export const windowTableBytes = 256 * 8

/** Fields of an automaton in a descriptor. */
export const automatonField = { classes: 0, next: 4, start: 8, lastAccepting: 12 } as const

/** Vectors: low and high table of each position of each set; then these. */
export const extraVectors = { nibble: 0, wordLow: 1, wordHigh: 2, wordBuckets: 3 } as const

export function vectorCount(prefilter: Prefilter): number {
  return prefilter.sets.length * (2 * prefilter.vectorPositions + 1) + extraVectors.wordBuckets
}

const align = (address: number): number => (address + 15) & ~15

/** Plans the region of a set. Buffers hold what anchors within the lookbehind can give, so that each call gets on. */
export function planLayout(prefilter: Prefilter, slots: Slots, groups: readonly ConfirmationGroup[]): Layout {
  let end = 0
  const take = (sizeBytes: number): number => {
    const address = end
    end = align(end + sizeBytes)
    return address
  }
  const anchors = limits.lookbehindBytes + 2
  const startsPerAnchor = groups.length * (limits.lookbehindBytes + 1) * startRecordBytes
  const endsPerAnchor = groups.length * limits.lookaheadBytes * endRecordBytes
  const wordTable = take(256)
  const written = take(8)
  const vectors = take(vectorCount(prefilter) * 16)
  const windows = take(prefilter.positions * windowTableBytes)
  const slotFields = take(slots.count << slotFieldShift)
  const approaches = take(slots.count * approachBytes)
  const groupsAt = take(groups.length * descriptor.sizeBytes)
  const tables = take(groups.reduce((sum, group) => sum + groupBytes(group), 0))
  const candidates = take(2 * stretchBytes * candidateRecord.sizeBytes)
  const starts = take(startsPerAnchor * anchors)
  const ends = take(endsPerAnchor * anchors)
  return {
    ...{
      wordTable,
      written,
      vectors,
      windows,
      slots: slotFields,
      approaches,
      groups: groupsAt,
      tables,
      candidates,
      starts,
      ends,
    },
    candidatesLimit: candidates + stretchBytes * candidateRecord.sizeBytes,
    startsLimit: ends - startsPerAnchor,
    endsLimit: end - endsPerAnchor,
    sizeBytes: end,
  }
}

function groupBytes(group: ConfirmationGroup): number {
  const { forward, backward, approach } = group
  const backwardBytes = backward === undefined ? 0 : tableBytes(backward)
  const approachSize = approach === undefined ? 0 : approachBytes
  return tableBytes(forward) + backwardBytes + approachSize
}

function tableBytes(automaton: TableAutomaton): number {
  return align(256 + automaton.next.byteLength)
}

/** Writes the tables of a set to its region at `base`, which is zero. */
export function writeTables(
  memory: ArrayBuffer,
  base: number,
  layout: Layout,
  set: { prefilter: Prefilter; slots: Slots; groups: readonly ConfirmationGroup[] },
): void {
  const bytes = new Uint8Array(memory)
  for (const byte of wordBytes) bytes[base + layout.wordTable + byte] = 1
  writeVectors(bytes.subarray(base + layout.vectors), set.prefilter)
  new BigUint64Array(memory, base + layout.windows, set.slots.windows.length).set(set.slots.windows)
  writeGroups(memory, base, layout, set.groups)
}

function writeVectors(bytes: Uint8Array, prefilter: Prefilter): void {
  const vectors = prefilter.sets.flatMap((set) =>
    set.tables.slice(0, prefilter.vectorPositions).flatMap(({ low, high }) => [low, high]),
  )
  vectors.push(new Uint8Array(16).fill(0x0f), ...wordNibbles())
  vectors.push(...prefilter.sets.map((set) => new Uint8Array(16).fill(set.wordBuckets)))
  for (const [i, vector] of vectors.entries()) bytes.set(vector, i * 16)
}

/** Tables whose common bits tell letters and digits exactly: digits have bit 0, @A-O 1, P-Z 2, with `@`, `[` and such left out. */
function wordNibbles(): [low: Uint8Array, high: Uint8Array] {
  const low = new Uint8Array(16)
  const high = new Uint8Array(16)
  const bits: Record<number, number> = { 3: 1, 4: 2, 5: 4, 6: 2, 7: 4 }
  for (const byte of wordBytes) {
    low[byte & 15] |= bits[byte >> 4]
    high[byte >> 4] |= bits[byte >> 4]
  }
  return [low, high]
}

function writeGroups(
  memory: ArrayBuffer,
  base: number,
  layout: Layout,
  groups: readonly ConfirmationGroup[],
): void {
  const view = new DataView(memory)
  const bytes = new Uint8Array(memory)
  const groupAddress = (index: number): number => base + layout.groups + index * descriptor.sizeBytes
  let table = base + layout.tables
  const writeAutomaton = (at: number, automaton: TableAutomaton): void => {
    view.setUint32(at + automatonField.classes, table, true)
    view.setUint32(at + automatonField.next, table + 256, true)
    view.setUint32(at + automatonField.start, automaton.start, true)
    view.setUint32(at + automatonField.lastAccepting, automaton.lastAccepting, true)
    new Uint8Array(memory, table, 256).set(automaton.classes)
    new Uint16Array(memory, table + 256, automaton.next.length).set(automaton.next)
    table += tableBytes(automaton)
  }
  for (const [index, group] of groups.entries()) {
    const at = groupAddress(index)
    view.setUint32(at + descriptor.index, index, true)
    view.setUint32(at + descriptor.word, group.word ? 1 : 0, true)
    view.setUint32(at + descriptor.onlyLongest, group.onlyLongest ? 1 : 0, true)
    if (group.backward !== undefined) writeAutomaton(at + descriptor.backward, group.backward)
    writeAutomaton(at + descriptor.forward, group.forward)
    if (group.approach !== undefined) {
      view.setUint32(at + descriptor.approach, table, true)
      bytes.set(group.approach, table)
      table += approachBytes
    }
    writeSlot(view, base, layout, { group, at })
  }
}

/** Enters a group, whose descriptor is at `at`, in the fields of its slot: groups come in order, those with an approach last. */
function writeSlot(
  view: DataView,
  base: number,
  layout: Layout,
  { group, at }: { group: ConfirmationGroup; at: number },
): void {
  const slot = base + layout.slots + (group.slot << slotFieldShift)
  const approach = base + layout.approaches + group.slot * approachBytes
  const end = at + descriptor.sizeBytes
  if (view.getUint32(slot + slotField.first, true) === 0) {
    view.setUint32(slot + slotField.first, at, true)
    view.setUint32(slot + slotField.approached, at, true)
  }
  view.setUint32(slot + slotField.approach, approach, true)
  view.setUint32(slot + slotField.end, end, true)
  if (group.approach === undefined) view.setUint32(slot + slotField.approached, end, true)
  if (group.approach !== undefined)
    addBits(new Uint8Array(view.buffer, approach, approachBytes), group.approach)
}

function addBits(bitmap: Uint8Array, bits: Uint8Array): void {
  for (let i = 0; i < bitmap.length; i++) bitmap[i] |= bits[i]
}
