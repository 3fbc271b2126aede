import { limits } from './limits.ts'
import { StartVerdict } from './start-verdict.ts'

/** Longest beginning that a verdict needs: a method, a space and the target's first octet. */
const LONGEST = limits.methodBytes + 2

/** Verdict over the first bytes of what may be a message. */
export type Verdict = (bytes: Uint8Array, start: number, end: number) => StartVerdict

/** The first bytes of what may be a message, kept until it is known whether it is one. */
export class StartPrefix {
  readonly bytes = new Uint8Array(LONGEST)
  length = 0
  verdict: StartVerdict = StartVerdict.maybe

  clear(): void {
    this.length = 0
    this.verdict = StartVerdict.maybe
  }

  /** Takes bytes until the verdict is made; returns where it stopped. */
  read(bytes: Uint8Array, start: number, end: number, verdict: Verdict): number {
    let i = start
    while (i < end && this.verdict === StartVerdict.maybe && this.length < LONGEST) {
      this.bytes[this.length++] = bytes[i++]
      this.verdict = verdict(this.bytes, 0, this.length)
    }
    if (this.verdict === StartVerdict.maybe && this.length === LONGEST) this.verdict = StartVerdict.no
    return i
  }
}
