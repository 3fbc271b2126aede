/** What the engine said about the packet at hand that weighs on the decision about it, as bits. */
export const Suspicion = {
  /** It says something else about bytes than what was inspected. */
  differs: 1,
  /** No receiver takes it, or only one that reads another stream than was inspected. */
  refused: 2,
  /** Bytes before it were not there to be inspected. */
  gap: 4,
  /** A content could not be read to its end. */
  unreadable: 8,
} as const

const suspicions: ReadonlyMap<string, number> = new Map([
  ['tcp-overlap-differs', Suspicion.differs],
  ['tcp-data-after-fin', Suspicion.refused],
  ['tcp-data-out-of-window', Suspicion.refused],
  ['nested-cut', Suspicion.unreadable],
  ['nested-corrupt', Suspicion.unreadable],
  ['file-too-large', Suspicion.unreadable],
  ['file-encrypted', Suspicion.unreadable],
  ['file-damaged', Suspicion.unreadable],
  ['file-limit', Suspicion.unreadable],
])

/** What an anomaly of a flow means for the packet that brought it; 0 where it is only told of. */
export function suspicionOf(code: string): number {
  return suspicions.get(code) ?? 0
}
