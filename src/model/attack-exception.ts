/** What is an attack elsewhere and is none here: somebody answers for it, until a day. */
export interface AttackException {
  name: string
  /** Ids of rules; `sql.*` is all that begin so, `*` any. */
  rules: readonly string[]
  /** Where in a request: as records say it (`query`, `body`, …). Absent: anywhere. */
  place?: string
  /** Path as it is sent, without the query; `*` stands for anything. Absent: any. */
  path?: string
  /** Name of the parameter, header or field, whatever its case. Absent: any. */
  parameter?: string
  /** Groups, of one of which either end has to be a member. Absent: anybody's. */
  groups?: readonly string[]
  owner: string
  /** Its last day, `2027-03-31`; it ends with that day in UTC. */
  until: string
  reason?: string
}
