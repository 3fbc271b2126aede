import { TransportCode } from './transport.ts'

/** Ports of one transport, both ends included. */
export interface PortRange {
  transport: TransportCode
  first: number
  last: number
}

const LAST_PORT = 65_535
const transports: Readonly<Record<string, TransportCode>> = {
  tcp: TransportCode.tcp,
  udp: TransportCode.udp,
}

/**
 * Ports of a rule: `tcp/80, udp/53-60, icmp, 8080` (a bare number is TCP), by commas or blanks. Null for any.
 *
 * @returns a text for the author where it cannot be read
 */
export function parsePorts(text: string): PortRange[] | null | string {
  const items = text.split(/[\s,]+/).filter((item) => item !== '')
  if (items.length === 0) return null
  const ranges: PortRange[] = []
  for (const item of items) {
    if (item.toLowerCase() === 'any') return null
    const range = parseItem(item.toLowerCase())
    if (typeof range === 'string') return range
    ranges.push(range)
  }
  return ranges
}

function parseItem(item: string): PortRange | string {
  if (item === 'icmp') return { transport: TransportCode.icmp, first: 0, last: LAST_PORT }
  const [, name = 'tcp', ports] = /^(?:([a-z]+)\/)?(.+)$/.exec(item) ?? []
  const transport = transports[name]
  if (transport === undefined) return `${JSON.stringify(item)} names no transport`
  if (ports === 'any') return { transport, first: 0, last: LAST_PORT }
  const [, low, high = low] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(ports) ?? []
  const [first, last] = [Number(low), Number(high)]
  if (low === undefined || last > LAST_PORT) return `${JSON.stringify(item)} is no port`
  if (first > last) return `${JSON.stringify(item)} ends before it begins`
  return { transport, first, last }
}
