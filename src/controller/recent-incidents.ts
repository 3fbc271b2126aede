import type { Incident } from '../model/enforcer-messages.ts'
import { controllerLimits } from './limits.ts'

/** Something that somebody should look at, and whose it is. */
export interface RecentIncident {
  incident: Incident
  /** Name of the workload; its id where it is not known. */
  workload: string
}

/** The last incidents that are more than what is usual, each as it is now; latest last. */
export class RecentIncidents {
  readonly #incidents = new Map<string, RecentIncident>()
  readonly #limit: number

  constructor(limit: number = controllerLimits.recentIncidents) {
    this.#limit = limit
  }

  add(incident: Incident, workload: string | undefined): void {
    if (!isTelling(incident)) return
    this.#incidents.delete(incident.recordId)
    this.#incidents.set(incident.recordId, { incident, workload: workload ?? incident.workload ?? 'unknown' })
    if (this.#incidents.size <= this.#limit) return
    for (const oldest of this.#incidents.keys()) {
      this.#incidents.delete(oldest)
      return
    }
  }

  list(): RecentIncident[] {
    return [...this.#incidents.values()]
  }
}

/** A program that may run is no news, unless it is suspicious whatever rules say; nor is what is only worth knowing. */
function isTelling(incident: Incident): boolean {
  if (incident.type === 'threat') return incident.severity !== 'info'
  if (incident.type !== 'process') return true
  return (incident.action !== 'allowed' && incident.action !== 'learned') || incident.suspicion !== undefined
}
