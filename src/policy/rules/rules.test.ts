import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conversationMode, promotedMode } from '../modes.ts'
import type { Mode, Requirements } from '../definition.ts'
import { allowedApplications, applicationNumber } from './applications.ts'
import { parsePorts } from './ports.ts'
import { type Check, checkRequirements, type ConnectionFacts, summarise } from './requirements.ts'
import { TransportCode } from './transport.ts'

const { tcp, udp, icmp } = TransportCode
const ports: [text: string, expected: ReturnType<typeof parsePorts>][] = [
  ['', null],
  ['any', null],
  ['tcp/80, udp/53-60', [port(tcp, 80), port(udp, 53, 60)]],
  ['TCP/80 8080', [port(tcp, 80), port(tcp, 8080)]],
  ['icmp', [port(icmp, 0, 65_535)]],
  ['tcp/any', [port(tcp, 0, 65_535)]],
  ['tcp/80,any', null],
  ['tcp/70000', '"tcp/70000" is no port'],
  ['tcp/60-53', '"tcp/60-53" ends before it begins'],
  ['sctp/5', '"sctp/5" names no transport'],
  ['tcp/', '"tcp/" is no port'],
  ['tcp/x', '"tcp/x" is no port'],
]
for (const [text, expected] of ports) {
  test(`ports ${JSON.stringify(text)}`, () => assert.deepEqual(parsePorts(text), expected))
}

function port(transport: TransportCode, first: number, last = first) {
  return { transport, first, last }
}

const tls12 = { encryption: { minimumTlsVersion: 'TLSv1.2' } } as const
const clear: ConnectionFacts = { encryption: 'none', categories: [] }
const encrypted: ConnectionFacts = { encryption: 'encrypted', categories: [] }
const requirements: [behaviour: string, asked: Requirements, facts: ConnectionFacts, expected: Check][] = [
  ['clear text is not encrypted', { encryption: {} }, clear, 'unmet'],
  ['any encryption will do where no version is asked for', { encryption: {} }, encrypted, 'met'],
  [
    'before its first bytes nothing is known',
    { encryption: {} },
    { ...clear, encryption: 'pending' },
    'pending',
  ],
  ['a version is waited for', tls12, encrypted, 'pending'],
  ['the version asked for will do', tls12, { ...encrypted, tlsVersion: 'TLSv1.2' }, 'met'],
  ['a newer one will do', tls12, { ...encrypted, tlsVersion: 'TLSv1.3' }, 'met'],
  ['a draft of a newer one will do', tls12, { ...encrypted, tlsVersion: 'TLSv1.3 draft 28' }, 'met'],
  ['an older one will not do', tls12, { ...encrypted, tlsVersion: 'TLSv1.1' }, 'unmet'],
  ['SSL will not do', tls12, { ...encrypted, tlsVersion: 'SSLv3' }, 'unmet'],
  ['nothing found is allowed', { personalData: { allowed: ['contact'] } }, clear, 'met'],
  ['what is listed is allowed', { personalData: { allowed: ['contact'] } }, found('contact'), 'met'],
  [
    'what is not listed is not',
    { personalData: { allowed: ['contact'] } },
    found('contact', 'health'),
    'unmet',
  ],
  ['an empty list allows none', { personalData: { allowed: [] } }, found('contact'), 'unmet'],
  ['what is forbidden may not cross', { personalData: { forbidden: ['health'] } }, found('health'), 'unmet'],
  ['what is not forbidden may', { personalData: { forbidden: ['health'] } }, found('contact'), 'met'],
  [
    'one that is unmet decides over one that is open',
    { ...tls12, personalData: { allowed: [] } },
    { ...found('health'), encryption: 'pending' },
    'unmet',
  ],
]
for (const [behaviour, asked, facts, expected] of requirements) {
  test(behaviour, () => assert.equal(summarise(checkRequirements(asked, facts)), expected))
}

function found(...categories: ConnectionFacts['categories']): ConnectionFacts {
  return { encryption: 'none', categories }
}

const conversations: [
  from: Mode | undefined,
  to: Mode | undefined,
  least: Mode | undefined,
  most: Mode | undefined,
][] = [
  ['Discover', 'Protect', 'Discover', 'Protect'],
  ['Protect', 'Monitor', 'Monitor', 'Protect'],
  ['Monitor', 'Monitor', 'Monitor', 'Monitor'],
  [undefined, 'Protect', 'Protect', 'Protect'],
  ['Discover', undefined, 'Discover', 'Discover'],
  [undefined, undefined, undefined, undefined],
]
for (const [from, to, least, most] of conversations) {
  test(`between ${from} and ${to}: ${least}, strictly ${most}`, () => {
    assert.equal(conversationMode(from, to, false), least)
    assert.equal(conversationMode(from, to, true), most)
  })
}

const promotions: [mode: Mode, afterMs: number, expected: Mode][] = [
  ['Discover', 999, 'Discover'],
  ['Discover', 1000, 'Monitor'],
  ['Monitor', 1999, 'Monitor'],
  ['Monitor', 2000, 'Protect'],
  ['Protect', 1e12, 'Protect'],
]
for (const [mode, afterMs, expected] of promotions) {
  test(`after ${afterMs} ms in ${mode}: ${expected}`, () => {
    const promotion = { discoverMs: 1000, monitorMs: 2000 }
    assert.equal(promotedMode(mode, 5000, 5000 + afterMs, promotion), expected)
    assert.equal(promotedMode(mode, 5000, 5000 + afterMs, {}), mode)
  })
}

const allowed: [named: string[], seen: string, matches: boolean][] = [
  [['HTTP'], 'HTTP', true],
  [['http'], 'HTTP', true],
  [['HTTP'], 'SSL', false],
  [['HTTP'], 'unknown', false],
  [['MySQL'], 'unknown', true],
  [['MySQL'], 'HTTP', false],
  [['ElasticSearch'], 'HTTP', true],
  [['ElasticSearch'], 'unknown', true],
  [['DNS', 'Redis'], 'unknown', true],
  [['gossip'], 'unknown', false],
]
for (const [named, seen, matches] of allowed) {
  test(`a rule that allows ${named.join()} is ${matches ? '' : 'not '}about what is told as ${seen}`, () =>
    assert.equal(allowedApplications(named).has(applicationNumber(seen)), matches))
}
