/** Bounds of what users bring as YAML. Those of NeuVector's kinds are NeuVector's. */
export const sensorLimits = {
  /** Of one file. */
  fileBytes: 4 * 1024 * 1024,
  /** Files of one folder. */
  files: 1000,
  /** Of aliases of YAML in a document, and of levels of what it holds. */
  aliases: 100,
  levels: 100,
  /** Recognisers and rules of all files. */
  sensors: 500,
  nameLength: 256,
  patternsPerRule: 16,
  patternLength: 512,
  ruleLength: 1024,
  /** Of an identifier in a record; a longer one is cut, with a hash of the whole at its end. */
  identifierLength: 100,
} as const

/** Bounds of what is told of a change. */
export const objectLimits = {
  /** Of one object: what comes then is counted. */
  detailsPerChange: 100,
} as const
