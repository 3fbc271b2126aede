import type { Transport } from '../../model/records.ts'

/** Transports that rules tell apart. ICMP of both versions is one. */
export const TransportCode = { tcp: 0, udp: 1, icmp: 2, other: 3 } as const
export type TransportCode = (typeof TransportCode)[keyof typeof TransportCode]

export const transportCount = 4

export function transportCode(transport: Transport): TransportCode {
  switch (transport) {
    case 'tcp':
      return TransportCode.tcp
    case 'udp':
      return TransportCode.udp
    case 'icmp':
    case 'icmp6':
      return TransportCode.icmp
    default:
      return TransportCode.other
  }
}
