import type { ThreatDefinition, ThreatName } from '../catalogue.ts'
import type { DetectorContext } from '../detector-context.ts'

/** Codes by which reassembly and parsers tell of what is off, and the threat that it is; all others are oddities. */
const codes: Readonly<Record<string, ThreatName>> = {
  'tcp-overlap-differs': 'streamEvasion',
  'dns-compression-loop': 'dnsLoop',
}

/** Events of parsers that are a threat by themselves. */
const events: Readonly<Record<string, ThreatName>> = {
  'http-negative-length': 'httpNegativeLength',
  'http-ambiguous-request': 'httpSmuggling',
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
    if (threat === undefined) return
    const { seen, flows } = this.#context
    seen.ofFlow(flows, flow, origin)
    this.#context.tell(threat)
  }
}
