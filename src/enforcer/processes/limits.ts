/** Bounds of watching processes and files. */
export const processLimits = {
  /** Of a program's file, enough for its program headers and the name of its interpreter. */
  headerBytes: 4096,
  /** Programs of one container whose facts are kept; then they are found anew. */
  programs: 4096,
  /** Layers of an image that are looked through. */
  layers: 256,
  /** Of a container's mounts, those that are watched. */
  mounts: 256,
  /** Processes that are between two files of one start. */
  startsUnderway: 1024,
  /** Starts of one program in a second that are held and looked at whole; further ones are let through and counted. */
  heldPerSecond: 20,
  hotWindowMs: 1_000,
  /** Of further starts, so many are told of together. */
  untold: 50,
  /** What is observed waits this long for more of it. */
  observeMs: 50,
  observationsPerMessage: 64,
  /** Of a container's list of users. */
  passwdBytes: 256 * 1024,
  users: 4096,
  /** Nice value of the gate's thread. */
  gatePriority: -20,
  /** The part of the gate's heap in which objects begin, in MiB. */
  youngGenerationMiB: 4,
  /** How long the gate sleeps at most while nothing happens. */
  sleepMs: 1_000,
  /** How long the gate may take to answer before it is opened for good and the enforcer begun anew. */
  stuckMs: 2_000,
  watchdogMs: 500,
  /** How long the threads may take to end. */
  stopMs: 400,
  /** Kinds of process and file records that are counted together. */
  aggregates: 20_000,
  /** A record that grew is told again after this long at the soonest. */
  retellMs: 1_000,
  /** Numbers of the last processes of a kind that its record tells. */
  pidsPerRecord: 16,
} as const
