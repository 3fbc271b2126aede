import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { decode } from '../../packet/decode.ts'
import { icmp, ipv4, ipv6, tcp, udp } from '../../packet/frames.ts'
import { LinkType, Packet } from '../../packet/packet.ts'
import { matches } from './matches.ts'
import { parseFilter } from './parse-filter.ts'

function decoded(bytes: Uint8Array): Packet {
  const packet = new Packet()
  packet.bytes = bytes
  packet.end = packet.originalLength = bytes.length
  packet.linkType = LinkType.raw
  decode(packet)
  return packet
}

const packets = {
  web: decoded(
    ipv4(
      { source: '10.0.0.1', destination: '10.0.1.2', protocol: 6 },
      tcp({ sourcePort: 40_000, destinationPort: 80 }),
    ),
  ),
  dns: decoded(
    ipv4(
      { source: '10.0.0.1', destination: '8.8.8.8', protocol: 17 },
      udp({ sourcePort: 40_001, destinationPort: 53 }),
    ),
  ),
  ping: decoded(ipv4({ source: '10.0.0.1', destination: '10.0.1.2', protocol: 1 }, icmp(8, 80))),
  six: decoded(
    ipv6(
      { source: '2001:db8::1', destination: '2001:db8::2', protocol: 6 },
      tcp({ sourcePort: 443, destinationPort: 50_000 }),
    ),
  ),
}

const cases: [filter: string, seen: (keyof typeof packets)[]][] = [
  ['', ['web', 'dns', 'ping', 'six']],
  ['host 10.0.1.2', ['web', 'ping']],
  ['src host 10.0.1.2', []],
  ['dst host 10.0.1.2', ['web', 'ping']],
  ['net 10.0.0.0/23', ['web', 'dns', 'ping']],
  ['dst net 10.0.0.0/24', []],
  ['net 2001:db8::/32', ['six']],
  ['net 0.0.0.0/0', ['web', 'dns', 'ping']],
  ['port 80', ['web']],
  ['src port 443', ['six']],
  ['dst port 443', []],
  ['portrange 50-100', ['web', 'dns']],
  ['tcp', ['web', 'six']],
  ['udp port 53 or icmp', ['dns', 'ping']],
  ['ip and not udp', ['web', 'ping']],
  ['ip6', ['six']],
  ['! (tcp || udp)', ['ping']],
  ['tcp and (port 80 or port 443) && not ip6', ['web']],
  // As in pcap: from the left, and not `tcp or (udp and port 80)`.
  ['tcp or udp and port 80', ['web']],
]

for (const [filter, seen] of cases) {
  test(`\`${filter}\` takes ${seen.join(', ') || 'nothing'}`, () => {
    const parsed = parseFilter(filter)
    assert.ok('filter' in parsed, JSON.stringify(parsed))
    const taken = Object.entries(packets).filter(([, packet]) => matches(parsed.filter, packet))
    assert.deepEqual(
      taken.map(([name]) => name),
      seen,
    )
  })
}

const wrong: [filter: string, at: number, problem: RegExp][] = [
  ['hosts 10.0.0.1', 0, /none of host, net/],
  ['host 10.0.0', 5, /no address/],
  ['host 10.0.0.0/8', 5, /net\?/],
  ['net 10.0.0.0/33', 4, /at most 32/],
  ['port 70000', 5, /0 to 65535/],
  ['port 100-50', 5, /range/],
  ['tcp port', 8, /a port is missing/],
  ['tcp and', 7, /a condition is missing/],
  ['tcp port 80 port 81', 12, /and, or\?/],
  ['(tcp or udp', 11, /`\)` is missing/],
  [`${'('.repeat(40)}tcp${')'.repeat(40)}`, 32, /too deep/],
  ['x'.repeat(2000), 1024, /longer/],
]

for (const [filter, at, problem] of wrong) {
  test(`\`${filter.slice(0, 40)}\` is refused at ${at}`, () => {
    const parsed = parseFilter(filter)
    assert.ok('problem' in parsed)
    assert.equal(parsed.at, at)
    assert.match(parsed.problem, problem)
  })
}

test('any text is a filter or a problem', () => {
  const word = fc.constantFrom(
    'host',
    'net',
    'port',
    'src',
    'dst',
    'and',
    'or',
    'not',
    '(',
    ')',
    '!',
    '10.0.0.1',
    '1-2',
    '::1/8',
    'tcp',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
  )
  fc.assert(
    fc.property(text, (filter) => {
      const parsed = parseFilter(filter)
      if ('filter' in parsed) for (const packet of Object.values(packets)) matches(parsed.filter, packet)
      else assert.ok(parsed.at <= filter.length)
    }),
    { numRuns: fuzzRuns },
  )
})
