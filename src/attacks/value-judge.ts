import type { AttackContext } from './attack.ts'
import { forEachView } from './decoding/views.ts'
import { type AttackSink, plainRoles, type ValueDetector, type ValueRole } from './detector.ts'
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
  const detectors = detectorsOf[role]
  forEachView(text, traitsOfText(text), (view) => {
    const { text: read, traits, decoded } = view
    const shown = { text: read, lower: lowerAscii(read), traits, decoded, context, role, field }
    for (const detector of detectors)
      if (detector.traits === 0 || (traits & detector.traits) !== 0) detector.judge(shown, sink)
  })
}

const lookingAt = (role: ValueRole): readonly ValueDetector[] =>
  valueDetectors.filter(({ roles = plainRoles }) => roles.includes(role))

const detectorsOf: Readonly<Record<ValueRole, readonly ValueDetector[]>> = {
  value: lookingAt('value'),
  name: lookingAt('name'),
  'file-name': lookingAt('file-name'),
  'file-head': lookingAt('file-head'),
  document: lookingAt('document'),
}

/** `toLowerCase` may make a text longer (U+0130): then each place would be another. */
function lowerAscii(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replaceAll('\u0130', 'I').toLowerCase()
}
