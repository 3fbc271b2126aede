import { latin1 } from '../../lib/bytes.ts'
import type { AttackSink, HeaderMark, HeaderView } from '../detector.ts'
import { requestDetectors } from '../detectors.ts'
import { LiteralSet } from '../literals/literal-set.ts'

/** Headers that are a reason to ask the detectors of requests. */
export const headerMarks: readonly HeaderMark[] = requestDetectors.flatMap(({ headers }) => headers)

let targets: LiteralSet<true> | undefined

/** Made when the first request is judged: most commands judge none. */
function tellingTargets(): LiteralSet<true> {
  targets ??= new LiteralSet(
    requestDetectors.flatMap((detector) => detector.targets.map((part) => [part, true])),
  )
  return targets
}

/** A request's target, and whether one of its headers has a mark. */
export interface RequestHead {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly isMarked: boolean
}

/** Asks the detectors of requests about one that has something of what they look for: few have. */
export function judgeHead(method: string, head: RequestHead, headers: HeaderView, sink: AttackSink): void {
  const { bytes, start, end, isMarked } = head
  if (!isMarked && !tellingTargets().isIn(bytes, start, end)) return
  const request = { method, target: latin1(bytes, start, end), headers }
  for (const detector of requestDetectors) detector.judge(request, sink)
}
