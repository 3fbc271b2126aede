/** One value of a collection; the name is empty of what is no collection. */
export interface NamedValue {
  readonly name: string
  readonly value: string
}
