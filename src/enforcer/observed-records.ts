import { toJsonText } from '../lib/json-text.ts'
import type { FlowView } from '../inspect/flow-view.ts'
import type { FlowRecord, PersonalDataRecord, Side } from '../model/records.ts'
import type { RecordText } from './worker-messages.ts'

/** Records of a flow as they go over the wire: the flow first, then what is new in it. */
export function* observedRecords(
  view: FlowView,
  workload: string,
  sideOf: (flow: FlowRecord) => Side,
): Generator<RecordText> {
  const flow = view.record()
  yield recordText(flow.id, { ...flow, workload, side: sideOf(flow) })
  for (const finding of view.news()) yield recordText(findingId(finding), { ...finding, workload })
}

/** A record as it goes over the wire. */
export function recordText(recordId: string, record: object): RecordText {
  return { recordId, text: toJsonText({ ...record, recordId }) }
}

function findingId({ flow, direction, identifier, field }: PersonalDataRecord): string {
  return `${flow} ${direction} ${identifier} ${field}`
}
