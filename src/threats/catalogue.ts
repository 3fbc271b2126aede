import type { KillChainStage, ThreatSeverity } from '../model/records.ts'

/** What is measured, and from which value on it is told of. */
export interface ThreatMeasure {
  /** What is counted: `packets`, `bytes`, `half-open connections`. */
  unit: string
  threshold: number
  /** In which time; absent where a single occurrence is measured. */
  seconds?: number
  /** It is told of where no more than that is measured. */
  isAtMost?: true
}

export interface ThreatDefinition {
  /** NeuVector's number; those from 3001 on are ours. */
  id: number
  /** As NeuVector shows it where it has it. */
  name: string
  severity: ThreatSeverity
  /** Whether it is looked for unless it is configured otherwise. */
  on: boolean
  /** MITRE ATT&CK, Enterprise. */
  technique: string
  stage: KillChainStage
  /** What occurrences of one kind have in common; only kinds are told of apart. */
  by: 'pair' | 'target' | 'source' | 'service'
  measure: ThreatMeasure
  /** 0 to 1: how sure it is to be hostile, seen from the wire alone. */
  confidence: number
  /** One sentence for people: what was seen. */
  reason: string
}

const denial = { stage: 'actions-on-objectives', by: 'target', confidence: 0.9 } as const
const recon = { stage: 'reconnaissance', by: 'pair', confidence: 0.8 } as const
const exploit = { stage: 'exploitation', by: 'pair', confidence: 0.8 } as const
const weak = { severity: 'medium', technique: 'T1557', stage: 'delivery', by: 'service' } as const
const once = (unit: string) => ({ unit, threshold: 1 })

/** Floods: more than a service is asked by those who want an answer. */
const floods = {
  synFlood: {
    ...denial,
    id: 1001,
    name: 'TCP.SYN.Flood',
    severity: 'critical',
    on: true,
    technique: 'T1499.001',
    measure: { unit: 'half-open connections', threshold: 800, seconds: 5 },
    reason: 'More connections were begun with it and not completed than its clients ever begin.',
  },
  icmpFlood: {
    ...denial,
    id: 1002,
    name: 'ICMP.Flood',
    severity: 'critical',
    on: true,
    technique: 'T1498.001',
    measure: { unit: 'ICMP requests', threshold: 100, seconds: 1 },
    reason: 'It was sent more ICMP requests than anybody needs to learn whether it is there.',
  },
  sessionLimit: {
    id: 1003,
    name: 'Source.IP.Session.Limit',
    severity: 'high',
    on: false,
    technique: 'T1499.002',
    stage: 'actions-on-objectives',
    by: 'source',
    measure: { unit: 'connections at once', threshold: 2000 },
    confidence: 0.5,
    reason: 'One address keeps more connections open than one client needs.',
  },
  udpFlood: {
    ...denial,
    id: 3001,
    name: 'UDP.Flood',
    severity: 'critical',
    on: true,
    technique: 'T1498.001',
    measure: { unit: 'unanswered datagrams', threshold: 5000, seconds: 1 },
    reason: 'It was sent datagrams at a rate at which nobody answers, and did not answer.',
  },
  ackFlood: {
    ...denial,
    id: 3002,
    name: 'TCP.ACK.Flood',
    severity: 'high',
    on: true,
    technique: 'T1499.001',
    measure: { unit: 'ACKs of no connection', threshold: 1000, seconds: 5 },
    reason: 'It was sent acknowledgements of connections that it does not have.',
  },
  resetFlood: {
    ...denial,
    id: 3003,
    name: 'TCP.RST.Flood',
    severity: 'high',
    on: true,
    technique: 'T1499.001',
    measure: { unit: 'RSTs of no connection', threshold: 1000, seconds: 5 },
    reason: 'It was sent resets of connections that it does not have.',
  },
} as const

