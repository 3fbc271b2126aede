import { fieldName } from '../../content/field-name.ts'
import { isAsciiLetter, isDigit } from '../../lib/ascii.ts'
import { latin1 } from '../../lib/bytes.ts'
import { RequestScore } from '../../attacks/request-score.ts'
import type { Strictness } from '../../attacks/attack.ts'
import type { BodyCollector } from './body-collector.ts'
import { limits } from './limits.ts'

/** A request under way. Reused. */
export class RequestState {
  readonly score: RequestScore
  method = ''
  body: BodyCollector | undefined
  readonly #path = new Uint8Array(limits.pathBytes)
  #pathLength = 0

  constructor(strictness: Strictness) {
    this.score = new RequestScore(strictness)
  }

  begin(): void {
    this.score.clear()
    this.method = ''
    this.body?.drop()
    this.body = undefined
    this.#pathLength = 0
  }

  keepPath(bytes: Uint8Array, start: number, end: number): void {
    this.#pathLength = Math.min(end - start, limits.pathBytes)
    this.#path.set(bytes.subarray(start, start + this.#pathLength))
  }

  /** With what is a value in it left out. */
  path(): string {
    return latin1(this.#path, 0, this.#pathLength)
      .split('/')
      .map((segment) => (isPlain(segment) ? fieldName(segment) : '*'))
      .join('/')
  }
}

/** Letters, digits, `-`, `_` and dots: what paths of applications are made of. */
function isPlain(segment: string): boolean {
  for (let i = 0; i < segment.length; i++) {
    const code = segment.charCodeAt(i)
    if (!isAsciiLetter(code) && !isDigit(code) && !'-_.'.includes(segment[i])) return false
  }
  return true
}
