/** What is known of a connection, as bits of `ConnectionTable.flags`. */
export const ConnectionFlag = {
  /** Its beginning was not seen. */
  midstream: 1,
  /** The workload in whose namespace it is seen is its client, its server. */
  localClient: 2,
  localServer: 4,
  /** Its application is known, or known to be none. */
  told: 8,
  /** Its server has answered its SYN: it is known where both streams begin. */
  answered: 4096,
  /** Both ends are of the workload. */
  loopback: 512,
  /** What a rule denies of it is cut. */
  strict: 1024,
  /** Its verdict cannot change any more. */
  settled: 2048,
  /** Attacks in it are cut, where what a rule denies is. */
  blocksAttacks: 8192,
  /** What some WAF sensors match in it is cut, where what a rule denies is. */
  deniesSensors: 65_536,
  /** Rules may speak of the host that its client asks for, and whether it asks for one is known. */
  mayHaveHost: 256,
  hostTold: 16,
  /** It waited for its application. */
  waited: 32,
  /** Its client was answered that its request is refused: for an attack, for personal data. */
  refusedAttack: 16_384,
  refusedPersonalData: 32_768,
  /** It was told of once that it is not allowed. */
  reported: 64,
  /** Its beginning was not seen here, and whoever may have watched it has yet to say what it speaks. */
  awaitsKnown: 128,
  /** It was released once, and is decided about again by what was noted of it then. */
  recalled: 131_072,
} as const

/** `ConnectionTable.verdict` where the policy has to be asked. */
export const NOT_ASKED = -1

/** What the policy says of each flow, in columns beside those of the flow table. */
export class ConnectionTable {
  flags = new Int32Array(0)
  /** Numbers of the peers. */
  from = new Int32Array(0)
  to = new Int32Array(0)
  /** `Verdict` of the policy, or `NOT_ASKED`. */
  verdict = new Int32Array(0)
  /** The policy's state that this is by. */
  epoch = new Int32Array(0)
  /** Categories that were reported. */
  categories = new Int32Array(0)
  /** Of those that were released: what is to be known of them when they are asked about again (`noteOf`). */
  note = new Int32Array(0)
  /** Answers to what was sent after it was cut: how many, and the time of the last. */
  resets = new Int32Array(0)
  resetAt = new Float64Array(0)

  begin(flow: number, flags: number): void {
    if (flow >= this.flags.length) this.#grow(flow + 1)
    this.flags[flow] = flags
    this.verdict[flow] = NOT_ASKED
    this.epoch[flow] = -1
    this.categories[flow] = 0
    this.note[flow] = 0
    this.resets[flow] = 0
    this.resetAt[flow] = 0
  }

  has(flow: number, flag: number): boolean {
    return (this.flags[flow] & flag) !== 0
  }

  set(flow: number, flag: number): void {
    this.flags[flow] |= flag
  }

  setTo(flow: number, flag: number, value: boolean): void {
    this.flags[flow] = value ? this.flags[flow] | flag : this.flags[flow] & ~flag
  }

  /** What is to come of it decides, and may be cut: nothing may pass by which its receiver reads what was not inspected. */
  isGuarded(flow: number): boolean {
    const { strict, settled, blocksAttacks, deniesSensors } = ConnectionFlag
    const flags = this.flags[flow]
    if ((flags & strict) === 0) return false
    return (flags & settled) === 0 || (flags & (blocksAttacks | deniesSensors)) !== 0
  }

  #grow(least: number): void {
    const size = Math.max(1024, least, this.flags.length * 2)
    this.flags = grown(this.flags, size)
    this.from = grown(this.from, size)
    this.to = grown(this.to, size)
    this.verdict = grown(this.verdict, size)
    this.epoch = grown(this.epoch, size)
    this.categories = grown(this.categories, size)
    this.note = grown(this.note, size)
    this.resets = grown(this.resets, size)
    const resetAt = new Float64Array(size)
    resetAt.set(this.resetAt)
    this.resetAt = resetAt
  }
}

function grown(column: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size)
  larger.set(column)
  return larger
}
