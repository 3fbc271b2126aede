import { wireLimits } from '../model/enforcer-messages.ts'

const KiB = 1024
const MiB = 1024 * KiB

/** Bounds of the agent. Whatever goes past one is counted and reported as a coverage record. */
export const enforcerLimits = {
  /** One block of a ring: a packet of 64 KiB, as segmentation offload makes them, fits with its headers. */
  blockBytes: 128 * KiB,
  /** Blocks of one ring, by what is left of `ringBytes`. */
  blocks: { least: 4, most: 128 },
  /** Kernel memory for all rings together. A new one gets a share of what is left, and `blocks.least` when nothing is. */
  ringBytes: 128 * MiB,
  ringShare: 1 / 8,
  /** Blocks that are read of one ring before the next ring has its turn. */
  blocksPerTurn: 4,
  /** Batches of packets that one verdict queue has judged before the next has its turn. */
  batchesPerTurn: 8,
  /** Time between two looks at what is due (reports, time-outs), with traffic and without. */
  tickMs: { busy: 100, idle: 1_000 },
  /** Flow indexes that one tick looks at for news. */
  reportedPerTick: 65_536,
  statusMs: 1_000,
  /** Between two looks at which addresses a namespace has. */
  addressLookMs: 1_000,
  /** The part of a worker's heap in which objects begin, in MiB. */
  youngGenerationMiB: 4,
  /** Records that a worker collects before it hands them on, without waiting for its tick. */
  recordsPerMessage: 256,
  /** Messages of a worker that the main thread has not yet taken; then the worker holds its records back. */
  messagesInFlight: 16,
  /** Records that a worker holds back; what comes then is lost, and counted. */
  heldRecords: 20_000,
  /** Records that wait for the controller, all workers together. */
  waitingRecords: 100_000,
  /** Text of one batch; its envelope comes on top. */
  batchBytes: wireLimits.lineBytes - 64 * KiB,
  /** Time in which records are collected into a batch. */
  batchMs: 100,
  /** Between a change of the pods of other nodes and when they are kept. */
  peersSavedMs: 5_000,
  /** How long a policy that was kept waits for the controller before it is enforced without it. */
  welcomeMs: 2_000,
  /** How long a container's start may wait for its rules, where its engine's runtime asks for them. */
  startHoldMs: 2_000,
  /** Pauses before connecting to the controller again: each twice the one before. */
  reconnectMs: { first: 100, most: 5_000 },
  /** How long a TLS handshake with the controller may take, and its answer to a request to join. */
  handshakeMs: 10_000,
  joinMs: 10_000,
  /** Before each further attempt to join a controller that does not answer. */
  joinPausesMs: [200, 500, 1_000, 2_000],
  /** After how long without a sign of life a connection over the network is given up; the controller gives one every 10 s. */
  silenceMs: 30_000,
  /** Between two looks at whether the certificate is to be renewed, and before it is asked for again. */
  renewalLookMs: { least: 500, most: 60_000 },
  /** A line of the controller: the longest is a part of a policy, of which JSON may make six times as many bytes. */
  answerBytes: MiB,
  /** How long the last records may take to be acknowledged when it ends; `pavise up` waits a little longer. */
  flushMs: 700,
  /** How long a worker may take to mask texts; when it starts it takes seconds before it looks. */
  redactMs: 15_000,
  /** How long workers may take to end their flows. */
  workerStopMs: 400,
  /** Coverage of drops is one record for each workload and this time. */
  dropWindowMs: 10_000,
} as const
