import type { ObjectiveId } from '../assessment/objectives.ts'

/** One demand of a framework: its number, what it asks in our own words, and the objectives that it comes to, the main one first. */
export interface Control {
  id: string
  title: string
  objectives: readonly ObjectiveId[]
}

export interface Framework {
  id: string
  title: string
  /** Of the text whose numbers these are. */
  version: string
  controls: readonly Control[]
}

export type ControlRow = readonly [id: string, title: string, ...objectives: ObjectiveId[]]

export function controlsOf(rows: readonly ControlRow[]): Control[] {
  return rows.map(([id, title, ...objectives]) => ({ id, title, objectives }))
}
