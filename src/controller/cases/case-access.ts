import type { AuditEntry, AuditEvent, AuditStore } from '../../store/audit-store.ts'
import { controllerLimits } from '../limits.ts'
import { readAll } from '../read-all.ts'

/** What the audit log says where somebody looked at a case. */
const looked = 'lookAtCase'

/** Who saw what of cases: that somebody looked is in the audit log once a day, what was changed or handed out each time. */
export class CaseAccess {
  readonly #audit: AuditStore
  readonly #now: () => number
  /** Who looked at which case on which day. */
  readonly #known = new Set<string>()

  constructor(audit: AuditStore, now: () => number) {
    this.#audit = audit
    this.#now = now
  }

  /** Somebody looks at a case. Resolves once that is on record. */
  async looks(id: string, actor: AuditEvent['actor']): Promise<void> {
    const at = this.#now()
    const key = JSON.stringify([
      new Date(at).toISOString().slice(0, 10),
      actor.kind,
      actor.id,
      actor.name,
      id,
    ])
    if (this.#known.has(key)) return
    if (this.#known.size >= controllerLimits.caseLooksKnown) this.#known.clear()
    this.#known.add(key)
    const event = {
      at,
      actor,
      action: looked,
      target: id,
      outcome: 'done',
      reason: null,
      detail: null,
    } as const
    await this.#audit.append(event)
  }

  /** All that is on record of who looked at a case, changed it, or was given something of it; newest first, up to a bound. */
  async of(id: string): Promise<AuditEntry[]> {
    const found: AuditEntry[] = []
    await readAll(
      (query) => this.#audit.list({ ...query, search: id }),
      controllerLimits.caseAccessRead,
      (entry) => {
        if (entry.target === id || entry.target.startsWith(`${id}/`)) found.push(entry)
      },
    )
    return found
  }
}
