import { limits } from '../limits.ts'
import { Condition } from './condition.ts'

/** What ends a frame: a parenthesis, or the END of a CASE. */
export type Closer = 'close' | 'end'

/** A parenthesis or CASE that is open, and what is around it. Reused. */
interface Frame {
  closer: Closer
  /** It holds the arguments of a call. */
  isCall: boolean
  /** A query is around it. */
  isSelect: boolean
  readonly around: Condition
}

export class FrameStack {
  depth = 0
  readonly #frames: Frame[] = []

  /** Keeps the condition that is around, and begins one within. False where it would be too deep. */
  push(
    closer: Closer,
    { isCall, isSelect }: Pick<Frame, 'isCall' | 'isSelect'>,
    condition: Condition,
  ): boolean {
    if (this.depth >= limits.sqlDepth) return false
    const frame = (this.#frames[this.depth++] ??= newFrame())
    frame.closer = closer
    frame.isCall = isCall
    frame.isSelect = isSelect
    frame.around.copyFrom(condition)
    // A group of conditions is one; an argument is none.
    const isWanted = !isCall && condition.isWanted
    condition.reset()
    condition.isWanted = isWanted
    return true
  }

  /** Restores the condition around; undefined where something else has to be closed first. */
  pop(closer: Closer, condition: Condition): Frame | undefined {
    const frame = this.#frames[this.depth - 1]
    if (frame.closer !== closer) return undefined
    this.depth--
    condition.copyFrom(frame.around)
    return frame
  }

  get isInCase(): boolean {
    return this.depth > 0 && this.#frames[this.depth - 1].closer === 'end'
  }
}

function newFrame(): Frame {
  return { closer: 'close', isCall: false, isSelect: false, around: new Condition() }
}
