/** A workload whose packets wait for a decision. */
export interface WatchedWorkload {
  /** Its id, under which the policy knows it. */
  subject: string
  /** Its content is to be inspected whatever the rules say: personal-data monitoring is asked for. */
  inspectsContent: boolean
  /** Its connections are to be told of with their application: none is released before that is known. */
  tellsApplications: boolean
  /** What is done with connections that cannot be inspected any further: `open` lets them pass, `closed` cuts them. */
  onFailure: 'open' | 'closed'
  /**
   * Addresses of the resolvers whose answers give addresses names, in the form of `formatAddress`. Absent: any, so that a workload that
   * asks a resolver of its own choice may call any address by a partner's name.
   */
  resolvers?: ReadonlySet<string>
}
