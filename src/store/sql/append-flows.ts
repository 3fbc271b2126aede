import { flowFacet } from '../search/facet.ts'
import type { FacetCounts } from '../search/facet-rows.ts'
import type { ArrivalOf } from './arrival.ts'
import type { Database, SqlValue } from './database.ts'
import { executeRows, queryMany } from './many-rows.ts'
import { column, milliseconds } from './values.ts'

/** What is stored of a flow, or is about to be. */
interface FlowState {
  packets: number
  end: number
  /** Whether it carried personal data, so that its facet is for `relateFlows` to give. */
  carries: boolean
  facet: string | null
  /** What is to be written; undefined where nothing is. */
  row?: SqlValue[]
}

/** Gives the ids of flows that changed and carried personal data. */
export async function appendFlows(
  database: Database,
  counts: FacetCounts,
  arrivals: readonly ArrivalOf<'flow'>[],
): Promise<Set<string>> {
  const states = await storedFlows(database, arrivals)
  const found = await flowsFoundIn(database, arrivals, states)
  const carrying = new Set<string>()
  for (const arrival of arrivals) {
    const id = column(arrival.record.id)
    const known = states.get(id)
    const state = next(arrival, known, { counts, carries: known?.carries ?? found.has(id) })
    if (state === null) continue
    states.set(id, state)
    if (state.carries) carrying.add(id)
  }
  const rows = [...states.values()].flatMap(({ row }) => (row === undefined ? [] : [row]))
  await executeRows(database, upsert, rows)
  return carrying
}

const upsert = (rows: string) =>
  `INSERT INTO flows (id, end_ms, workload, side, application, encrypted, packets, carries, facet, record)
   VALUES ${rows}
   ON CONFLICT (id) DO UPDATE SET end_ms = excluded.end_ms, workload = excluded.workload, side = excluded.side,
     application = excluded.application, encrypted = excluded.encrypted, packets = excluded.packets,
     facet = excluded.facet, record = excluded.record`

/** Null where it is no further than what is known. */
function next(
  arrival: ArrivalOf<'flow'>,
  known: FlowState | undefined,
  { counts, carries }: { counts: FacetCounts; carries: boolean },
): FlowState | null {
  const flow = arrival.record
  const end = milliseconds(flow.end)
  const packets = flow.packetsToServer + flow.packetsToClient
  // Of a number that is none it is for the database to say so.
  if (known !== undefined && (packets < known.packets || end < known.end)) return null
  if (known === undefined) arrival.growth = 1
  if (!carries) counts.remove('flow', known?.facet ?? null)
  const facet = carries ? (known?.facet ?? null) : counts.add(flowFacet(flow, []))
  const row = [
    ...[column(flow.id), end, flow.workload === undefined ? null : column(flow.workload), flow.side ?? null],
    ...[column(flow.application), flow.encrypted ? 1 : 0, packets, carries ? 1 : 0],
    ...[facet, JSON.stringify(flow)],
  ]
  return { packets, end, carries, facet, row }
}

async function storedFlows(
  database: Database,
  arrivals: readonly ArrivalOf<'flow'>[],
): Promise<Map<string, FlowState>> {
  const rows = await queryMany(
    database,
    (marks) => `SELECT id, packets, end_ms, carries, facet FROM flows WHERE id IN (${marks})`,
    [...new Set(arrivals.map(({ record }) => column(record.id)))],
  )
  return new Map(
    rows.map((row) => [
      row.id as string,
      {
        packets: row.packets as number,
        end: row.end_ms as number,
        carries: row.carries === 1,
        facet: row.facet as string | null,
      },
    ]),
  )
}

/** Of those that are new: whose findings were here before them. */
async function flowsFoundIn(
  database: Database,
  arrivals: readonly ArrivalOf<'flow'>[],
  known: ReadonlyMap<string, FlowState>,
): Promise<Set<string>> {
  const ids = new Set(arrivals.map(({ record }) => column(record.id)).filter((id) => !known.has(id)))
  const rows = await queryMany(
    database,
    (marks) => `SELECT DISTINCT flow FROM findings WHERE flow IN (${marks})`,
    [...ids],
  )
  return new Set(rows.map((row) => row.flow as string))
}