/** Packets that no stack sends by itself. */
const packets = {
  invalidPacket: {
    ...exploit,
    id: 2001,
    name: 'Invalid.Packet.Format',
    severity: 'medium',
    on: true,
    technique: 'T1499.004',
    measure: once('packets'),
    confidence: 0.6,
    reason: 'A header contradicts itself or the length of its packet.',
  },
  teardrop: {
    ...exploit,
    id: 2002,
    name: 'IP.Fragment.Teardrop',
    severity: 'critical',
    on: true,
    technique: 'T1499.004',
    measure: once('fragments'),
    reason: 'Fragments of one datagram overlap and differ, or end in two places.',
  },
  tinyFragment: {
    ...exploit,
    id: 3009,
    name: 'IP.Fragment.Tiny',
    severity: 'medium',
    on: true,
    technique: 'T1599',
    measure: once('fragments'),
    reason: 'A fragment cuts a TCP header, so that filters do not see its flags or ports.',
  },
  pingOfDeath: {
    ...exploit,
    id: 2006,
    name: 'Ping.Death',
    severity: 'critical',
    on: true,
    technique: 'T1499.004',
    measure: { unit: 'bytes of one message', threshold: 32_000 },
    reason: 'An ICMP message is longer than any that a ping sends.',
  },
  land: {
    ...exploit,
    id: 3004,
    name: 'TCP.Land',
    severity: 'high',
    on: true,
    technique: 'T1499.004',
    measure: once('packets'),
    confidence: 0.9,
    reason: 'A packet claims to come from the very address and port that it goes to.',
  },
  synWithData: {
    ...exploit,
    id: 2003,
    name: 'TCP.SYN.With.Data',
    severity: 'medium',
    on: false,
    technique: 'T1599',
    measure: once('packets'),
    confidence: 0.4,
    reason: 'A SYN carries data without TCP Fast Open.',
  },
  splitHandshake: {
    ...exploit,
    id: 2004,
    name: 'TCP.Split.Handshake',
    severity: 'medium',
    on: true,
    technique: 'T1599',
    measure: once('connections'),
    confidence: 0.7,
    reason: 'A SYN was answered with a SYN, which turns client and server around for those who watch.',
  },
  smallMss: {
    ...exploit,
    id: 2025,
    name: 'TCP.SACK.DDoS.With.Small.MSS',
    severity: 'high',
    on: true,
    technique: 'T1499.004',
    measure: { unit: 'bytes of the largest segment', threshold: 255, isAtMost: true },
    reason: 'A SYN asks for segments so small that the sender’s queue overflows (CVE-2019-11477, -11479).',
  },
} as const

/** Looking for what is there. */
const scans = {
  nullScan: {
    ...recon,
    id: 3005,
    name: 'TCP.Null.Scan',
    severity: 'medium',
    on: true,
    technique: 'T1595.001',
    measure: once('packets'),
    confidence: 0.95,
    reason: 'Segments without any flag: only a scanner sends them.',
  },
  xmasScan: {
    ...recon,
    id: 3006,
    name: 'TCP.Xmas.Scan',
    severity: 'medium',
    on: true,
    technique: 'T1595.001',
    measure: once('packets'),
    confidence: 0.95,
    reason: 'Segments with FIN, PSH and URG and without ACK: only a scanner sends them.',
  },
  finScan: {
    ...recon,
    id: 3007,
    name: 'TCP.FIN.Scan',
    severity: 'medium',
    on: true,
    technique: 'T1595.001',
    measure: once('packets'),
    confidence: 0.9,
    reason: 'Segments with FIN and without ACK: only a scanner sends them.',
  },
  illegalFlags: {
    ...recon,
    id: 3008,
    name: 'TCP.Illegal.Flags',
    severity: 'medium',
    on: true,
    technique: 'T1595.001',
    measure: once('packets'),
    confidence: 0.9,
    reason: 'Segments with flags that exclude each other, such as SYN with FIN.',
  },
} as const

/** What is off in a protocol. */
const protocols = {
  dnsLoop: {
    ...exploit,
    id: 2007,
    name: 'DNS.Loop.Pointer',
    severity: 'critical',
    on: true,
    technique: 'T1499.004',
    measure: once('messages'),
    reason: 'A compressed name of a DNS message leads in circles.',
  },
  sshVersion1: {
    ...weak,
    id: 2008,
    name: 'SSH.Version.1',
    severity: 'low',
    on: true,
    technique: 'T1040',
    measure: once('connections'),
    confidence: 0.9,
    reason: 'An end speaks only version 1 of SSH, the encryption of which can be taken off.',
  },
  httpNegativeLength: {
    ...exploit,
    id: 2013,
    name: 'HTTP.Negative.Body.Length',
    severity: 'high',
    on: true,
    technique: 'T1190',
    measure: once('messages'),
    reason: 'A Content-Length or a chunk size is negative.',
  },
  httpSmuggling: {
    ...exploit,
    id: 2014,
    name: 'HTTP.Request.Smuggling',
    severity: 'high',
    on: true,
    technique: 'T1190',
    measure: once('requests'),
    reason: 'A request says in two ways where it ends, so that proxy and server read different requests.',
  },
  streamEvasion: {
    ...exploit,
    id: 3010,
    name: 'TCP.Overlap.Evasion',
    severity: 'high',
    on: true,
    technique: 'T1599',
    measure: once('segments'),
    confidence: 0.7,
    reason: 'Segments say different things about the same bytes of a stream.',
  },
} as const

/** Channels hidden in what is let through. */
const tunnels = {
  icmpTunnel: {
    id: 2020,
    name: 'ICMP.Tunneling',
    severity: 'critical',
    on: true,
    technique: 'T1095',
    stage: 'command-and-control',
    by: 'pair',
    measure: { unit: 'echo replies that differ from their request', threshold: 3 },
    confidence: 0.9,
    reason: 'Echo replies carry something else than what was sent: something is tunnelled in them.',
  },
} as const

/** Every threat that is looked for, by the name that the code has for it. One place for ids, names, defaults and thresholds. */
export const threats = { ...floods, ...packets, ...scans, ...protocols, ...tunnels } satisfies Record<
  string,
  ThreatDefinition
>
export type ThreatName = keyof typeof threats

export const threatNames = Object.keys(threats) as ThreatName[]
