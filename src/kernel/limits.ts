const KiB = 1024

export const kernelLimits = {
  /** A packet of 64 KiB, as segmentation offload makes them, with its headers; the kernel wants a power of two. */
  leastBlockBytes: 128 * KiB,
  mostBlockBytes: 16 * KiB * KiB,
  /** One that the kernel fills while another is read. */
  leastBlocks: 2,
  mostRingBytes: 1024 * KiB * KiB,
  /**
   * When the kernel hands on a block that is not full: how late a lone packet is seen at most. Each ring costs one timer
   * in this time, traffic or not.
   */
  retireMs: 50,
  /** What the ring takes of a frame without IP, which is counted and passed over. */
  passedOverBytes: 64,
  /** Ready descriptors that one wait hands out; the others come with the next. */
  pollEvents: 256,
  /** One message of netlink that answers a question, and how long it may take. */
  answerBytes: 16 * KiB,
  answerMs: 500,
  /** Events of fanotify that one call takes; of those that hold somebody back each is 24 bytes. */
  fanotifyBytes: 24 * 64,
  /** Events of changes that one call takes: each some 100 bytes with its names. */
  changeBytes: 64 * KiB,
  /** Of a program that starts: how many of its arguments are read, and how much of each. */
  arguments: 64,
  argumentBytes: 512,
  /** Of those that a process descends from. */
  ancestors: 16,
} as const
