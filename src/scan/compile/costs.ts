/**
 * What things take in the kernel, in nanoseconds as measured: another set a byte, a window looked at, a slot of it gone into, what
 * stands before an anchor asked about, an automaton's run.
 */
export const costs = { set: 0.19, window: 6, slot: 2, ask: 4, run: 10 } as const
