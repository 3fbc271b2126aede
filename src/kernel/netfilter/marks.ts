/**
 * What a verdict says of the whole connection. It travels as bits of the packet's mark from the queue to the chains behind it, and stays as
 * bits of the connection's mark, of which the lower half is left to whoever uses it. A connection whose generation is the one that holds, and
 * that is not denied, is released. One of an earlier generation goes to the queue again, with what was noted of it.
 */
export const ConnectionMark = {
  mask: 0x3fff_0000,
  denied: 0x2000_0000,
  /** `FIRST_GENERATION` to `LAST_GENERATION`; 0 where nothing was decided. */
  generation: 0x1e00_0000,
  note: 0x01ff_0000,
} as const

/** Bit of the mark of packets that went out through our rules: what has it not was sent past them. */
export const HELD_MARK = 0x4000_0000

const GENERATION_SHIFT = 25
const NOTE_SHIFT = 16

/**
 * In the place of a generation, on the way to the queue: a packet of a connection of which nothing was decided yet; of one that was decided
 * about before, by which end sent it.
 */
export const Waiting = { fresh: 1, fromOpener: 2, fromAnswerer: 3 } as const
export const FIRST_GENERATION = 4
export const LAST_GENERATION = ConnectionMark.generation >>> GENERATION_SHIFT

/** The bits of a mark that say a generation, or a `Waiting`. */
export function generationBits(generation: number): number {
  return generation << GENERATION_SHIFT
}

/** @param before - 0 for none */
export function nextGeneration(before: number): number {
  return before < FIRST_GENERATION || before >= LAST_GENERATION ? FIRST_GENERATION : before + 1
}

/** The bits of a mark that carry a note. */
export function noteBits(note: number): number {
  return (note << NOTE_SHIFT) & ConnectionMark.note
}

/** Every single bit of a note, as a mark has it. */
export const noteBitsOfMark: readonly number[] = Array.from({ length: 32 }, (_, bit) => 1 << bit).filter(
  (bit) => (bit & ConnectionMark.note) !== 0,
)

/** What was noted of a connection when it was decided about, by the mark of its packet that waits; -1 where it was not. */
export function recalledNote(mark: number): number {
  const isRecalled = (mark & ConnectionMark.generation) > generationBits(Waiting.fresh)
  return isRecalled ? (mark & ConnectionMark.note) >>> NOTE_SHIFT : -1
}

/** Whether a packet of such a connection is sent by whoever did not open it. */
export function isRecalledFromAnswerer(mark: number): boolean {
  return (mark & ConnectionMark.generation) === generationBits(Waiting.fromAnswerer)
}
