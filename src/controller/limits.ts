/** Every bound of the controller; what goes over one is counted and shown. */
export const controllerLimits = {
  /** Enforcers connected at once, and how long one may take to say `hello`. */
  connections: 256,
  /** Enforcers remembered, connected or not. */
  enforcers: 512,
  helloMs: 5_000,
  /** Of the authority that signs for nodes, and of what it signs: renewed once two thirds are over, and looked at so often. */
  nodeAuthorityMs: 20 * 365 * 24 * 60 * 60_000,
  nodeCertificateMs: 90 * 24 * 60 * 60_000,
  nodeCertificateLookMs: 60_000,
  /** Certificates begin so long before they are made, for clocks that are behind. */
  clockSkewMs: 60 * 60_000,
  /** Tokens that wait to be used, and for how long one that is over is known as such. */
  joinTokens: 1_000,
  joinTokenKeptMs: 24 * 60 * 60_000,
  /** A request to join. */
  joinBytes: 8 * 1024,
  /** How long a TLS handshake, and whoever is told that it is refused, may take; connections that are not let in yet. */
  nodeHandshakeMs: 5_000,
  refusalMs: 1_000,
  strangers: 64,
  /** Between two signs of life to a node, and after how long without one of it a connection is given up. */
  aliveMs: 10_000,
  silenceMs: 30_000,
  /** Of refusals of one kind one is told in this time. */
  refusalToldMs: 60_000,
  /** Answers waiting to be read by an enforcer before it is taken for stuck. */
  unreadAnswerBytes: 1024 * 1024,
  /** Longest id that is kept as it is; a longer one is replaced by its hash. */
  idLength: 200,
  workloadsPerEnforcer: 5_000,
  /** Stopped workloads remembered by name and address, for flows that end after them. */
  stoppedWorkloads: 1_000,
  /** Rows of the live summary, flows that are remembered for it, kinds of data in one row. */
  dataFlows: 2_000,
  flowsRemembered: 50_000,
  identifiersPerDataFlow: 64,
  /** Of one data flow: addresses and names of its server, versions of TLS, flows that carried personal data; the latest. */
  addressesPerDataFlow: 16,
  tlsVersionsPerDataFlow: 4,
  flowIdsPerDataFlow: 16,
  /** Sample hashes from which distinct values are estimated: exact up to here, then within about 13 %. */
  distinctSamples: 64,
  /** Places of a map that people can read, and data flows that a line of it names. */
  mapNodes: 150,
  dataFlowsOfEdge: 20,
  /** Pods of other nodes that an enforcer is told of when it connects. */
  peers: 20_000,
  /** Between two looks at which connections have settled, so that rules are learned from them. */
  learnEveryMs: 2_000,
  /** Stored flows, findings and workloads that a simulation reads, the newest. */
  simulatedFlows: 500_000,
  simulatedFindings: 500_000,
  simulatedWorkloads: 50_000,
  /** Stored attacks of which exceptions are suggested, the newest. */
  suggestedFromAttacks: 100_000,
  /** An address is that of a workload from so long before its start on: an engine says late that something runs. */
  addressSlackMs: 5_000,
  /** Learned groups of which it is known since when there are they. */
  knownGroups: 20_000,
  /** Between two times that it is kept how often what was learned was seen since. */
  learnedCountsMs: 30_000,
  /** Between two looks at which groups are due for their next mode. */
  promoteEveryMs: 60_000,
  /** Incidents that are shown as they come. */
  recentIncidents: 50,
  /** Events that a subscriber may be behind. */
  events: 8_192,
  eventBytes: 16 * 1024 * 1024,
  subscribers: 64,
  /** Between two rounds of retention, and between two steps of one. */
  retentionEveryMs: 60_000,
  retentionPauseMs: 20,
  /** At most one report in this time that the store is too small for its retention. */
  earlyPruneReportMs: 60 * 60_000,
  /** Records of a kind that the scope of a case is computed of. */
  scopeRecords: 200_000,
  /** Connections on which one suspicious credential was seen. */
  credentialFlows: 1_000,
  /**
   * How far a breach came: records that are read, ends and pairs of ends that are told of, workloads that are asked whether they could have been
   * reached, and versions of the policy that are asked.
   */
  reachRecords: 400_000,
  reachEnds: 300,
  reachEdges: 1_000,
  reachWorkloads: 2_000,
  casePolicies: 20,
  /** Recipients that the scope of a case names: those with most persons. Cases that are listed. */
  scopeRecipients: 200,
  casesListed: 1_000,
  /** Cases that a register names. */
  casesInRegister: 10_000,
  /** Pages of events, and events of one, in which the one is looked for that a case is opened from: the newest. */
  eventPages: 50,
  eventPage: 1_000,
  /** Texts that wait to be tried by the recognisers, or files to be masked, how long that may take, and after how long nobody's asking it ends. */
  trialsWaiting: 4,
  trialMs: 60_000,
  trialIdleMs: 60_000,
  /** Findings of a text that are told of. */
  trialFindings: 200,
  /** Records of a kind in the timeline of a case, and workloads of which they are. */
  timelineRecords: 100,
  timelineWorkloads: 20,
  /** Who looked at which case today, as far as it is remembered; entries of the audit log that are read to say who saw one. */
  caseLooksKnown: 10_000,
  caseAccessRead: 5_000,
  /** Entries of evidence about cases that are read at once, and how often, to find those of one. */
  caseEntriesRead: 500,
  caseEntryPages: 200,
  /** Transfers of personal data that are kept, and between two times that they are; accepted differences, and for how long at most. */
  transfers: 4_000,
  transfersMs: 60_000,
  acceptances: 10_000,
  acceptanceMs: 400 * 24 * 60 * 60_000,
  /** Records of a kind, and entries of a kind, that a report looks at: the newest. Entries of the audit log that are verified at once. */
  reportRecords: 20_000,
  reportEntries: 1_000,
  auditStep: 5_000,
  /** Between two looks at what of the objectives of frameworks is evidenced, and at whether it is time for one. */
  checkMs: 24 * 60 * 60_000,
  checkRoundMs: 5 * 60_000,
  /** How long an enforcer may take to end a program, or to say that a workload is cut off, before that counts as failed. */
  killMs: 5_000,
  quarantineMs: 5_000,
  /** What a response rule records of a workload. */
  responseCapture: { seconds: 60, fileBytes: 8 * 1024 * 1024, files: 4 },
  /** Entries about responses that are read for the list of them. */
  responseEntriesRead: 1_000,
  /** Between two looks at what of recorded packets is over. */
  captureRoundMs: 60_000,
  /** Between two looks at the clocks of cases; notices that are known to have been told: the newest. */
  caseWatchMs: 60_000,
  noticesKnown: 10_000,
  /** Between two entries of evidence about what is added up, and about data flows. */
  evidenceSumMs: 60_000,
  evidenceDataFlowsMs: 60 * 60_000,
  /** Different matters that are added up; what comes beyond is counted. */
  evidenceSums: 4_000,
  /** Of them in one entry of evidence. */
  evidencePerEntry: 100,
  /** Versions of the policy that go along with a bundle of evidence, the newest; and bytes of recorded packets. */
  bundlePolicies: 200,
  bundleCaptureBytes: 1024 * 1024 * 1024,
  /** Characters of a reason from the audit log in an entry of evidence. */
  evidenceReason: 500,
} as const
