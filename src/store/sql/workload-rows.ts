import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { WorkloadUpdate } from '../store.ts'
import type { Database, SqlValue } from './database.ts'
import { column, milliseconds } from './values.ts'

/** Writes states of workloads, within a transaction of the caller's. */
export async function saveWorkloadRows(database: Database, update: WorkloadUpdate): Promise<void> {
  const running = update.complete ? await runningIds(database, update.enforcer) : new Set<string>()
  for (const state of update.states) {
    running.delete(rowId(update.enforcer, state))
    await saveRow(database, update.enforcer, state)
  }
  for (const id of running) {
    await database.execute('UPDATE workloads SET stopped_ms = ? WHERE id = ?', [update.at, id])
  }
}

/** The state that a row stands for; a stop that only a complete listing told is in its column, not in its record. */
export function workloadState(record: string, stoppedMs: SqlValue): WorkloadState {
  const state = JSON.parse(record) as WorkloadState
  if (typeof stoppedMs === 'number') state.stoppedAt ??= new Date(stoppedMs).toISOString()
  return state
}

function rowId(enforcer: string, state: WorkloadState): string {
  return column(`${enforcer}/${state.workload.id}`)
}

async function runningIds(database: Database, enforcer: string): Promise<Set<string>> {
  const rows = await database.query('SELECT id FROM workloads WHERE enforcer = ? AND stopped_ms IS NULL', [
    column(enforcer),
  ])
  return new Set(rows.map((row) => row.id as string))
}

async function saveRow(database: Database, enforcer: string, state: WorkloadState): Promise<void> {
  await database.execute(
    `INSERT INTO workloads (id, enforcer, started_ms, stopped_ms, coverage, record, workload, namespace)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET started_ms = excluded.started_ms, stopped_ms = excluded.stopped_ms,
       coverage = excluded.coverage, record = excluded.record, workload = excluded.workload,
       namespace = excluded.namespace`,
    [
      rowId(enforcer, state),
      column(enforcer),
      milliseconds(state.workload.startedAt),
      state.stoppedAt === undefined ? null : milliseconds(state.stoppedAt),
      state.coverage,
      JSON.stringify(state),
      column(state.workload.id),
      column(state.workload.namespace),
    ],
  )
}
