/** What became of the packets that an inspector decided about. */
export interface InlineCounters {
  /** Packets: all, and by what became of them. Released ones passed. */
  packets: number
  passed: number
  dropped: number
  reset: number
  answered: number
  /** Connections that were left to the kernel, and that were cut. */
  released: number
  cut: number
  /** Connections that were there before their inspection began. */
  pickedUp: number
  /** Violations of more kinds than are told of apart. */
  unlistedViolations: number
}

export function newCounters(): InlineCounters {
  return {
    packets: 0,
    passed: 0,
    dropped: 0,
    reset: 0,
    answered: 0,
    released: 0,
    cut: 0,
    pickedUp: 0,
    unlistedViolations: 0,
  }
}
