import { formatAddress } from '../lib/ip.ts'
import { formatTime } from '../lib/time.ts'
import { Direction } from '../model/direction.ts'
import type { FlowRecord, PersonalDataRecord } from '../model/records.ts'
import type { FlowTable } from '../packet/flow-table.ts'
import { transportName } from '../packet/transport-name.ts'
import type { SubjectSketch } from '../personal-data/counting/subject-sketch.ts'
import type { Conversation } from './conversation.ts'
import type { NameTable } from './name-table.ts'
import type { Redaction } from './redaction.ts'

const { toServer, toClient } = Direction

/** A flow that has ended or has news. Records are made only when asked for; valid during the call. */
export class FlowView {
  id = ''
  flow = -1
  /** `originNetworkId` of its packets: the namespace in which it was seen. */
  origin = 0
  /** It is over: nothing more comes of it. */
  ended = false
  conversation: Conversation | undefined
  readonly #flows: FlowTable
  readonly #names: NameTable
  readonly #redaction: Redaction

  constructor(flows: FlowTable, names: NameTable, redaction: Redaction) {
    this.#flows = flows
    this.#names = names
    this.#redaction = redaction
  }

  get application(): string {
    return this.conversation?.application ?? 'unknown'
  }

  record(): FlowRecord {
    const { flow, conversation } = this
    const flows = this.#flows
    const details = conversation?.details() ?? {}
    this.#redaction.details(details)
    const dnsName = this.#dnsName()
    const serverName = details.tls?.sni ?? details.http?.host ?? dnsName
    const anomalies = conversation?.anomalies
    const dataSubjects = conversation?.hasFindings === true ? conversation.findings.dataSubjects() : undefined
    return {
      type: 'flow',
      id: this.id,
      start: formatTime(flows.start(flow)),
      end: formatTime(flows.last(flow)),
      transport: transportName(flows.protocol(flow)),
      client: { address: formatAddress(flows.clientAddress(flow)), port: flows.clientPort(flow) },
      server: { address: formatAddress(flows.serverAddress(flow)), port: flows.serverPort(flow) },
      application: this.application,
      bytesToServer: flows.bytes(flow, toServer),
      bytesToClient: flows.bytes(flow, toClient),
      packetsToServer: flows.packets(flow, toServer),
      packetsToClient: flows.packets(flow, toClient),
      encrypted: conversation?.encrypted ?? false,
      ...details,
      state: flows.state(flow),
      ...(serverName === undefined ? {} : { serverName }),
      ...(dnsName === undefined ? {} : { dnsName }),
      ...(dataSubjects === undefined ? {} : { dataSubjects }),
      ...(anomalies === undefined ? {} : { anomalies: Object.fromEntries(anomalies) }),
    }
  }

  findings(): PersonalDataRecord[] {
    return this.conversation?.hasFindings === true ? this.conversation.findings.records(this.id) : []
  }

  /** Adds the persons whose data it carried to those of other flows. */
  addSubjectsTo(sketch: SubjectSketch): void {
    if (this.conversation?.hasFindings === true) this.conversation.findings.addSubjectsTo(sketch)
  }

  /** Those that are new or have grown since this was last asked. */
  news(): PersonalDataRecord[] {
    return this.conversation?.hasFindings === true ? this.conversation.findings.news(this.id) : []
  }

  #dnsName(): string | undefined {
    const { flow } = this
    const flows = this.#flows
    const known = this.#names.lookup(flows.networkId(flow), flows.serverAddress(flow), flows.last(flow))
    return known === undefined ? undefined : this.#redaction.text(known)
  }
}
