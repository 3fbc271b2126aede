const KiB = 1024

export const netfilterLimits = {
  /** Packets that one call takes out of a verdict queue. */
  batchPackets: 64,
  /**
   * Packets of it whose verdicts go to the kernel together. 2 against all of a batch: 1.1 to 1.9 times the requests a second where other
   * work kept both cores busy, at the same processor time for each, and the same in bulk.
   */
  packetsPerAnswer: 2,
  /** A packet of 64 KiB, as segmentation offload makes them, with what netlink puts before it. */
  packetBytes: 66 * KiB,
  /** Packets that wait in one queue at most; what goes past it passes or is dropped, as asked. */
  waitingPackets: 4096,
  /** Elements of a set in one message: what is in an attribute has a length of 16 bits. */
  elementsPerMessage: 256,
  /** What the kernel keeps for one queue until it is read. */
  receiveBytes: 8 * KiB * KiB,
} as const
