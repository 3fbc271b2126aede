import type { DetectorContext } from '../detector-context.ts'
import { isPublicAddress } from '../address-kinds.ts'
import { limits } from '../limits.ts'
import { SlotTable } from '../meters/slot-table.ts'

const OUTSIDE = 1
const INSIDE = 2

/** Names that have an address outside first and one inside soon after. One that is always inside is a name of the house. */
export class Rebinding {
  readonly #context: DetectorContext
  readonly #table: SlotTable

  constructor(context: DetectorContext) {
    this.#context = context
    this.#table = new SlotTable(limits.domainSlots, context.threats.dnsRebinding.measure)
  }

  /** An answer gave a name an address of 4 or 16 bytes. */
  resolved(flow: number, origin: number, name: string, address: Uint8Array): void {
    const { flows, seen, threats } = this.#context
    if (!threats.dnsRebinding.on) return
    seen.ofFlow(flows, flow, origin)
    seen.subjectHash = textHash(name)
    seen.key(threats.dnsRebinding.id, threats.dnsRebinding.by)
    let slot = this.#table.find(seen.hash, seen.check)
    if (slot < 0 || this.#table.isOver(slot, seen.time)) {
      if (slot < 0) slot = this.#table.take(seen.hash, seen.check, seen.time)
      this.#table.since[slot] = seen.time
      this.#table.weight[slot] = 0
    }
    const before = this.#table.weight[slot]
    const now = isPublicAddress(address, 0, address.length) ? OUTSIDE : INSIDE
    this.#table.weight[slot] |= now
    if (before !== OUTSIDE || now !== INSIDE) return
    seen.subject = name
    this.#context.tell(threats.dnsRebinding)
  }
}

/** FNV-1a of a text's characters; 0 stands for no text. */
function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 1
}
