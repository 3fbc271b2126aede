import { limits } from './limits.ts'

/**
 * Why a file was not, or not wholly, inspected. `too-large`: only its beginning was; `encrypted`: what is encrypted was not;
 * `damaged`: only what was readable; `limit`: it holds more than is read of one file.
 */
export type FileProblem = 'too-large' | 'encrypted' | 'damaged' | 'limit'

/** What one file may still cost, whatever is nested in it. */
export class Budget {
  readonly problems = new Set<FileProblem>()
  #decoded: number = limits.decodedBytes
  #text: number = limits.textBytes
  #steps: number = limits.steps
  #members: number = limits.members

  /** Bytes that a compressed part may become. */
  get decodedBytes(): number {
    return this.#decoded
  }

  /** Each part costs something, however little it becomes. */
  decoded(bytes: number): void {
    this.#decoded = Math.max(0, this.#decoded - Math.max(bytes, limits.leastDecodedBytes))
  }

  /** False where there is no more work to be done on this file. */
  step(steps = 1): boolean {
    this.#steps -= steps
    if (this.#steps >= 0) return true
    this.problems.add('limit')
    return false
  }

  /** False where no more members are read. */
  member(): boolean {
    if (--this.#members >= 0) return true
    this.problems.add('limit')
    return false
  }

  /** False where so much text is not handed on any more. */
  text(bytes: number): boolean {
    this.#text -= bytes
    if (this.#text >= 0) return true
    this.problems.add('limit')
    return false
  }
}
