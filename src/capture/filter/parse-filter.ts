import { parseAddress } from '../../lib/ip.ts'
import { IpProtocol } from '../../packet/packet.ts'
import { captureLimits } from '../limits.ts'
import type { End, FilterNode } from './filter-node.ts'

/** A filter, or what is wrong with it: where, counted in characters from 0, and what is expected there. */
export type ParsedFilter = { filter: FilterNode | undefined } | { problem: string; at: number }

const protocols: Readonly<Record<string, number>> = {
  tcp: IpProtocol.tcp,
  udp: IpProtocol.udp,
  icmp: IpProtocol.icmp,
  icmp6: IpProtocol.icmp6,
  sctp: IpProtocol.sctp,
}

interface Token {
  text: string
  at: number
}

/** Thrown and caught within this file. */
class Wrong {
  readonly problem: string
  readonly at: number

  constructor(problem: string, at: number) {
    this.problem = problem
    this.at = at
  }
}

/**
 * Reads a subset of pcap's syntax (pcap-filter(7)): `host`, `net`, `port`, `portrange`, each with `src` or `dst` in front; `tcp`, `udp`, `icmp`,
 * `icmp6`, `sctp`, `ip`, `ip6`, also in front of those; `and`, `or`, `not`, `&&`, `||`, `!`, parentheses. As there, `and` and `or` bind equally, from
 * the left. Empty means all packets.
 */
export function parseFilter(text: string): ParsedFilter {
  if (text.length > captureLimits.filterLength)
    return {
      problem: `it is longer than ${captureLimits.filterLength} characters`,
      at: captureLimits.filterLength,
    }
  const tokens = tokensOf(text)
  if (tokens.length === 0) return { filter: undefined }
  try {
    const parser = new Parser(tokens, text.length)
    return { filter: parser.whole() }
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.problem, at: error.at }
    throw error
  }
}

/** Words, signs and what stands between spaces. */
function tokensOf(text: string): Token[] {
  return [...text.matchAll(/\(|\)|&&|\|\||!|[^\s()!&|]+|[&|]/g)].map((match) => ({
    text: match[0],
    at: match.index,
  }))
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #end: number
  #next = 0
  #depth = 0

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens
    this.#end = end
  }

  whole(): FilterNode {
    const filter = this.#expression()
    const rest = this.#peek()
    if (rest !== undefined)
      throw new Wrong(`\`${rest.text}\` does not follow on what is before it: and, or?`, rest.at)
    return filter
  }

  #expression(): FilterNode {
    let left = this.#term()
    for (;;) {
      const joint = jointOf(this.#peek()?.text)
      if (joint === undefined) return left
      this.#next++
      left = { kind: joint, parts: [left, this.#term()] }
    }
  }

  #term(): FilterNode {
    const token = this.#take('a condition')
    if (token.text === 'not' || token.text === '!')
      return this.#deeper(token, () => ({ kind: 'not', part: this.#term() }))
    if (token.text !== '(') return this.#condition(token)
    return this.#deeper(token, () => {
      const inner = this.#expression()
      const close = this.#take('`)`')
      if (close.text !== ')') throw new Wrong('`)` is missing', close.at)
      return inner
    })
  }

  #deeper(token: Token, read: () => FilterNode): FilterNode {
    if (++this.#depth > captureLimits.filterDepth) throw new Wrong('it is too deep', token.at)
    const inner = read()
    this.#depth--
    return inner
  }

  /** `tcp`, `tcp port 80`, `src host 10.0.0.1`. */
  #condition(token: Token): FilterNode {
    const protocol = protocolNode(token.text)
    if (protocol === undefined) return this.#primitive(token)
    const following = this.#peek()
    if (following === undefined || !isPrimitive(following.text)) return protocol
    this.#next++
    return { kind: 'and', parts: [protocol, this.#primitive(following)] }
  }

  #primitive(token: Token): FilterNode {
    const end = endOf(token.text)
    const kind = end === undefined ? token : this.#take('host, net, port or portrange')
    switch (kind.text) {
      case 'host':
        return this.#network(end ?? 'either', false)
      case 'net':
        return this.#network(end ?? 'either', true)
      case 'port':
      case 'portrange':
        return this.#ports(end ?? 'either')
      default:
        throw new Wrong(`\`${kind.text}\` is none of ${expected}`, kind.at)
    }
  }

  #network(end: End, mayHavePrefix: boolean): FilterNode {
    const token = this.#take('an address')
    const [text, length, ...more] = token.text.split('/')
    const address = parseAddress(text)
    if (address === undefined || more.length > 0) throw new Wrong(`\`${token.text}\` is no address`, token.at)
    const most = address.length * 8
    if (!mayHavePrefix && length !== undefined) throw new Wrong('a host has no prefix length: net?', token.at)
    const prefix = length === undefined ? most : numberOf(length, most)
    if (prefix === undefined) throw new Wrong(`a prefix length is at most ${most}`, token.at)
    return { kind: 'net', end, address, prefix }
  }

  #ports(end: End): FilterNode {
    const token = this.#take('a port')
    const [from, to, ...more] = token.text.split('-').map((text) => numberOf(text, 65_535))
    const last = token.text.includes('-') ? to : from
    if (from === undefined || last === undefined || more.length > 0 || last < from)
      throw new Wrong(`\`${token.text}\` is no port from 0 to 65535, and no range of them`, token.at)
    return { kind: 'ports', end, from, to: last }
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next]
  }

  #take(what: string): Token {
    const token = this.#tokens[this.#next++]
    if (token === undefined) throw new Wrong(`${what} is missing`, this.#end)
    return token
  }
}

const expected = 'host, net, port, portrange, src, dst, tcp, udp, icmp, icmp6, sctp, ip, ip6, not'

function isPrimitive(text: string): boolean {
  return endOf(text) !== undefined || ['host', 'net', 'port', 'portrange'].includes(text)
}

function jointOf(text: string | undefined): 'and' | 'or' | undefined {
  if (text === 'and' || text === '&&') return 'and'
  return text === 'or' || text === '||' ? 'or' : undefined
}

function endOf(text: string): End | undefined {
  if (text === 'src') return 'source'
  return text === 'dst' ? 'destination' : undefined
}

function protocolNode(text: string): FilterNode | undefined {
  if (text === 'ip') return { kind: 'version', version: 4 }
  if (text === 'ip6') return { kind: 'version', version: 6 }
  if (!Object.hasOwn(protocols, text)) return undefined
  return { kind: 'protocol', protocol: protocols[text] }
}

/** Decimal digits only. */
function numberOf(text: string, most: number): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined
  const number = Number(text)
  return number <= most ? number : undefined
}
