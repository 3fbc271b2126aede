/** Which end of a packet is meant. */
export type End = 'source' | 'destination' | 'either'

/** A filter as a tree. Addresses are 4 or 16 network-order bytes. */
export type FilterNode =
  | { kind: 'and' | 'or'; parts: readonly FilterNode[] }
  | { kind: 'not'; part: FilterNode }
  | { kind: 'protocol'; protocol: number }
  | { kind: 'version'; version: 4 | 6 }
  | { kind: 'net'; end: End; address: Uint8Array; prefix: number }
  | { kind: 'ports'; end: End; from: number; to: number }
