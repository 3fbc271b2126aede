/** Bounds of reading a country database. */
export const countryLimits = {
  /** A larger file is not loaded: a country database has up to 20 MB. */
  fileBytes: 128 * 1024 * 1024,
  /** Maps in maps, and pointers to pointers. */
  depth: 8,
  /** Entries of a map, items of an array. */
  entries: 256,
  /** A prefix of at most so many bits is of one country as a whole; within longer ones it is known less surely. */
  surePrefix: { ipv4: 20, ipv6: 32 },
  /** After so long a database has fallen behind: networks change hands. */
  staleMs: 365 * 24 * 3_600_000,
} as const
