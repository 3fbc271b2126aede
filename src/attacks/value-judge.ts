import type { AttackContext } from './attack.ts'
import type { AttackSink, ValueDetector, ValueRole, ValueView } from './detector.ts'
import { valueDetectors } from './detectors.ts'
import { traitsOfText } from './traits.ts'

/** Where a value stands. */
export interface ValuePlace {
  readonly context: AttackContext
  readonly role: ValueRole
  /** Lower-case name of the parameter, header, cookie or field; empty where there is none. */
  readonly field: string
}

/** Reports what the detectors find in a value, in each of its views. */
export function judgeText(text: string, place: ValuePlace, sink: AttackSink): void {
  judgeView({ ...place, text, lower: text.toLowerCase(), traits: traitsOfText(text), decoded: 0 }, sink)
}

function judgeView(
  view: ValueView,
  sink: AttackSink,
  detectors: readonly ValueDetector[] = valueDetectors,
): void {
  for (const detector of detectors)
    if (detector.traits === 0 || (view.traits & detector.traits) !== 0) detector.judge(view, sink)
}
