import { fieldName } from '../../content/field-name.ts'
import { isAsciiLetter, isDigit } from '../../lib/ascii.ts'
import { latin1 } from '../../lib/bytes.ts'
import { limits as secLangLimits } from '../../attacks/seclang/limits.ts'
import type { RequestJudge } from '../../attacks/request/request-judge.ts'
import { RequestScore } from '../../attacks/request-score.ts'
import type { AttackRule, Strictness } from '../../attacks/attack.ts'
import type { FoundRule } from '../../attacks/exceptions.ts'
import type { BodyCollector } from './body-collector.ts'
import { limits } from './limits.ts'

const QUESTION_MARK = 0x3f

/** What somebody chose not to be told of. */
export interface AttackChoice {
  /** Classes of attacks that do not count; they may change meanwhile. */
  off: ReadonlySet<string>
  /** Whether somebody made an exception of it. */
  isExcepted: (
    rule: AttackRule,
    at: Pick<FoundRule, 'context' | 'field' | 'path'> & { flow: number },
  ) => boolean
}

/** A request under way. Reused. */
export class RequestState {
  readonly score: RequestScore
  method = ''
  body: BodyCollector | undefined
  /** For rules in SecLang, where there are any; names in lower case. */
  headers: readonly (readonly [name: string, value: string])[] = []
  /** The same: path and query whole, and the body's first bytes, as characters. */
  wholeTarget = ''
  bodyText = ''
  readonly #target = new Uint8Array(limits.targetBytes)
  #flow = -1
  #pathLength = 0
  #targetLength = 0

  constructor({ off, isExcepted }: AttackChoice) {
    this.score = new RequestScore(1, {
      off,
      isExcepted: (rule, context, field) =>
        isExcepted(rule, {
          ...{ context, field, flow: this.#flow },
          path: latin1(this.#target, 0, this.#pathLength),
        }),
    })
  }

  begin(flow: number, strictness: Strictness): void {
    this.score.clear()
    this.score.strictness = strictness
    this.#flow = flow
    this.method = ''
    this.body?.drop()
    this.body = undefined
    this.headers = []
    this.bodyText = ''
    this.wholeTarget = ''
    this.#pathLength = this.#targetLength = 0
  }

  keepPath(bytes: Uint8Array, start: number, end: number): void {
    this.#keep(bytes, start, end)
    this.#pathLength = this.#targetLength
  }

  /** Behind the path, which has come. */
  keepQuery(bytes: Uint8Array, start: number, end: number): void {
    if (this.#targetLength === limits.targetBytes) return
    this.#target[this.#targetLength++] = QUESTION_MARK
    this.#keep(bytes, start, end)
  }

  /** Path, or the query behind it. */
  keepWhole(bytes: Uint8Array, start: number, end: number, isQuery: boolean): void {
    const text = latin1(bytes, start, Math.min(end, start + secLangLimits.bodyCharacters))
    this.wholeTarget = isQuery ? `${this.wholeTarget}?${text}` : text
  }

  /** Behind what came of it. */
  keepBody(bytes: Uint8Array, start: number, end: number): void {
    const room = secLangLimits.bodyCharacters - this.bodyText.length
    this.bodyText += latin1(bytes, start, Math.min(end, start + room))
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    const length = Math.min(end - start, limits.targetBytes - this.#targetLength)
    this.#target.set(bytes.subarray(start, start + length), this.#targetLength)
    this.#targetLength += length
  }

  /** Once its headers were read. */
  judgeHead(judge: RequestJudge): void {
    judge.head(this.method, this.#target, 0, this.#targetLength)
  }

  /** With what is a value in it left out. */
  path(): string {
    return latin1(this.#target, 0, Math.min(this.#pathLength, limits.pathBytes))
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
