/** What the subcommands of `pavise sensors` share. */
export interface SensorsFlags {
  /** Where `pavise up` keeps its data. */
  stateDir: string
  sensors?: string[]
  json: boolean
}
