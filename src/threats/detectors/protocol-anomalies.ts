import type { ThreatName } from '../catalogue.ts'
import type { ThreatDefinition } from '../threat.ts'
import type { DetectorContext } from '../detector-context.ts'

/** Codes by which reassembly and parsers tell of what is off, and the threat that it is; all others are oddities. */
const codes: Readonly<Record<string, ThreatName>> = {
  'tcp-overlap-differs': 'streamEvasion',
  'dns-compression-loop': 'dnsLoop',
  'tls-weak-cipher': 'weakCipher',
  'tls-not-encrypted': 'noCipher',
  'tls-certificate-expired': 'expiredCertificate',
  'tls-certificate-self-signed': 'selfSigned',
}

/** Events of parsers, and attacks in content that NeuVector has a number for, that are a threat by themselves. */
const events: Readonly<Record<string, ThreatName>> = {
  'http-negative-length': 'httpNegativeLength',
  'http-ambiguous-request': 'httpSmuggling',
  'dns-zone-transfer': 'zoneTransfer',
  'dns-null-question': 'dnsNull',
  'dns-unread': 'dnsOverflow',
  'tls-heartbeat-overread': 'heartbleed',
  'tls-cipher-overflow': 'cipherOverflow',
  'tls-ssl': 'sslVersion',
  'tls-1.0': 'tls10',
  'tls-1.1': 'tls11',
  'tls-downgrade': 'tlsDowngrade',
  'sql-injection': 'sqlInjection',
  'struts-exploit': 'strutsExploit',
}

/** What reassembly and parsers found off in a flow. */
export class ProtocolAnomalies {
  readonly #context: DetectorContext
  readonly #byCode: ReadonlyMap<string, ThreatDefinition>

  constructor(context: DetectorContext) {
    this.#context = context
    const entries = Object.entries({ ...codes, ...events }).map(
      ([code, name]) => [code, context.threats[name]] as const,
    )
    this.#byCode = new Map(entries)
  }

  /** @param code of an anomaly or an event */
  told(flow: number, origin: number, code: string): void {
    const threat = this.#byCode.get(code)
    if (threat === undefined || !threat.on) return
    const { seen, flows } = this.#context
    seen.ofFlow(flows, flow, origin)
    this.#context.tell(threat)
  }
}
