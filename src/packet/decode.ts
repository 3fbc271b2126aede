import type { DecodeStatus, Packet } from './packet.ts'

/**
 * Decodes link, network and transport headers of `packet.bytes[start, end)` into the packet's fields, tunnels
 * unwrapped, and returns `packet.status`. When a tunnel's content cannot be decoded the tunnel's own outer packet is
 * what is seen. Allocates nothing, never throws.
 */
export declare function decode(packet: Packet): DecodeStatus
