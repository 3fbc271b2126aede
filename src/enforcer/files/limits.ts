/** Bounds of watching files. */
export const fileLimits = {
  /** Folders of one container, and how deep below that of a rule. */
  folders: 4096,
  depth: 16,
  /** Names in one folder that are looked at. */
  namesPerFolder: 65_536,
  /** After a folder has come to be, until what is watched is planned anew: more of them come together. */
  replanMs: 50,
  /** Between two plans of one container. */
  replanPauseMs: 1_000,
  /** Changes that wait to be told, for how long and how often: who made them may be told of a little later. */
  waitingChanges: 10_000,
  actorWaitMs: 120,
  actorWaits: 8,
  /** Processes whose start is remembered for changes that they made before they ended. */
  recentProcesses: 8_192,
  /** Opens of one file by one program in a second that are told one by one. */
  toldPerSecond: 20,
  /** Files of which that is counted. */
  countedOpens: 4_096,
} as const
