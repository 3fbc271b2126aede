import type { AttackContext } from './attack.ts'
import { forEachView } from './decoding/views.ts'
import { type AttackSink, plainRoles, type ValueRole, type ValueView } from './detector.ts'
import { valueDetectors } from './detectors.ts'
import { SqlStatementDetector } from './sql/statement-detector.ts'
import { traitsOfText } from './traits.ts'

/** Where a value stands. */
export interface ValuePlace {
  readonly context: AttackContext
  readonly role: ValueRole
  /** Lower-case name of the parameter, header, cookie or field; empty where there is none. */
  readonly field: string
}

const sqlStatements = new SqlStatementDetector()

/** Reports what the detectors find in a value, in each of its views; a whole statement is judged as one. */
export function judgeText(text: string, place: ValuePlace, sink: AttackSink): void {
  const { context, role, field } = place
  if (context === 'sql') {
    sqlStatements.judge({ ...place, text, lower: lowerAscii(text), traits: 0, decoded: 0 }, sink)
    return
  }
  forEachView(text, traitsOfText(text), (view) => {
    const lower = lowerAscii(view.text)
    judgeView(
      { text: view.text, lower, traits: view.traits, decoded: view.decoded, context, role, field },
      sink,
    )
  })
}

function judgeView(view: ValueView, sink: AttackSink): void {
  for (const detector of valueDetectors) {
    if (!(detector.roles ?? plainRoles).includes(view.role)) continue
    if (detector.traits === 0 || (view.traits & detector.traits) !== 0) detector.judge(view, sink)
  }
}

/** `toLowerCase` may make a text longer (U+0130): then each place would be another. */
function lowerAscii(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replaceAll('\u0130', 'I').toLowerCase()
}
