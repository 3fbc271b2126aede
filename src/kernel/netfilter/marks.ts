/**
 * What a verdict says of the whole connection. It travels as bits of the packet's mark from the queue to the chains
 * behind it, and stays as bits of the connection's mark; the other bits of that are left to whoever uses them.
 */
export const ConnectionMark = { mask: 0x3000_0000, released: 0x1000_0000, denied: 0x2000_0000 } as const

/** Bit of the mark of packets that went out through our rules: what has it not was sent past them. */
export const HELD_MARK = 0x4000_0000
