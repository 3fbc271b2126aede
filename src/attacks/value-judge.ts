import type { AttackContext } from './attack.ts'
import { type DecodedText, forEachView, isReadAsSent } from './decoding/views.ts'
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
  if (place.context === 'sql') {
    sqlStatements.judge({ ...place, text, lower: lowerAscii(text), traits: 0, decoded: 0 }, sink)
    return
  }
  const traits = traitsOfText(text)
  if (isReadAsSent(text, traits)) judgeView({ text, traits, decoded: 0 }, place, sink)
  else forEachView(text, traits, (view) => judgeView(view, place, sink))
}

function judgeView({ text, traits, decoded }: DecodedText, place: ValuePlace, sink: AttackSink): void {
  const { context, role, field } = place
  const view = { text, lower: lowerAscii(text), traits, decoded, context, role, field }
  for (const detector of detectorsOf[role])
    if (detector.traits === 0 || (traits & detector.traits) !== 0) detector.judge(view, sink)
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
