const minute = 60 * 1000
const hour = 60 * minute
const day = 24 * hour

/** Every bound of accounts. Times in milliseconds. */
export const accountLimits = {
  accounts: 1_000,
  /** NIST SP 800-63B-4 section 3.1.1.2: 15 characters where a password is all that is asked, at least 64 to be taken. */
  passwordLength: { least: 15, most: 256 },
  /** A session ends when nothing is asked for so long, and whatever is asked after so long. */
  sessionIdleMs: hour,
  sessionMs: 12 * hour,
  /** Of one account at a time; the oldest ends. */
  sessions: 20,
  linkMs: hour,
  tokens: 50,
  tokenMs: { usual: 90 * day, most: 366 * day },
  /** How often the last use of a secret is written down. */
  touchMs: minute,
  /**
   * Failed log-ins in a row before an account is locked, and for how long; each further one doubles that. Against an
   * attacker who wants to lock others out there is a link, which `pavise accounts link` gives at any time.
   */
  failures: 5,
  lockMs: minute,
  lockMostMs: hour,
  passkeys: 20,
  /** What is to be signed by a passkey: how many are given out at a time, and for how long each is good. */
  challenges: 1_000,
  challengeMs: 5 * minute,
  /** Log-ins with a provider that are begun at a time, how long one may take, and one answer of the provider. */
  providerLogIns: 1_000,
  providerLogInMs: 10 * minute,
  providerMs: 10_000,
  /** Of an account that a provider names. */
  nameLength: 64,
  /** Passwords hashed at once, each in 64 MiB, and how many more may wait. */
  hashing: 2,
  hashingWaits: 16,
} as const
