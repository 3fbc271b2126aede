/** Bounds of what an engine may answer and of how often it is asked. */
export const engineLimits = {
  /** A list of containers: Docker writes about 1.5 KB for each. */
  listBytes: 64 * 1024 * 1024,
  /** All that is known of one container; labels and mounts have no bound of their own in Docker. */
  inspectBytes: 4 * 1024 * 1024,
  /** Any other answer. */
  answerBytes: 1024 * 1024,
  /** One event, with the labels of its container. */
  eventBytes: 4 * 1024 * 1024,
  /** Workloads of one engine; Kubernetes stops at 110 pods a node, large nodes at a few thousand containers. */
  containers: 16_384,
  /** Requests under way at once, the stream of events not counted. */
  requests: 8,
  /** Until the whole answer is there. Docker holds a container's lock while it starts or stops. */
  requestMs: 10_000,
  /** Looks at a container that is said to run without its process being there, and the wait between them. */
  deadLooks: 3,
  deadLookMs: 20,
  /** Events have told of all that changed; a listing this often finds what an engine dropped (Docker drops events that are not read within 100 ms). */
  relistMs: 30_000,
  /** Events since this long before the listing are asked for: they may be told twice, but none falls between. */
  overlapMs: 1000,
  /** Wait before the engine is tried again: doubled each time. */
  firstRetryMs: 100,
  lastRetryMs: 1000,
  /** The same when another engine serves the socket. */
  foreignRetryMs: 60_000,
  /** Characters of an engine's error that are passed on. */
  detailCharacters: 200,
} as const

/** Bounds of looking for sockets. */
export const socketLimits = {
  /** Folders are watched; this is for those that did not exist. */
  lookAgainMs: 5000,
  /** Engines watched at once: one for each user of rootless containers. */
  sockets: 64,
} as const

/** Podman's own service, where it is ours. */
export const podmanServiceLimits = {
  /**
   * The service ends by itself this long after its last client: with us, even when we are killed. The stream of events
   * keeps it.
   */
  idleSeconds: 15,
  /** Until its socket is there. */
  startMs: 10_000,
  /** Until it has ended after it was asked to. */
  stopMs: 3000,
  /** Pods whose names are kept. */
  podNames: 4096,
  /** Of what it writes to standard error, the last is kept for the detail of a failure. */
  errorCharacters: 1000,
} as const

/** Bounds of network namespaces without an engine. */
export const namespaceLimits = {
  /** Names in the folder. */
  names: 16_384,
  /** Namespaces held only by processes. */
  processNamespaces: 4096,
  /** Between two looks at all processes. */
  scanMs: 2000,
  /** Processes looked at before others get a turn. */
  processesAtOnce: 128,
  /** The file of a name is there before its namespace is mounted over it: how long the mount is waited for, and how often. */
  mountWaitMs: 1000,
  mountPollMs: 5,
  /** An engine makes a namespace before it says that the container runs: how long it has to claim it. */
  claimMs: 3000,
} as const
