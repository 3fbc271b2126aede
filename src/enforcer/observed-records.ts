import { toJsonText } from '../lib/json-text.ts'
import type { FlowView } from '../inspect/flow-view.ts'
import type { FlowRecord, PersonalDataRecord } from '../model/records.ts'
import type { RecordText, Subject } from './worker-messages.ts'

/** Records of a flow as they go over the wire: the flow first, then what is new in it. */
export function* observedRecords(view: FlowView, subject: Subject): Generator<RecordText> {
  const flow = view.record()
  const side = sideOf(flow, subject.addresses)
  yield text(flow.id, { ...flow, workload: subject.workload, ...(side && { side }) })
  for (const finding of view.news())
    yield text(findingId(finding), { ...finding, workload: subject.workload })
}

function text(recordId: string, record: object): RecordText {
  return { recordId, text: toJsonText({ ...record, recordId }) }
}

/** Where both ends are its own, over the loopback, it stands on the client's side. */
function sideOf({ client, server }: FlowRecord, addresses: readonly string[]): FlowRecord['side'] {
  if (addresses.includes(client.address) || isLoopback(client.address)) return 'client'
  return addresses.includes(server.address) ? 'server' : undefined
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

function findingId({ flow, direction, identifier, field }: PersonalDataRecord): string {
  return `${flow} ${direction} ${identifier} ${field}`
}
