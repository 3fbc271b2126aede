import { limits } from './limits.ts'

/** What connections have in common that say the same, by field; one more method is added to those that are there. */
export interface TraitValues {
  /** Major × 10 + minor; 0 before it is known. */
  version: number
  host: string | undefined
  userAgent: string | undefined
  server: string | undefined
  methods: string
  /** Status of the first response. */
  firstStatus: number
}

/** How many there are from which others can be reached, in this thread. */
let known = 0

/**
 * What a connection says of itself, shared by all that say the same in the same order, of which there are few: an open connection then
 * holds a reference where it would hold seven values. Immutable. Beyond `limits.sharedTraits` they are made anew each time, so that
 * what traffic makes up is not kept.
 */
export class ConnectionTraits {
  version = 0
  host: string | undefined
  userAgent: string | undefined
  server: string | undefined
  methods: readonly string[] = []
  firstStatus = 0
  /** What these become, by field and value. */
  #next: Map<keyof TraitValues, Map<unknown, ConnectionTraits>> | undefined

  with<Field extends keyof TraitValues>(field: Field, value: TraitValues[Field]): ConnectionTraits {
    const made = this.#next?.get(field)?.get(value)
    if (made !== undefined) return made
    const next = this.#changed(field, value)
    if (known < limits.sharedTraits) this.#keep(field, value, next)
    return next
  }

  #changed<Field extends keyof TraitValues>(field: Field, value: TraitValues[Field]): ConnectionTraits {
    const changed = field === 'methods' ? [...this.methods, value] : value
    return Object.assign(new ConnectionTraits(), this, { [field]: changed })
  }

  #keep(field: keyof TraitValues, value: unknown, next: ConnectionTraits): void {
    known++
    this.#next ??= new Map()
    const ofField = this.#next.get(field)
    if (ofField === undefined) this.#next.set(field, new Map([[value, next]]))
    else ofField.set(value, next)
  }
}

export const NO_TRAITS = new ConnectionTraits()
